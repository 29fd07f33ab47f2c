import { decode, ENCODING } from './authority.ts';
import { UrlProblem } from './target.ts';

/** The parameters of a URL. Reading one removes it, so that the unknown ones remain. */
export interface Parameters {
  /** The value. Undefined if there is none or it is empty. */
  take(name: string): string | undefined;
  oneOf<const Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  /** A whole number of seconds. */
  seconds(name: string): number | undefined;
  /** The names of those that were not read. */
  rest(): string[];
}

/** libpq's parameters that cannot be honoured, and what to do instead. Ignoring one would weaken what it asks for. */
const REFUSED: Record<string, string> = {
  service: 'write its settings into the URL',
  servicefile: 'write its settings into the URL',
  passfile: 'write the password into the URL, and the URL into a file: DATABASE_URL_FILE',
  requirepeer: 'remove it',
  require_auth: 'remove it; sslmode=verify-full keeps passwords from other servers',
  sslcrldir: 'use sslcrl, with all lists in one file',
  oauth_issuer: 'use a password or a client certificate',
};

/** libpq's parameters that change nothing here. */
const WITHOUT_EFFECT = [
  'client_encoding', // always UTF-8
  'gsslib',
  'gssdelegation',
  'krbsrvname',
  'keepalives_count',
  'keepalives_interval',
  'max_protocol_version',
  'min_protocol_version',
  'sslcompression',
  'sslkeylogfile',
  'tcp_user_timeout',
];

export function createParameters(query: string): Parameters {
  const values = new Map<string, string>();
  for (const pair of query.split('&').filter(Boolean)) {
    const [, name, value] = /^([A-Za-z][\w.-]{0,62})=([\s\S]*)$/.exec(pair) ?? [];
    // Most likely a password with a question mark that is not encoded.
    if (name === undefined || value === undefined) throw new UrlProblem(ENCODING);
    values.set(name, decode(value));
  }
  const take = (name: string): string | undefined => {
    const value = values.get(name) || undefined;
    values.delete(name);
    return value;
  };
  for (const name of WITHOUT_EFFECT) take(name);
  for (const [name, advice] of Object.entries(REFUSED))
    if (take(name)) throw new UrlProblem(`must not have ${name}, which is not supported: ${advice}`);
  return {
    take,
    oneOf(name, words) {
      const value = take(name);
      const word = words.find((candidate) => candidate === value);
      if (value !== undefined && word === undefined)
        throw new UrlProblem(`must have one of these values for ${name}: ${words.join(', ')}`);
      return word;
    },
    seconds(name) {
      const value = take(name);
      if (value !== undefined && !/^-?\d{1,9}$/.test(value))
        throw new UrlProblem(`must have a whole number of seconds for ${name}`);
      return value === undefined ? undefined : Number(value);
    },
    rest() {
      // With an @ it is most likely the end of a password that is not encoded.
      if ([...values.values()].some((value) => value.includes('@'))) throw new UrlProblem(ENCODING);
      return [...values.keys()];
    },
  };
}
