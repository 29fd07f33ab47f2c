import { statSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import type { Settings } from './settings.ts';
import { smsErrors, smsWarnings } from './sms.ts';
import { socialErrors, socialWarnings } from './social.ts';

/**
 * Memory (KiB) and passes that cost an attacker the same (OWASP Password Storage Cheat Sheet, Argon2id with one lane).
 * What is at least one of the pairs is strong enough.
 */
const ARGON2_FLOOR = [
  [47_104, 1],
  [19_456, 2],
  [12_288, 3],
  [9_216, 4],
  [7_168, 5],
] as const;

/** What is wrong with the settings taken together. */
export function findErrors(settings: Settings, env: Record<string, string | undefined>): string[] {
  const errors: string[] = [];
  const check = (wrong: boolean, problem: string) => {
    if (wrong) errors.push(problem);
  };
  const { ARGON2_MEMORY_KIB: memory, ARGON2_PASSES: passes } = settings;
  check(
    !ARGON2_FLOOR.some(([leastMemory, leastPasses]) => memory >= leastMemory && passes >= leastPasses),
    `ARGON2_MEMORY_KIB and ARGON2_PASSES must be at least ${ARGON2_FLOOR.map((pair) => pair.join(' and ')).join(', or ')}`,
  );
  check(Boolean(settings.SMTP_URL) && !env.MAIL_FROM?.trim(), 'MAIL_FROM is required with SMTP_URL');
  const templates = settings.MESSAGE_TEMPLATES;
  check(templates !== undefined && !isDirectory(templates), 'MESSAGE_TEMPLATES must be a directory that exists');

  errors.push(...smsErrors(settings, env), ...socialErrors(settings, env));

  if (settings.NODE_ENV !== 'production') return errors;
  check(!env.SECRET_KEY?.trim(), 'SECRET_KEY is required in production; make one with: openssl rand -base64 32');
  check(
    !env.PUBLIC_URL?.trim(),
    'PUBLIC_URL is required in production: the https address at which people reach this server',
  );
  check(isPlain(settings.PUBLIC_URL), 'PUBLIC_URL must be https in production');
  check(isPlain(settings.VERIFY_EMAIL_URL), 'VERIFY_EMAIL_URL must be https in production');
  check(isPlain(settings.RESET_PASSWORD_URL), 'RESET_PASSWORD_URL must be https in production');
  check(isPlain(settings.CHANGE_EMAIL_URL), 'CHANGE_EMAIL_URL must be https in production');
  check(settings.OUTBOX_VIEWER === true, 'OUTBOX_VIEWER must be off in production: it shows every code and link');
  return errors;
}

/** What works and is probably not meant. */
export function findWarnings(settings: Settings, config: Config): string[] {
  const { http, production, database } = config;
  const warn = (when: boolean, text: string) => (when ? [text] : []);
  if (!production)
    return [
      ...socialWarnings(config),
      ...warn(
        http.outboxViewer && !isLoopback(http.host),
        'HOST is not loopback and OUTBOX_VIEWER is on: whoever reaches this port reads every code and link',
      ),
      ...warn(
        database.kind === 'postgres' && settings.SECRET_KEY === undefined,
        'SECRET_KEY is not set: the one in DATA_DIR is used, and a replica with another DATA_DIR has another one',
      ),
    ];
  return [
    ...smsWarnings(settings),
    ...socialWarnings(config),
    ...warn(config.mail.kind === 'log', 'SMTP_URL is not set: NO MESSAGE LEAVES THIS SERVER, so nobody can register'),
    ...warn(database.kind === 'embedded', 'DATABASE_URL is not set: the embedded database serves one process only'),
    ...warn(http.graphiql, 'GRAPHIQL is on in production'),
    ...warn(http.introspection, 'INTROSPECTION is on in production'),
    ...warn(http.allowedOrigins.some(isPlain), 'ALLOWED_ORIGINS lists plain http: its pages can be changed on the way'),
  ];
}

const isPlain = (url: string | undefined): boolean => url?.startsWith('http:') ?? false;

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\./.test(isIP(host) ? host : '');

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
