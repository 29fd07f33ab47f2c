import { join, resolve } from 'node:path';
import { MINUTE, SECOND } from '../core/clock.ts';
import { IMPERSONATION_TTL } from '../core/impersonation.ts';
import { parseSender } from '../core/sender.ts';
import { DEFAULT_SCHEMA } from '../core/settings/schema-name.ts';
import { productName } from './appearance.ts';
import { countCores, limitToThreads } from './cores.ts';
import { countHashesInMemory } from './memory.ts';
import { isOpenToAnyone } from './origins.ts';
import { buildPages, pageRedirectUris } from './pages.ts';
import { buildPasskeys } from './passkeys.ts';
import type { Settings } from './settings.ts';
import { buildTraces } from './traces.ts';
import type { Config, SmsConfig, SocialConfig } from './types.ts';
import { buildWebhooks } from './webhooks.ts';

/** Verifiers may cache the JWKS for five minutes. A new key is published for twice as long before it signs. */
const KEY_PUBLISH_LEAD = 10 * MINUTE;
const DEVELOPMENT_ORIGINS = ['http://localhost:3000', 'http://localhost:5173'];

interface Parts {
  secrets: Config['secrets'];
  sms: SmsConfig;
  social: SocialConfig;
  effective: Config['effective'];
  /** The size of libuv's pool. */
  threads: number;
}

