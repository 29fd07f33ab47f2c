import {
  baseUrl,
  listenHost,
  mailbox,
  network,
  origin,
  pageUrl,
  postgresUrl,
  redisUrls,
  smtpUrl,
} from './addresses.ts';
import { fine, list, must, type Parser } from './parsed.ts';
import { budget, duration, integer, oneOf, onOff } from './quantities.ts';
import { secretKey } from './secret-key.ts';
import { country, eskizSender, gatewaySecret, twilioNumber, twilioSid } from './sms.ts';
import { redirectUri, scopes } from './social.ts';

export interface Setting<T> {
  parse: Parser<T>;
  /** What an unset or empty variable means. Undefined: nothing, or what config.ts derives from other settings. */
  fallback: string | undefined;
}

const setting = <T>(parse: Parser<T>, fallback: string): Setting<T> => ({ parse, fallback });
/** Undefined when it is not set. */
const optional = <T>(parse: Parser<T>): Setting<T | undefined> => ({ parse, fallback: undefined });

const text: Parser<string> = (value) =>
  /^[^\p{Cc}\s]{1,500}$/u.test(value) ? fine(value) : must('be 1 to 500 characters without spaces');
const strength: Parser<0 | 1 | 2 | 3 | 4> = (value) => {
  const score = ([0, 1, 2, 3, 4] as const).find((candidate) => String(candidate) === value);
  return score === undefined ? must('be a whole number from 0 to 4') : fine(score);
};
/** A password, as it is. */
const secretText: Parser<string> = (value) =>
  /^[^\p{Cc}]{1,500}$/u.test(value) ? fine(value) : must('be 1 to 500 characters on one line');
const path: Parser<string> = (value) => (value.includes('\0') ? must('be a path') : fine(value));

