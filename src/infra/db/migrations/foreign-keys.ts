import { withoutComments } from './files.ts';

/** Names are without quotes. */
export interface ForeignKey {
  table: string;
  name: string;
  columns: readonly string[];
  /** The table that it refers to. */
  target: string;
}

/** Whether a statement removes the key, as a constraint or with its column or with one of its tables. */
type Removal = (key: ForeignKey) => boolean;

const NAME = '(?:"public"\\.)?"([^"]+)"';
const ADDED = new RegExp(
  `^alter table ${NAME} add constraint ${NAME} foreign key \\(([^)]+)\\) references ${NAME}`,
  'i',
);
const PART_DROPPED = new RegExp(`^alter table ${NAME} drop (constraint|column) ${NAME}`, 'i');
const TABLE_DROPPED = new RegExp(`^drop table ${NAME}`, 'i');

/** Those that exist after the statements, which begin with an empty database. */
export function foreignKeysAfter(statements: readonly string[]): readonly ForeignKey[] {
  let keys: readonly ForeignKey[] = [];
  for (const statement of statements) {
    const added = addedKey(statement);
    keys = added ? [...keys, added] : keys.filter((key) => !removalOf(statement)(key));
  }
  return keys;
}

/** The tables at both ends of the foreign keys that the statement removes. PostgreSQL locks both. */
export const unlinkedTables = (statement: string, keys: readonly ForeignKey[]): string[] =>
  keys.filter(removalOf(statement)).flatMap(({ table, target }) => [table, target]);

function addedKey(statement: string): ForeignKey | undefined {
  const [, table, name, columns, target] = ADDED.exec(onOneLine(statement)) ?? [];
  if (!table || !name || !columns || !target) return undefined;
  return { table, name, columns: columns.split(',').map((column) => column.trim().replaceAll('"', '')), target };
}

function removalOf(statement: string): Removal {
  const [, owner, kind, part = ''] = PART_DROPPED.exec(onOneLine(statement)) ?? [];
  if (owner && kind?.toLowerCase() === 'column') return (key) => key.table === owner && key.columns.includes(part);
  if (owner) return (key) => key.table === owner && key.name === part;
  const [, dropped] = TABLE_DROPPED.exec(onOneLine(statement)) ?? [];
  return (key) => key.table === dropped || key.target === dropped;
}

const onOneLine = (statement: string): string => withoutComments(statement).replaceAll(/\s+/g, ' ');
