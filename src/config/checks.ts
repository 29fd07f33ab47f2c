import { statSync } from 'node:fs';
import { isLoopback } from '../core/hosts.ts';
import { SPARE_THREADS } from './cores.ts';
import { type Environment, readText } from './environment.ts';
import { findPasskeyErrors, findPasskeyWarnings } from './passkeys.ts';
import type { Settings } from './settings.ts';
import { findTracesErrors } from './traces.ts';
import type { Config } from './types.ts';
import { findWebhookErrors, findWebhookWarnings } from './webhooks.ts';

/**
 * Memory (KiB) and passes that cost an attacker the same (OWASP Password Storage Cheat Sheet, Argon2id with one lane).
 * Reaching one of the pairs is enough.
 */
const ARGON2_FLOOR = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9_216, 4],
  [7_168, 5],
] as const;

/** Errors in the combination of settings. */
export function findErrors(settings: Settings, env: Environment): string[] {
  const errors = [...findPasskeyErrors(settings), ...findWebhookErrors(settings), ...findTracesErrors(settings)];
  const check = (wrong: boolean, problem: string) => {
    if (wrong) errors.push(problem);
  };
  const { ARGON2_MEMORY_KIB: memory, ARGON2_PASSES: passes } = settings;
  check(
    !ARGON2_FLOOR.some(([leastMemory, leastPasses]) => memory >= leastMemory && passes >= leastPasses),
    `ARGON2_MEMORY_KIB and ARGON2_PASSES must be at least ${ARGON2_FLOOR.map((pair) => pair.join(' and ')).join(', or ')}`,
  );
  check(Boolean(settings.SMTP_URL) && !readText(env, 'MAIL_FROM'), 'MAIL_FROM is required with SMTP_URL');
  const { DATABASE_SCHEMA: schema, DATABASE_URL: url, WORKERS: workers } = settings;
  check(
    url === undefined && workers !== 'auto' && workers > 1,
    'WORKERS must be 1 or auto without DATABASE_URL: only one process can open the embedded database',
  );
  check(
    schema !== undefined && url?.schema !== undefined && url.schema !== schema,
    'DATABASE_SCHEMA must be the schema that search_path in DATABASE_URL names, or that one removed',
  );
  check(
    settings.ADMIN_SECOND_FACTOR === 'required' && !settings.SECOND_FACTORS && !settings.PASSKEYS,
    'ADMIN_SECOND_FACTOR=required needs SECOND_FACTORS or PASSKEYS: administrators could not add a second factor',
  );
  check(
    settings.METRICS_PORT !== undefined && settings.METRICS_PORT !== 0 && settings.METRICS_PORT === settings.PORT,
    'METRICS_PORT must not be PORT: metrics have a port of their own',
  );
  const templates = settings.MESSAGE_TEMPLATES;
  check(templates !== undefined && !isDirectory(templates), 'MESSAGE_TEMPLATES must be an existing directory');

  if (settings.NODE_ENV !== 'production') return errors;
  check(!readText(env, 'SECRET_KEY'), 'SECRET_KEY is required in production; make one with: openssl rand -base64 32');
  check(
    !readText(env, 'PUBLIC_URL'),
    'PUBLIC_URL is required in production: the https URL at which users reach this server',
  );
  check(isPlain(settings.PUBLIC_URL), 'PUBLIC_URL must be https in production');
  check(isPlain(settings.VERIFY_EMAIL_URL), 'VERIFY_EMAIL_URL must be https in production');
  check(isPlain(settings.RESET_PASSWORD_URL), 'RESET_PASSWORD_URL must be https in production');
  check(isPlain(settings.CHANGE_EMAIL_URL), 'CHANGE_EMAIL_URL must be https in production');
  check(isPlain(settings.SIGN_IN_URL), 'SIGN_IN_URL must be https in production');
  check(settings.OUTBOX_VIEWER === true, 'OUTBOX_VIEWER must be off in production: it shows every code and link');
  return errors;
}

/** What works, but is probably a mistake. */
export function findWarnings(settings: Settings, config: Config): string[] {
  const { http, production, database } = config;
  const warn = (when: boolean, text: string) => (when ? [text] : []);
  const always = [
    ...(settings.DATABASE_URL?.warnings ?? []),
    ...http.publicOrigins.map(
      (origin) => `ALLOWED_ORIGINS: anyone can have an origin like ${origin}, so these get no credentials (cookies)`,
    ),
    ...warn(
      settings.FEDERATION_PREFIX !== undefined && config.federation === undefined,
      'FEDERATION_PREFIX has no effect without FEDERATION=on',
    ),
    ...warn(
      (settings.HASH_CONCURRENCY ?? 0) > config.passwords.hashConcurrency,
      `HASH_CONCURRENCY: only ${config.passwords.hashConcurrency} hashes run at the same time; for more, set UV_THREADPOOL_SIZE to at least HASH_CONCURRENCY plus ${SPARE_THREADS} before the start`,
    ),
    ...findPasskeyWarnings(settings, config),
    ...findWebhookWarnings(settings),
  ];
  if (!production)
    return [
      ...always,
      ...warn(
        http.outboxViewer && !isLoopback(http.host),
        'HOST is not loopback and OUTBOX_VIEWER is on: anyone who can reach this port can read every code and link',
      ),
      ...warn(
        database.kind === 'postgres' && settings.SECRET_KEY === undefined,
        'SECRET_KEY is not set: the one in DATA_DIR is used, and a replica with another DATA_DIR has a different one',
      ),
    ];
  return [
    ...always,
    ...warn(config.mail.kind === 'log', 'SMTP_URL is not set: NO EMAIL IS SENT, so users cannot register'),
    ...warn(database.kind === 'embedded', 'DATABASE_URL is not set: the embedded database serves one process only'),
    ...warn(http.graphiql, 'GRAPHIQL is on in production'),
    ...warn(http.introspection, 'INTROSPECTION is on in production'),
    ...warn(
      http.allowedOrigins.some(isPlain),
      'ALLOWED_ORIGINS contains plain http: an attacker on the network can change its pages',
    ),
  ];
}

const isPlain = (url: string | undefined): boolean => url?.startsWith('http:') ?? false;

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
