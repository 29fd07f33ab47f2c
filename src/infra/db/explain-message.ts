import type { Explanation } from '../explanation.ts';

const URL = 'DATABASE_URL';

export const POOLER: Explanation = {
  reason: 'the server is a pooler such as PgBouncer in transaction mode',
  remedy: `add pgbouncer=true to ${URL} (?pgbouncer=true, or &pgbouncer=true after other parameters)`,
};
export const NO_CONNECTIONS: Explanation = {
  reason: 'the server has no free connections',
  remedy: 'lower DATABASE_POOL_SIZE, raise max_connections there, or use a pooler',
};
const WANTS_TLS: Explanation = { reason: 'the server wants TLS', remedy: `add sslmode=require to ${URL}` };

interface Rule {
  /** The codes that the rule is for: whole, or the class. */
  codes: readonly string[];
  message: RegExp;
  explanation: Explanation;
}

/** Refusals of a connection have few codes, and poolers and providers use them for everything. */
const REFUSED = ['28', '08P01', 'XX000'];

/** The first rule that fits is used. */
const RULES: readonly Rule[] = [
  {
    codes: REFUSED, // PgBouncer
    message: /startup parameter(?: in options|: options)/i,
    explanation: {
      reason: 'the server is a pooler that refuses options',
      remedy: `remove options from ${URL}, and set them for the role (alter role … set …)`,
    },
  },
  { codes: ['08P01', '26000', '42P05'], message: /startup parameter|prepared statement/i, explanation: POOLER },
  {
    codes: REFUSED, // PgBouncer
    message: /no such database/i,
    explanation: {
      reason: 'the pooler does not know this database',
      remedy: `check the database in ${URL}, and the databases in the settings of the pooler`,
    },
  },
  {
    codes: REFUSED, // PgBouncer
    message: /server_login_retry|server login/i,
    explanation: {
      reason: 'the pooler cannot reach the server',
      remedy: 'try again later, and see the log of the pooler',
    },
  },
  {
    codes: REFUSED, // Supabase
    message: /tenant or user not found|tenant\/user .*not found/i,
    explanation: {
      reason: 'the pooler does not know this user',
      remedy: `at Supabase, the user in ${URL} is postgres.<project>, and the host is the pooler of that project; a paused project has none`,
    },
  },
  { codes: REFUSED, message: /max clients|max client conn/i, explanation: NO_CONNECTIONS },
  {
    codes: REFUSED, // Neon
    message: /endpoint id is not specified/i,
    explanation: {
      reason: 'the server does not know which database is meant',
      remedy: `at Neon, use its host name in ${URL}, or add options=endpoint%3D<first label of the host>`,
    },
  },
  // PostgreSQL 12 to 14 and some providers write SSL off.
  {
    codes: REFUSED,
    message:
      /no encryption|SSL off|(?:SSL|TLS)\b.*\brequired|requires? (?:SSL|TLS)|insecure connection|connection is insecure/i,
    explanation: WANTS_TLS,
  },
  {
    codes: REFUSED,
    message: /valid client certificate|certificate authentication failed/i,
    explanation: {
      reason: 'the server wants a client certificate',
      remedy: `add sslcert=/path/to/client.crt&sslkey=/path/to/client.key to ${URL}`,
    },
  },
  {
    codes: REFUSED,
    message: /SSL on|SSL encryption/i,
    explanation: {
      reason: 'pg_hba.conf has no entry that lets this user connect from this machine with TLS',
      remedy: `add one there; if it has one without TLS (hostnossl), add sslmode=disable to ${URL}`,
    },
  },
];

/** What a message adds to its code. The message itself is not shown, because it may quote values. */
export const explainByMessage = (code: string, message: string): Explanation | undefined =>
  RULES.find(({ codes, message: pattern }) => codes.some((start) => code.startsWith(start)) && pattern.test(message))
    ?.explanation;
