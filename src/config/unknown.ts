/** Beginnings that are ours: a name that starts like this and is none of ours is a mistake. */
const PREFIXES = [
  'ACCESS_TOKEN_',
  'ALLOWED_ORIGIN',
  'ARGON2_',
  'CHANGE_EMAIL_',
  'DATABASE_',
  'DATA_DIR',
  'EMAIL_VERIFICATION',
  'ESKIZ_',
  'FACEBOOK_OAUTH_',
  'GITHUB_OAUTH_',
  'GOOGLE_OAUTH_',
  'GRAPHIQL',
  'HASH_QUEUE_',
  'INTROSPECTION',
  'LOGIN_BUDGET_',
  'LOG_LEVEL',
  'MAIL_FROM',
  'MESSAGE_TEMPLATE',
  'OIDC_',
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
  'TWILIO_',
  'VERIFY_EMAIL_',
];

/** What others set: test runs, the X session manager, the password manager pass, Heroku's add-ons, Neon. */
const STRANGERS =
  /^(?:TEST_\w+|SESSION_MANAGER|PASSWORD_STORE_\w+|REDIS_TLS_URL|DATABASE_CONNECTION_POOL_URL|DATABASE_URL_UNPOOLED)$/;

/** What Kubernetes and Docker links set for every service in sight, so also for one named redis or database. */
const SERVICE_LINK = /_SERVICE_HOST$|_SERVICE_PORT(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?$/;
const SERVICE_ADDRESS = /^(?:tcp|udp|sctp):\/\//;

/** Letters that are added, dropped or replaced by mistake. */
const TYPO = 2;

/** One line for each variable that is written like ours and is none: a typo must not silently weaken anything. */
export function unknownVariables(env: Record<string, string | undefined>, known: readonly string[]): string[] {
  const ours = new Set(known);
  return Object.entries(env).flatMap(([name, value = '']) => {
    if (ours.has(name) || STRANGERS.test(name) || isServiceLink(name, value)) return [];
    const isOurs = PREFIXES.some((prefix) => name.startsWith(prefix));
    // Most variables are other people's, and comparing them with all of ours would take a start longer than the rest.
    const near = nearest(name, isOurs ? known : known.filter(({ length }) => Math.abs(length - name.length) <= TYPO));
    // Short names are near to everything: PORT to POST.
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

/** Levenshtein's: how many letters to add, drop or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, message] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (message === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
