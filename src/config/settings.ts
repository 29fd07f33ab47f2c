import { z } from 'zod';
import { DAY, SECOND } from '../core/clock.ts';
import { parseDuration } from '../core/durations.ts';
import { isCountry } from '../core/phones.ts';
import { duration, integer } from '../core/settings/quantities.ts';
import type { Settings as Schemas, Values } from '../core/settings/setting-group.ts';
import { list, matching, oneOf, onOff, parsed, word } from '../core/settings/text.ts';
import { baseUrl, pageUrl, visibleUrl } from '../core/settings/urls.ts';
import { visible } from '../core/settings/visible.ts';
import type { RateLimit } from '../infra/store/rate-limits.ts';
import { domain, listenHost, mailbox, network, smtpUrl } from './addresses.ts';
import { color, contact, logoUrl, productName } from './appearance.ts';
import { postgresUrl, schemaName, showPostgres } from './database-url.ts';
import type { Environment } from './environment.ts';
import { federationPrefix } from './federation.ts';
import { origin } from './origins.ts';
import { androidApp, iosApp } from './passkey-apps.ts';
import { passkeyOrigin } from './passkey-origins.ts';
import { readSetting } from './read-setting.ts';
import { redirectUri } from './redirect-uri.ts';
import { redisUrl, showRedis } from './redis-url.ts';
import { returnUrl } from './return-urls.ts';
import { secretKey } from './secret-key.ts';
import { tokenClaims } from './token-claims.ts';
import { privateHosts, webhookSecrets, webhookTypes, webhookUrl } from './webhook-values.ts';

/** 10/15m: ten in fifteen minutes. */
const rateLimit = (name: string) =>
  visible(
    parsed('be a number of attempts and a window of 1s to 30d, such as 10/15m', (text): RateLimit | undefined => {
      const [, max, length = ''] = /^(\d{1,6})\/(\w+)$/.exec(text) ?? [];
      const window = parseDuration(length);
      return Number(max) >= 1 && window !== undefined && window >= SECOND && window <= 30 * DAY
        ? { name, max: Number(max), window }
        : undefined;
    }),
  );

const country = visible(
  parsed('be a two-letter country code such as UZ', (text) => {
    const code = text.toUpperCase();
    return isCountry(code) ? code : undefined;
  }),
);

const retention = visible(
  parsed('be 0 or a duration from 1d to 3650d, such as 400d', (text) => {
    const length = text === '0' ? 0 : parseDuration(text);
    return length === 0 || (length !== undefined && length >= DAY && length <= 3650 * DAY) ? length : undefined;
  }),
);

const path = visible(matching(/^[^\0]+$/, 'be a path'));

/** Checked in traces.ts, and only if traces are on. */
const otelText = matching(/^[^\0]+$/, 'be text');

/** auto: one per core. */
const workers = visible(
  parsed('be auto or a whole number from 1 to 256', (text) =>
    text === 'auto'
      ? text
      : /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 256
        ? Number(text)
        : undefined,
  ),
);

/**
 * Every variable but those of SMS gateways and social providers. .env.example describes them. A setting that is not marked
 * as visible is a secret.
 */