/** The configuration, from settings without errors. */
export function assembleConfig(settings: Settings, { secrets, sms, social, effective, threads }: Parts): Config {
  const production = settings.NODE_ENV === 'production';
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT || 4000}`;
  const http = buildHttp(settings, production, publicUrl);
  const product = buildProduct(settings, publicUrl);
  const pages = buildPages(settings, http);
  return {
    production,
    http,
    pages,
    federation: settings.FEDERATION ? { prefix: settings.FEDERATION_PREFIX ?? '' } : undefined,
    workers: settings.WORKERS === 'auto' ? countWorkers(settings) : settings.WORKERS,
    database: buildDatabase(settings, production),
    store: settings.REDIS_URL ? { kind: 'redis', servers: settings.REDIS_URL } : { kind: 'database' },
    secrets,
    tokens: {
      algorithm: settings.ACCESS_TOKEN_ALG,
      issuer: publicUrl,
      audience: settings.TOKEN_AUDIENCE ?? publicUrl,
      accessTtl: settings.ACCESS_TOKEN_TTL,
      longestTtl: Math.max(settings.ACCESS_TOKEN_TTL, IMPERSONATION_TTL),
      claims: settings.ACCESS_TOKEN_CLAIMS,
      keyRotation: settings.SIGNING_KEY_ROTATION,
      keyPublishLead: KEY_PUBLISH_LEAD,
    },
    sessions: {
      idleTtl: settings.REFRESH_TOKEN_TTL,
      maxAge: settings.SESSION_MAX_AGE,
      refreshGrace: settings.REFRESH_GRACE,
      perAccount: settings.SESSIONS_PER_ACCOUNT,
      retention: settings.SESSION_RETENTION,
    },
    administration: { secondFactor: settings.ADMIN_SECOND_FACTOR },
    signUp: settings.SIGN_UP,
    emailVerification: {
      policy: settings.EMAIL_VERIFICATION,
      method: settings.EMAIL_VERIFICATION_METHOD,
      url: settings.VERIFY_EMAIL_URL ?? `${publicUrl}/verify-email`,
      linkTtl: settings.PASSWORD_RESET_TTL,
    },
    emailSignIn: {
      enabled: settings.EMAIL_SIGN_IN,
      url: settings.SIGN_IN_URL ?? `${publicUrl}/sign-in`,
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
    phones: { recycledAfter: settings.PHONE_RECYCLED_AFTER, validation: settings.PHONE_VALIDATION },
    secondFactors: settings.SECOND_FACTORS,
    passwords: buildPasswords(settings, threads),
    login: { accountLimit: settings.LOGIN_BUDGET_ACCOUNT, networkLimit: settings.LOGIN_BUDGET_IP },
    mail: buildMail(settings, publicUrl),
    sms,
    social: { ...social, redirectUris: [...social.redirectUris, ...pageRedirectUris(pages, publicUrl)] },
    passkeys: buildPasskeys(settings, http, product),
    webhooks: buildWebhooks(settings),
    product,
    messages: { templates: settings.MESSAGE_TEMPLATES && resolve(settings.MESSAGE_TEMPLATES) },
    audit: { retention: settings.AUDIT_RETENTION },
    outbox: { retention: settings.OUTBOX_RETENTION },
    log: { level: settings.LOG_LEVEL },
    metrics:
      settings.METRICS_PORT === undefined ? undefined : { host: settings.METRICS_HOST, port: settings.METRICS_PORT },
    traces: buildTraces(settings),
    effective,
  };
}

/** Milliseconds in production: longer than a load balancer usually takes to notice that a replica is not ready. */
const DRAIN_DELAY = 5 * SECOND;

function buildHttp(settings: Settings, production: boolean, publicUrl: string): Config['http'] {
  const origins = settings.ALLOWED_ORIGINS ?? (production ? [] : DEVELOPMENT_ORIGINS);
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl,
    secure: publicUrl.startsWith('https:'),
    allowedOrigins: [...new Set([publicUrl, ...origins.filter((origin) => !isOpenToAnyone(origin))])],
    publicOrigins: origins.filter(isOpenToAnyone),
    loopbackOrigins: !production,
    trustedProxies: settings.TRUSTED_PROXIES,
    drainDelay: settings.DRAIN_DELAY ?? (production ? DRAIN_DELAY : 0),
    graphiql: settings.GRAPHIQL ?? !production,
    introspection: settings.INTROSPECTION ?? !production,
    outboxViewer: settings.OUTBOX_VIEWER ?? (!production && !settings.DATABASE_URL),
  };
}

function buildDatabase(settings: Settings, production: boolean): Config['database'] {
  const {
    DATA_DIR,
    DATABASE_URL,
    DATABASE_POOL_SIZE: poolSize,
    DATABASE_POOL_WAIT: poolWait,
    DATABASE_SCHEMA,
  } = settings;
  const schema = DATABASE_SCHEMA ?? DATABASE_URL?.schema ?? DEFAULT_SCHEMA;
  if (!DATABASE_URL)
    return { kind: 'embedded', directory: join(resolve(DATA_DIR), 'database'), isDurable: production, schema };
  const { target, preparedStatements } = DATABASE_URL;
  return { kind: 'postgres', target, preparedStatements, poolSize, poolWait, schema };
}

/** By default the name in MAIL_FROM if PRODUCT_NAME could be the same, or the host of PUBLIC_URL. */
const buildProduct = (settings: Settings, publicUrl: string): Config['product'] => ({
  name:
    settings.PRODUCT_NAME ??
    productName.safeParse(parseSender(settings.MAIL_FROM ?? '')?.name).data ??
    new URL(publicUrl).host,
  support: settings.SUPPORT_CONTACT,
  logoUrl: settings.PRODUCT_LOGO_URL,
  color: settings.PRODUCT_COLOR,
});

/** Only one process can open the embedded database. */
const countWorkers = ({ DATABASE_URL }: Settings): number => (DATABASE_URL ? countCores() : 1);

const buildPasswords = (settings: Settings, threads: number): Config['passwords'] => ({
  minLength: settings.PASSWORD_MIN_LENGTH,
  minStrength: settings.PASSWORD_MIN_STRENGTH,
  argon2: {
    memoryKib: settings.ARGON2_MEMORY_KIB,
    passes: settings.ARGON2_PASSES,
    lanes: settings.ARGON2_LANES,
  },
  hashConcurrency: limitToThreads(
    settings.HASH_CONCURRENCY ?? Math.min(countCores(), countHashesInMemory(settings.ARGON2_MEMORY_KIB)),
    threads,
  ),
  hashQueueLimit: settings.HASH_QUEUE_LIMIT,
});

const buildMail = ({ SMTP_URL, MAIL_FROM }: Settings, publicUrl: string): Config['mail'] =>
  SMTP_URL && MAIL_FROM
    ? { kind: 'smtp', url: SMTP_URL, from: MAIL_FROM }
    : { kind: 'log', from: MAIL_FROM ?? `no-reply@${new URL(publicUrl).hostname}` };
