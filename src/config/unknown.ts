import { findNearest, suggest } from '../core/nearest.ts';
import type { Environment } from './environment.ts';
import { isProbablyOurs, type NamedGroup } from './unknown-provider.ts';

/** Prefixes of our names. Those of gateways and providers come from the registries. */
const PREFIXES = [
  'ACCESS_TOKEN_',
  'ALLOWED_ORIGIN',
  'ARGON2_',
  'CHANGE_EMAIL_',
  'DATABASE_',
  'DATA_DIR',
  'EMAIL_VERIFICATION',
  'FEDERATION',
  'GRAPHIQL',
  'HASH_QUEUE_',
  'INTROSPECTION',
  'LOGIN_BUDGET_',
  'LOG_LEVEL',
  'MAIL_FROM',
  'MESSAGE_TEMPLATE',
  'METRICS_',
  'OTP_',
  'OUTBOX_',
  'PASSKEY',
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
  'WEBHOOK_',
];

/** Set by test runs, the X session manager, the password manager pass, Heroku's add-ons, Neon and file servers. */
const IGNORED =
  /^(?:TEST_\w+|SFTP_URL|SESSION_MANAGER|PASSWORD_STORE_\w+|REDIS_TLS_URL|DATABASE_CONNECTION_POOL_URL|DATABASE_URL_UNPOOLED)$/;

/** Set by Kubernetes and Docker links for every service, including one named redis or database. */
const SERVICE_LINK = /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;
const SERVICE_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

/** Letters that a typing mistake adds, drops, replaces or exchanges. */
const TYPO = 2;
/** Shorter names resemble many others with two letters wrong: SITE_URL and AMQP_URL are not SMTP_URL. */
const SHORTEST_FOR_TWO = 10;

export interface Known {
  variables: readonly string[];
  /** Prefixes of the groups, such as TWILIO. */
  prefixes: readonly string[];
  /** Groups that the operator names. */
  named: readonly NamedGroup[];
}

/** Prefixes that other programs in the same environment use, too, and the setting that ours all depend on. */
const SHARED: Record<string, string | undefined> = {
  ACCESS_TOKEN_: undefined,
  DATABASE_: 'DATABASE_URL',
  REDIS_: 'REDIS_URL',
  SMTP_: 'SMTP_URL',
  MAIL_FROM: undefined,
  METRICS_: 'METRICS_PORT',
  OTP_: undefined,
  PASSWORD_: undefined,
  PHONE_: undefined,
  PUBLIC_URL: undefined,
  REFRESH_: undefined,
  SESSION_: undefined,
  SMS_: undefined,
  WEBHOOK_: 'WEBHOOK_URL',
};

/** Variables of Rails, of Django and of its social login. */
const FOREIGN = /^(?:SECRET_KEY_BASE|SECRET_KEY_FALLBACKS|SOCIAL_AUTH_\w+)$/;

export interface UnknownVariables {
  /** Probable misspellings of settings: one must not silently weaken the service. */
  errors: string[];
  /** Variables of other programs whose names begin like ours. */
  warnings: string[];
}

/** One line for each variable that is not a setting, but looks like one. */
export function findUnknownVariables(env: Environment, { variables: known, prefixes, named }: Known): UnknownVariables {
  // OIDC_ISSUER alone names no provider.
  const unnamed = new Set(named.flatMap(({ variables }) => variables));
  const ours = new Set(known.filter((name) => !unnamed.has(name)));
  const groups = prefixes.map((prefix) => `${prefix}_`);
  const ourPrefixes = [...PREFIXES, ...groups];
  const isSet = (name: string) => Boolean(env[name]?.trim());
  const isOfOthers = (name: string, prefix: string | undefined) =>
    prefix !== undefined && (prefix in SHARED || groups.includes(prefix)) && !resembles(name, prefix, known);
  const adviseOn = (prefix = ''): string => {
    const setting = SHARED[prefix];
    return setting === undefined || isSet(setting) ? '' : `; if it is meant for Latchkey, set ${setting} instead`;
  };
  const found: UnknownVariables = { errors: [], warnings: [] };
  for (const [name, value = ''] of Object.entries(env)) {
    if (ours.has(name) || IGNORED.test(name) || isServiceLink(name, value)) continue;
    const prefix = ourPrefixes.filter((candidate) => name.startsWith(candidate)).sort(byLength)[0];
    // Most variables belong to other programs. Comparing them with all of ours would be the slowest part of the start.
    const near = findNearest(
      name,
      prefix ? known : known.filter(({ length }) => Math.abs(length - name.length) <= TYPO),
    );
    // Short names resemble many others, such as PORT and POST.
    const isTypo = near !== undefined && near.name.length >= 8 && near.distance <= allowedLetters(near.name);
    if (!isTypo && !prefix) continue;
    const group = named.find((candidate) => prefix === `${candidate.prefix}_`);
    const isForeign = group ? !isProbablyOurs(name, group, [...ours].filter(isSet)) : isOfOthers(name, prefix);
    if (FOREIGN.test(name) || isForeign)
      found.warnings.push(`${name} is not a setting, and is ignored${adviseOn(prefix)}`);
    else found.errors.push(`${name} is not a setting${suggest(near)}`);
  }
  return found;
}

const byLength = (a: string, b: string): number => b.length - a.length;

const allowedLetters = ({ length }: string): number => (length < SHORTEST_FOR_TWO ? 1 : TYPO);

/**
 * Whether what follows the shared prefix is a misspelling: DATABASE_URI and SMTP_URLS are, DATABASE_USER and REDIS_TLS are
 * not. A third of the letters may differ.
 */
function resembles(name: string, prefix: string, known: readonly string[]): boolean {
  const [, rest = '', file] = /^(.*?)(_FILE)?$/.exec(name.slice(prefix.length)) ?? [];
  const settings = known.flatMap((candidate) => (candidate.startsWith(prefix) ? [candidate.slice(prefix.length)] : []));
  const endings = file ? settings : [...settings, ...settings.map((ending) => `${ending}_FILE`)];
  return endings.some((ending) => {
    const distance = findNearest(rest, [ending])?.distance ?? Number.POSITIVE_INFINITY;
    return distance <= Math.max(1, Math.floor(Math.max(rest.length, ending.length) / 3));
  });
}

const isServiceLink = (name: string, value: string): boolean =>
  SERVICE_LINK.test(name) || (name.endsWith('_PORT') && SERVICE_ADDRESS.test(value));