export const SETTINGS = {
  NODE_ENV: oneOf(['development', 'production', 'test']).prefault('development'),
  HOST: visible(listenHost).prefault('127.0.0.1'),
  PORT: integer(0, 65_535).prefault('4000'),
  WORKERS: workers.prefault('1'),
  PUBLIC_URL: baseUrl.optional(),
  ALLOWED_ORIGINS: list(visible(origin)).optional(),
  TRUSTED_PROXIES: list(visible(network)).prefault(''),
  DRAIN_DELAY: duration('0s', '10m').optional(),
  PRODUCT_NAME: visible(productName).optional(),
  SUPPORT_CONTACT: visible(contact).optional(),
  PRODUCT_LOGO_URL: visibleUrl(logoUrl).optional(),
  PRODUCT_COLOR: visible(color).optional(),
  GRAPHIQL: onOff.optional(),
  INTROSPECTION: onOff.optional(),
  FEDERATION: onOff.prefault('off'),
  FEDERATION_PREFIX: visible(federationPrefix).optional(),
  OUTBOX_VIEWER: onOff.optional(),
  ACCOUNT_PAGES: onOff.optional(),
  CONSOLE: onOff.optional(),
  RETURN_URLS: list(visibleUrl(returnUrl)).optional(),
  AUDIT_RETENTION: retention.prefault('400d'),
  SESSION_RETENTION: duration('7d', '3650d').prefault('7d'),
  OUTBOX_RETENTION: duration('1d', '400d').prefault('1d'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).prefault('info'),
  METRICS_PORT: integer(0, 65_535).optional(),
  METRICS_HOST: visible(listenHost).prefault('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: visibleUrl(otelText).optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: visibleUrl(otelText).optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: visible(otelText).optional(),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: visible(otelText).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: otelText.optional(),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: otelText.optional(),
  OTEL_SERVICE_NAME: visible(otelText).optional(),
  OTEL_RESOURCE_ATTRIBUTES: visible(otelText).optional(),
  OTEL_TRACES_SAMPLER: visible(otelText).optional(),
  OTEL_TRACES_SAMPLER_ARG: visible(otelText).optional(),
  OTEL_TRACES_EXPORTER: visible(otelText).optional(),
  OTEL_SDK_DISABLED: visible(otelText).optional(),

  DATA_DIR: path.prefault('.data'),
  DATABASE_URL: visible(postgresUrl, showPostgres).optional(),
  DATABASE_SCHEMA: visible(schemaName).optional(),
  DATABASE_POOL_SIZE: integer(1, 500).prefault('10'),
  DATABASE_POOL_WAIT: duration('10ms', '30s').prefault('400ms'),
  REDIS_URL: visible(redisUrl, showRedis).optional(),

  SECRET_KEY: secretKey.optional(),
  SECRET_KEY_PREVIOUS: list(secretKey).prefault(''),
  ACCESS_TOKEN_TTL: duration('1s', '24h').prefault('10m'),
  ACCESS_TOKEN_ALG: oneOf(['ES256', 'EdDSA', 'RS256']).prefault('ES256'),
  TOKEN_AUDIENCE: visible(word).optional(),
  ACCESS_TOKEN_CLAIMS: visible(tokenClaims).optional(),
  SIGNING_KEY_ROTATION: duration('1h', '365d').prefault('30d'),
  REFRESH_TOKEN_TTL: duration('1s', '365d').prefault('30d'),
  SESSION_MAX_AGE: duration('1s', '365d').prefault('90d'),
  REFRESH_GRACE: duration('0s', '5m').prefault('30s'),
  SESSIONS_PER_ACCOUNT: integer(1, 1_000).prefault('100'),

  ADMIN_SECOND_FACTOR: oneOf(['off', 'required']).prefault('off'),

  SIGN_UP: oneOf(['open', 'closed']).prefault('open'),
  EMAIL_VERIFICATION: oneOf(['signup', 'login', 'off']).prefault('signup'),
  EMAIL_VERIFICATION_METHOD: oneOf(['code', 'link', 'both']).prefault('both'),
  EMAIL_SIGN_IN: onOff.prefault('on'),
  VERIFY_EMAIL_URL: pageUrl.optional(),
  RESET_PASSWORD_URL: pageUrl.optional(),
  CHANGE_EMAIL_URL: pageUrl.optional(),
  SIGN_IN_URL: pageUrl.optional(),
  PASSWORD_RESET_TTL: duration('1m', '24h').prefault('1h'),
  OTP_TTL: duration('1s', '1h').prefault('10m'),
  OTP_MAX_ATTEMPTS: integer(1, 10).prefault('3'),
  OTP_RESEND_COOLDOWN: duration('0s', '1h').prefault('60s'),
  OTP_ACCOUNT_BUDGET: rateLimit('otp-account').prefault('10/1h'),
  PHONE_RECYCLED_AFTER: duration('0s', '3650d').prefault('180d'),
  PHONE_VALIDATION: oneOf(['possible', 'strict']).prefault('possible'),

  SECOND_FACTORS: onOff.prefault('on'),

  // SP 800-63B-4 section 3.1.1.2: verifiers permit at least 64 characters, so a higher minimum is not allowed.
  PASSWORD_MIN_LENGTH: integer(8, 64).prefault('8'),
  PASSWORD_MIN_STRENGTH: visible(integer(0, 4).pipe(z.literal([0, 1, 2, 3, 4]))).prefault('3'),
  ARGON2_MEMORY_KIB: integer(7_168, 4_194_304).prefault('19456'),
  ARGON2_PASSES: integer(1, 100).prefault('2'),
  ARGON2_LANES: integer(1, 16).prefault('1'),
  HASH_CONCURRENCY: integer(1, 256).optional(),
  HASH_QUEUE_LIMIT: integer(1, 10_000).prefault('64'),
  LOGIN_BUDGET_ACCOUNT: rateLimit('login-account').prefault('10/15m'),
  LOGIN_BUDGET_IP: rateLimit('login-ip').prefault('100/15m'),

  PASSKEYS: onOff.prefault('on'),
  PASSKEY_RP_ID: visible(domain).optional(),
  PASSKEY_RP_NAME: visible(productName).optional(),
  PASSKEY_ORIGINS: list(visible(passkeyOrigin)).prefault(''),
  PASSKEY_IOS_APPS: list(visible(iosApp)).prefault(''),
  PASSKEY_ANDROID_APPS: list(visible(androidApp)).prefault(''),

  SMTP_URL: visibleUrl(smtpUrl).optional(),
  MAIL_FROM: visible(mailbox).optional(),
  MESSAGE_TEMPLATES: path.optional(),

  /** log, or the name of a gateway. */
  SMS_PROVIDER: visible(word).prefault('log'),
  SMS_COUNTRIES: list(country).prefault(''),
  SMS_PREFIX_BUDGET: rateLimit('sms-range').prefault('20/1h'),
  SMS_NOTICES: onOff.optional(),
  SMS_CODE_DOMAIN: visible(domain).optional(),
  SMS_TRANSLITERATE: onOff.prefault('off'),
  SMS_DAILY_CAP: integer(1, 100_000_000).prefault('5000'),

  SOCIAL_REDIRECT_URIS: list(visibleUrl(redirectUri)).prefault(''),

  WEBHOOK_URL: list(visibleUrl(webhookUrl)).prefault(''),
  WEBHOOK_SECRET: webhookSecrets.optional(),
  WEBHOOK_EVENTS: list(visible(webhookTypes)).prefault('*'),
  WEBHOOK_PRIVATE_HOSTS: visible(privateHosts).prefault(''),
} satisfies Schemas;

export type SettingName = keyof typeof SETTINGS;
export type Settings = Values<typeof SETTINGS>;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]; // Object.keys forgets the names' type.

/** Reads every variable. A wrong one is reported by name and counts as unset. */
export function readSettings(env: Environment): { settings: Settings; errors: string[] } {
  const readings = SETTING_NAMES.map((name) => ({ name, ...readSetting(name, SETTINGS[name], env) }));
  // Each value comes from the schema of its own name.
  const settings = Object.fromEntries(readings.map(({ name, value }) => [name, value])) as unknown as Settings;
  return { settings, errors: readings.flatMap(({ errors }) => errors) };
}
