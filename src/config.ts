import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { findErrors, findWarnings } from './config/checks.ts';
import { developmentSecret } from './config/development-secret.ts';
import { issuerVariables, readIssuers } from './config/issuers.ts';
import { readSettings, SETTING_NAMES, type Settings } from './config/settings.ts';
import { smsOf } from './config/sms.ts';
import { socialOf } from './config/social.ts';
import { unknownVariables } from './config/unknown.ts';
import { MINUTE } from './core/clock.ts';
import type { Country } from './core/phones.ts';
import type { RateLimit } from './infra/store/rate-limits.ts';

/** Milliseconds. */
type Duration = number;

/** Everything that can be set, parsed and checked. Units: durations are milliseconds. */
export interface Config {
  production: boolean;
  http: {
    host: string;
    /** 0: any free port. */
    port: number;
    /** Without a trailing slash. Links, issuer, cookie rules; never derived from a request. */
    publicUrl: string;
    /** PUBLIC_URL is https: Secure cookies with the __Host- prefix, HSTS. */
    secure: boolean;
    /** Exact origins: CORS and the refresh cookie. PUBLIC_URL's own origin is always among them. */
    allowedOrigins: readonly string[];
    /** CIDRs whose X-Forwarded-For is believed. */
    trustedProxies: readonly string[];
    graphiql: boolean;
    introspection: boolean;
    outboxViewer: boolean;
  };
  database: { kind: 'embedded'; directory: string } | PostgresConfig;
  store: { kind: 'database' } | { kind: 'redis'; urls: readonly [string, ...string[]] };
  /** At least 32 bytes each, the current one first. */
  secrets: readonly [Buffer, ...Buffer[]];
  tokens: {
    algorithm: 'ES256' | 'EdDSA' | 'RS256';
    issuer: string;
    audience: string;
    accessTtl: Duration;
    keyRotation: Duration;
    /** How long a key stands in the JWKS before it signs; longer than the JWKS may be cached. */
    keyPublishLead: Duration;
  };
  sessions: {
    idleTtl: Duration;
    maxAge: Duration;
    refreshGrace: Duration;
  };
  signUp: 'open' | 'closed';
  emailVerification: {
    policy: 'signup' | 'login' | 'off';
    method: 'code' | 'link' | 'both';
    /** The page behind the link; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  otp: {
    ttl: Duration;
    maxAttempts: number;
    resendCooldown: Duration;
    accountLimit: RateLimit;
  };
  phones: {
    /** An account that nobody used for so long may have lost its number to somebody else; 0: never. */
    recycledAfter: Duration;
  };
  passwords: {
    minLength: number;
    /** 0–4 as zxcvbn scores it. */
    minStrength: 0 | 1 | 2 | 3 | 4;
    argon2: { memoryKib: number; passes: number; lanes: number };
    hashQueueLimit: number;
  };
  emailChange: {
    /** The page behind the link; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  passwordReset: {
    /** The page behind the link; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  login: { accountLimit: RateLimit; networkLimit: RateLimit };
  mail: { kind: 'smtp'; url: string; from: string } | { kind: 'log'; from: string };
  sms: {
    provider: SmsProvider;
    /** Where messages may go; empty: everywhere. */
    countries: readonly Country[];
    /** Messages to one range of numbers. */
    rangeLimit: RateLimit;
    /** Messages a day, to everybody together. */
    dailyCap: number;
  };
  social: {
    /** Exact. */
    redirectUris: readonly string[];
    /** audiences: whose ID and access tokens are accepted; the own client id is among them. */
    google: (OAuthClient & { audiences: readonly string[] }) | undefined;
    facebook: OAuthClient | undefined;
    github: OAuthClient | undefined;
    issuers: readonly OpenIdClient[];
  };
  messages: {
    /** A directory of templates that take precedence over ours. */
    templates: string | undefined;
  };
  log: { level: string };
}

export interface PostgresConfig {
  kind: 'postgres';
  url: string;
  poolSize: number;
  /** False behind PgBouncer in transaction mode (DATABASE_URL with ?pgbouncer=true). */
  preparedStatements: boolean;
}

export type SmsProvider =
  | { kind: 'log' }
  | {
      kind: 'twilio';
      apiUrl: string;
      accountSid: string;
      authToken: string;
      from: { number: string } | { messagingService: string };
    }
  | {
      kind: 'eskiz';
      apiUrl: string;
      email: string;
      password: string;
      from: string;
      callbackUrl: string | undefined;
    }
  | { kind: 'http'; url: string; secret: string };

/** What a provider knows this service by. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  /** Undefined: those that the profile needs. */
  scopes: readonly string[] | undefined;
  /** Undefined: the provider's own. Else one origin for all that it does. */
  baseUrl: string | undefined;
}

/** An OpenID provider that is found by discovery. */
export interface OpenIdClient {
  /** What socialAuthorize takes. */
  name: string;
  label: string;
  /** To the letter as its tokens have it. */
  issuer: string;
  clientId: string;
  /** signed: the secret is a JWT that is made anew each time, as Apple wants it. privateKey: PKCS #8 PEM, P-256. */
  proof: { kind: 'shared'; secret: string } | { kind: 'signed'; teamId: string; keyId: string; privateKey: string };
  scopes: readonly string[];
  /** Of addresses that the provider itself hands out. */
  emailDomains: readonly string[];
  responseMode: 'query' | 'form_post';
}

export type Environment = Record<string, string | undefined>;

/** Either what to run with, or everything that is wrong: a line each, with the variable's name and never its value. */
export type Loaded = { config: Config; warnings: string[] } | { errors: string[] };