/** Every variable that the service reads. .env.example says what each is for. */
export const SETTINGS = {
  NODE_ENV: setting(oneOf('development', 'production', 'test'), 'development'),
  HOST: setting(listenHost, '127.0.0.1'),
  PORT: setting(integer(0, 65_535), '4000'),
  PUBLIC_URL: optional(baseUrl),
  ALLOWED_ORIGINS: optional(list(origin)),
  TRUSTED_PROXIES: setting(list(network), ''),
  GRAPHIQL: optional(onOff),
  INTROSPECTION: optional(onOff),
  OUTBOX_VIEWER: optional(onOff),
  LOG_LEVEL: setting(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), 'info'),

  DATA_DIR: setting(path, '.data'),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_POOL_SIZE: setting(integer(1, 500), '10'),
  REDIS_URL: optional(redisUrls),

  SECRET_KEY: optional(secretKey),
  SECRET_KEY_PREVIOUS: setting(list(secretKey), ''),
  ACCESS_TOKEN_TTL: setting(duration('1s', '24h'), '10m'),
  ACCESS_TOKEN_ALG: setting(oneOf('ES256', 'EdDSA', 'RS256'), 'ES256'),
  TOKEN_AUDIENCE: optional(text),
  SIGNING_KEY_ROTATION: setting(duration('1h', '365d'), '30d'),
  REFRESH_TOKEN_TTL: setting(duration('1s', '365d'), '30d'),
  SESSION_MAX_AGE: setting(duration('1s', '365d'), '90d'),
  REFRESH_GRACE: setting(duration('0s', '5m'), '30s'),

  SIGN_UP: setting(oneOf('open', 'closed'), 'open'),
  EMAIL_VERIFICATION: setting(oneOf('signup', 'login', 'off'), 'signup'),
  EMAIL_VERIFICATION_METHOD: setting(oneOf('code', 'link', 'both'), 'both'),
  VERIFY_EMAIL_URL: optional(pageUrl),
  RESET_PASSWORD_URL: optional(pageUrl),
  CHANGE_EMAIL_URL: optional(pageUrl),
  PASSWORD_RESET_TTL: setting(duration('1m', '24h'), '1h'),
  OTP_TTL: setting(duration('1s', '1h'), '10m'),
  OTP_MAX_ATTEMPTS: setting(integer(1, 10), '3'),
  OTP_RESEND_COOLDOWN: setting(duration('0s', '1h'), '60s'),
  OTP_ACCOUNT_BUDGET: setting(budget('otp-account'), '10/1h'),
  PHONE_RECYCLED_AFTER: setting(duration('0s', '3650d'), '180d'),

  // SP 800-63B-4 section 3.1.1.2: at least 64 characters are to be permitted, so no more may be asked for.
  PASSWORD_MIN_LENGTH: setting(integer(8, 64), '8'),
  PASSWORD_MIN_STRENGTH: setting(strength, '3'),
  ARGON2_MEMORY_KIB: setting(integer(7_168, 4_194_304), '19456'),
  ARGON2_PASSES: setting(integer(1, 100), '2'),
  ARGON2_LANES: setting(integer(1, 16), '1'),
  HASH_QUEUE_LIMIT: setting(integer(1, 10_000), '64'),
  LOGIN_BUDGET_ACCOUNT: setting(budget('login-account'), '10/15m'),
  LOGIN_BUDGET_IP: setting(budget('login-ip'), '100/15m'),

  SMTP_URL: optional(smtpUrl),
  MAIL_FROM: optional(mailbox),
  MESSAGE_TEMPLATES: optional(path),

  SMS_PROVIDER: setting(oneOf('log', 'twilio', 'eskiz', 'http'), 'log'),
  SMS_COUNTRIES: setting(list(country), ''),
  SMS_PREFIX_BUDGET: setting(budget('sms-range'), '20/1h'),
  SMS_DAILY_CAP: setting(integer(1, 100_000_000), '5000'),
  TWILIO_ACCOUNT_SID: optional(twilioSid('AC')),
  TWILIO_AUTH_TOKEN: optional(secretText),
  TWILIO_PHONE_NUMBER: optional(twilioNumber),
  TWILIO_MESSAGING_SERVICE_SID: optional(twilioSid('MG')),
  TWILIO_API_URL: setting(baseUrl, 'https://api.twilio.com'),
  ESKIZ_EMAIL: optional(secretText),
  ESKIZ_PASSWORD: optional(secretText),
  ESKIZ_SENDER: setting(eskizSender, '4546'),
  ESKIZ_CALLBACK_URL: optional(pageUrl),
  ESKIZ_API_URL: setting(baseUrl, 'https://notify.eskiz.uz'),
  SMS_HTTP_URL: optional(pageUrl),
  SMS_HTTP_SECRET: optional(gatewaySecret),

  // OIDC_<NAME>_* is read in issuers.ts: any number of issuers, so no list of names.
  SOCIAL_REDIRECT_URIS: setting(list(redirectUri), ''),
  GOOGLE_OAUTH_CLIENT_ID: optional(text),
  GOOGLE_OAUTH_CLIENT_SECRET: optional(secretText),
  GOOGLE_OAUTH_SCOPES: optional(scopes),
  GOOGLE_OAUTH_AUDIENCES: setting(list(text), ''),
  GOOGLE_OAUTH_BASE_URL: optional(baseUrl),
  FACEBOOK_OAUTH_CLIENT_ID: optional(text),
  FACEBOOK_OAUTH_CLIENT_SECRET: optional(secretText),
  FACEBOOK_OAUTH_SCOPES: optional(scopes),
  FACEBOOK_OAUTH_BASE_URL: optional(baseUrl),
  GITHUB_OAUTH_CLIENT_ID: optional(text),
  GITHUB_OAUTH_CLIENT_SECRET: optional(secretText),
  GITHUB_OAUTH_SCOPES: optional(scopes),
  GITHUB_OAUTH_BASE_URL: optional(baseUrl),
};

export type SettingName = keyof typeof SETTINGS;
/** What every variable means. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never;
};

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]; // Object.keys forgets the names' type.

/** Reads every variable. One that is wrong is reported by name and counts as unset, so that the rest can be judged. */
export function readSettings(env: Record<string, string | undefined>): { settings: Settings; errors: string[] } {
  const errors: string[] = [];
  const read = (name: SettingName): unknown => {
    const { parse, fallback }: Setting<unknown> = SETTINGS[name];
    const given = env[name]?.trim();
    const parsed = given ? parse(given) : undefined;
    if (parsed && 'value' in parsed) return parsed.value;
    if (parsed) errors.push(`${name} ${parsed.problem}`);
    const meant = fallback === undefined ? undefined : parse(fallback);
    return meant && 'value' in meant ? meant.value : undefined;
  };
  // Each value comes from the parser of its own name.
  const settings = Object.fromEntries(SETTING_NAMES.map((name) => [name, read(name)])) as unknown as Settings;
  return { settings, errors };
}
