import { findNearest, suggest } from '../core/nearest.ts';
import type { Environment } from './environment.ts';

/** Prefixes of our names. Those of gateways and providers come from the registries. */
const PREFIXES = [
  'ACCESS_TOKEN_',
  'ALLOWED_ORIGIN',
  'ARGON2_',
  'CHANGE_EMAIL_',
  'DATABASE_',
  'DATA_DIR',
  'EMAIL_VERIFICATION',
  'GRAPHIQL',
  'HASH_QUEUE_',
  'INTROSPECTION',
  'LOGIN_BUDGET_',
  'LOG_LEVEL',
  'MAIL_FROM',
  'MESSAGE_TEMPLATE',
  'OTP_',
  'OUTBOX_',
  'PASSWORD_',
  'PHONE_',
  'PUBLIC_URL',
  'REDIS_',
  'REFRESH_',
  'SECRET_KEY',
  'SESSION_',
  'SIGNING_KEY_',
  'SIGN_UP',
  'SMS_',
  'SMTP_',
  'SOCIAL_',
  'TOKEN_AUDIENCE',
  'TRUSTED_PROX',
  'VERIFY_EMAIL_',
];

/** Set by test runs, the X session manager, the password manager pass, Heroku's add-ons and Neon. */
const FOREIGN =
  /^(?:TEST_\w+|SESSION_MANAGER|PASSWORD_STORE_\w+|REDIS_TLS_URL|DATABASE_CONNECTION_POOL_URL|DATABASE_URL_UNPOOLED)$/;

/** Set by Kubernetes and Docker links for every service, including one named redis or database. */
const SERVICE_LINK = /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;
const SERVICE_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

/** Letters that a typing mistake adds, drops or replaces. */
const TYPO = 2;

export interface Known {
  variables: readonly string[];
  /** Prefixes of the groups, such as TWILIO. */
  prefixes: readonly string[];
}

/** One line for each variable that looks like a misspelled setting: a typo must not silently weaken the service. */
export function findUnknownVariables(env: Environment, { variables: known, prefixes }: Known): string[] {
  const ours = new Set(known);
  const ourPrefixes = [...PREFIXES, ...prefixes.map((prefix) => `${prefix}_`)];
  return Object.entries(env).flatMap(([name, value = '']) => {
    if (ours.has(name) || FOREIGN.test(name) || isServiceLink(name, value)) return [];
    const isOurs = ourPrefixes.some((prefix) => name.startsWith(prefix));
    // Most variables belong to other programs. Comparing them with all of ours would be the slowest part of the start.
    const near = findNearest(
      name,
      isOurs ? known : known.filter(({ length }) => Math.abs(length - name.length) <= TYPO),
    );
    // Short names resemble many others, such as PORT and POST.
    const isTypo = near !== undefined && near.distance <= TYPO && near.name.length >= 8;
    if (!isTypo && !isOurs) return [];
    return [`${name} is not a setting${suggest(near)}`];
  });
}

const isServiceLink = (name: string, value: string): boolean =>
  SERVICE_LINK.test(name) || (name.endsWith('_PORT') && SERVICE_ADDRESS.test(value));