/** Third parties may cache the JWKS for five minutes; a new key stands there for twice as long before it signs. */
const KEY_PUBLISH_LEAD = 10 * MINUTE;
const DEVELOPMENT_ORIGINS = ['http://localhost:3000', 'http://localhost:5173'];

/** The process's variables; in development also those of .env, which yield to the real ones. */
export function readEnvironment(directory = process.cwd()): Environment {
  const file = join(directory, '.env');
  if (process.env.NODE_ENV === 'production' || !existsSync(file)) return process.env;
  return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
}

/** In development without SECRET_KEY this makes one, and DATA_DIR to keep it in. Otherwise it touches nothing. */
export function loadConfig(env: Environment): Loaded {
  const { settings, errors } = readSettings(env);
  const { issuers, errors: issuerErrors } = readIssuers(env);
  errors.push(...issuerErrors, ...unknownVariables(env, [...SETTING_NAMES, ...issuerVariables(env)]));
  errors.push(...findErrors(settings, env));
  if (errors.length > 0) return { errors };

  const secret = settings.SECRET_KEY ? { value: settings.SECRET_KEY } : developmentSecret(resolve(settings.DATA_DIR));
  if ('problem' in secret) return { errors: [`DATA_DIR ${secret.problem}`] };

  const config = assemble(settings, [secret.value, ...settings.SECRET_KEY_PREVIOUS], issuers);
  return { config, warnings: findWarnings(settings, config) };
}

function assemble(settings: Settings, secrets: Config['secrets'], issuers: readonly OpenIdClient[]): Config {
  const production = settings.NODE_ENV === 'production';
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT || 4000}`;
  return {
    production,
    http: httpOf(settings, production, publicUrl),
    database: databaseOf(settings),
    store: settings.REDIS_URL ? { kind: 'redis', urls: settings.REDIS_URL } : { kind: 'database' },
    secrets,
    tokens: {
      algorithm: settings.ACCESS_TOKEN_ALG,
      issuer: publicUrl,
      audience: settings.TOKEN_AUDIENCE ?? publicUrl,
      accessTtl: settings.ACCESS_TOKEN_TTL,
      keyRotation: settings.SIGNING_KEY_ROTATION,
      keyPublishLead: KEY_PUBLISH_LEAD,
    },
    sessions: {
      idleTtl: settings.REFRESH_TOKEN_TTL,
      maxAge: settings.SESSION_MAX_AGE,
      refreshGrace: settings.REFRESH_GRACE,
    },
    signUp: settings.SIGN_UP,
    emailVerification: {
      policy: settings.EMAIL_VERIFICATION,
      method: settings.EMAIL_VERIFICATION_METHOD,
      url: settings.VERIFY_EMAIL_URL ?? `${publicUrl}/verify-email`,
      linkTtl: settings.PASSWORD_RESET_TTL,
    },
    emailChange: {
      url: settings.CHANGE_EMAIL_URL ?? `${publicUrl}/change-email`,
      linkTtl: settings.PASSWORD_RESET_TTL,
    },
    passwordReset: {
      url: settings.RESET_PASSWORD_URL ?? `${publicUrl}/reset-password`,
      linkTtl: settings.PASSWORD_RESET_TTL,
    },
    otp: {
      ttl: settings.OTP_TTL,
      maxAttempts: settings.OTP_MAX_ATTEMPTS,
      resendCooldown: settings.OTP_RESEND_COOLDOWN,
      accountLimit: settings.OTP_ACCOUNT_BUDGET,
    },
    phones: { recycledAfter: settings.PHONE_RECYCLED_AFTER },
    passwords: passwordsOf(settings),
    login: { accountLimit: settings.LOGIN_BUDGET_ACCOUNT, networkLimit: settings.LOGIN_BUDGET_IP },
    mail: mailOf(settings, publicUrl),
    sms: smsOf(settings),
    social: socialOf(settings, issuers),
    messages: { templates: settings.MESSAGE_TEMPLATES && resolve(settings.MESSAGE_TEMPLATES) },
    log: { level: settings.LOG_LEVEL },
  };
}

function httpOf(settings: Settings, production: boolean, publicUrl: string): Config['http'] {
  const origins = settings.ALLOWED_ORIGINS ?? (production ? [] : DEVELOPMENT_ORIGINS);
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    allowedOrigins: [...new Set([publicUrl, ...origins])],
    trustedProxies: settings.TRUSTED_PROXIES,
    graphiql: settings.GRAPHIQL ?? !production,
    introspection: settings.INTROSPECTION ?? !production,
    outboxViewer: settings.OUTBOX_VIEWER ?? (!production && !settings.DATABASE_URL),
  };
}

function databaseOf({ DATA_DIR, DATABASE_URL, DATABASE_POOL_SIZE }: Settings): Config['database'] {
  return DATABASE_URL
    ? { kind: 'postgres', ...DATABASE_URL, poolSize: DATABASE_POOL_SIZE }
    : { kind: 'embedded', directory: join(resolve(DATA_DIR), 'database') };
}

const passwordsOf = (settings: Settings): Config['passwords'] => ({
  minLength: settings.PASSWORD_MIN_LENGTH,
  minStrength: settings.PASSWORD_MIN_STRENGTH,
  argon2: {
    memoryKib: settings.ARGON2_MEMORY_KIB,
    passes: settings.ARGON2_PASSES,
    lanes: settings.ARGON2_LANES,
  },
  hashQueueLimit: settings.HASH_QUEUE_LIMIT,
});

const mailOf = ({ SMTP_URL, MAIL_FROM }: Settings, publicUrl: string): Config['mail'] =>
  SMTP_URL && MAIL_FROM
    ? { kind: 'smtp', url: SMTP_URL, from: MAIL_FROM }
    : { kind: 'log', from: MAIL_FROM ?? `no-reply@${new URL(publicUrl).hostname}` };
