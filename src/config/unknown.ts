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
    const near = nearest(name, isOurs ? known : known.filter(({ length }) => Math.abs(length - name.length) <= TYPO));
    // Short names resemble many others, such as PORT and POST.
    const isTypo = near !== undefined && near.distance <= TYPO && near.name.length >= 8;
    if (!isTypo && !isOurs) return [];
    return [`${name} is not a setting${near && near.distance <= near.name.length / 2 ? `; is it ${near.name}?` : ''}`];
  });
}

const isServiceLink = (name: string, value: string): boolean =>
  SERVICE_LINK.test(name) || (name.endsWith('_PORT') && SERVICE_ADDRESS.test(value));

interface Near {
  name: string;
  distance: number;
}

function nearest(name: string, known: readonly string[]): Near | undefined {
  return known
    .map((candidate): Near => ({ name: candidate, distance: editDistance(name, candidate) }))
    .reduce<Near | undefined>(
      (best, candidate) => (best && best.distance <= candidate.distance ? best : candidate),
      undefined,
    );
}

/** Levenshtein distance: the number of letters to add, drop or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
