import { UrlProblem } from './target.ts';

const LONGEST_NAME = 63;

/** Whether PostgreSQL accepts the name for a schema of ours. */
export const isSchemaName = (name: string): boolean =>
  name !== '' &&
  Buffer.byteLength(name) <= LONGEST_NAME &&
  !/\p{Cc}/u.test(name) &&
  !name.startsWith('pg_') &&
  name !== 'information_schema';

/** The schema in which a search_path creates tables: its first entry that is not "$user". */
export function firstSchema(path: string): string {
  const [name] = path
    .split(',')
    .map((entry) => unquote(entry.trim()))
    .filter((entry) => entry !== '' && entry !== '$user');
  if (name === undefined || !isSchemaName(name))
    throw new UrlProblem('must have the name of a schema in search_path; or set DATABASE_SCHEMA');
  return name;
}

/** PostgreSQL folds names without quotes to lower case. */
const unquote = (entry: string): string =>
  entry.startsWith('"') ? entry.replace(/^"(.*)"$/, '$1').replaceAll('""', '"') : entry.toLowerCase();

/** Words of options, with backslashes before characters that would end a word. */
const WORD = /(?:\\.|[^\s\\])+/g;
const ASSIGNMENT = /^search[_-]path=/i;

/** The other options. */
export function withoutSearchPath(options: string): string {
  const words = options.match(WORD) ?? [];
  const isOfPath = (word: string, index: number): boolean =>
    ASSIGNMENT.test(word.replace(/^(?:-c|--)/, '')) || (word === '-c' && ASSIGNMENT.test(words[index + 1] ?? ''));
  return words.filter((word, index) => !isOfPath(word, index)).join(' ');
}

/** The search_path in libpq's options, which are written like the command line of the server. */
export function searchPathIn(options: string): string | undefined {
  const words = options.match(WORD)?.map((word) => word.replace(/\\(.)/g, '$1')) ?? [];
  const values = words.flatMap((word, index) => {
    const assignment = word === '-c' ? words[index + 1] : /^(?:-c|--)(.+)$/.exec(word)?.[1];
    const [, value] = /^search[_-]path=(.*)$/is.exec(assignment ?? '') ?? [];
    return value === undefined ? [] : [value];
  });
  return values.at(-1);
}
