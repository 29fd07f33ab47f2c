import { batchesOf } from './batch.ts';
import { columnProblem } from './column.ts';
import { withoutComments } from './files.ts';
import { type ForeignKey, unlinkedTables } from './foreign-keys.ts';

/** Modes of PostgreSQL (manual, section 13.3), weakest first. */
export const LOCK_MODES = ['SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE'] as const;
export type LockMode = (typeof LOCK_MODES)[number];

export interface Lock {
  table: string;
  mode: LockMode;
}

/**
 * How a statement can run while the service writes.
 * create-index, drop-index: CONCURRENTLY. constraint: NOT VALID, then VALIDATE. not-null: after a valid check.
 * batches: over and over, for a range of keys each. instant: as it is; it takes milliseconds once it has its locks.
 */
export type StatementKind =
  | 'create-table'
  | 'create-index'
  | 'drop-index'
  | 'constraint'
  | 'not-null'
  | 'batches'
  | 'instant';

export interface Statement {
  text: string;
  kind: StatementKind;
  /** Empty if the statement has none. */
  table: string;
  /** Name of the index, constraint or column. */
  name: string;
  locks: readonly Lock[];
  /** Why it would block the service, or break its previous version, on a table with rows. */
  problem?: string;
}

interface Form {
  pattern: RegExp;
  kind: StatementKind;
  mode?: LockMode;
  problem?: string | ((text: string) => string | undefined);
}

const UNREAD = 'the previous version still uses it: remove it in a later release';

/** With the named groups `table` and `name`. The first form that fits applies. */
const FORMS: readonly Form[] = [
  { kind: 'create-table', pattern: /^create table (?<table>)/ },
  {
    kind: 'create-index',
    pattern: /^create (?:unique )?index (?<name>) on (?<table>)/,
    mode: 'SHARE UPDATE EXCLUSIVE',
  },
  { kind: 'drop-index', pattern: /^drop index (?<name>)$/ },
  { kind: 'instant', pattern: /^create (?:or replace )?function / },
  { kind: 'instant', pattern: /^create trigger (?<name>) [\s\S]*? on (?<table>)/, mode: 'SHARE ROW EXCLUSIVE' },
  { kind: 'instant', pattern: /^drop trigger (?<name>) on (?<table>)/, mode: 'ACCESS EXCLUSIVE' },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) add constraint (?<name>) foreign key [\s\S]* not valid$/,
    mode: 'SHARE ROW EXCLUSIVE',
  },
  {
    kind: 'constraint',
    pattern: /^alter table (?<table>) add constraint (?<name>) foreign key /,
    mode: 'SHARE ROW EXCLUSIVE',
  },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) add constraint (?<name>) check [\s\S]* not valid$/,
    mode: 'ACCESS EXCLUSIVE',
  },
  {
    kind: 'constraint',
    pattern: /^alter table (?<table>) add constraint (?<name>) check /,
    mode: 'ACCESS EXCLUSIVE',
  },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) add constraint (?<name>) /,
    mode: 'ACCESS EXCLUSIVE',
    problem: 'it builds an index while writes wait: use a unique index',
  },
  { kind: 'instant', pattern: /^alter table (?<table>) drop constraint (?<name>)$/, mode: 'ACCESS EXCLUSIVE' },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) add column (?<name>) /,
    mode: 'ACCESS EXCLUSIVE',
    problem: columnProblem,
  },
  {
    kind: 'not-null',
    pattern: /^alter table (?<table>) alter column (?<name>) set not null$/,
    mode: 'ACCESS EXCLUSIVE',
  },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) alter column (?<name>) (?:drop not null|drop default|set default [^;]+)$/,
    mode: 'ACCESS EXCLUSIVE',
  },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) alter column (?<name>) set data type /,
    mode: 'ACCESS EXCLUSIVE',
    problem: 'it rewrites the table: add a column, and fill it in batches',
  },
  {
    kind: 'instant',
    pattern: /^alter table (?<table>) (?:drop column|rename column) (?<name>)/,
    mode: 'ACCESS EXCLUSIVE',
    problem: UNREAD,
  },
  { kind: 'instant', pattern: /^drop table (?<table>)/, mode: 'ACCESS EXCLUSIVE', problem: UNREAD },
  {
    kind: 'instant',
    pattern: /^(?:insert into|update|delete from) (?<table>)/,
    problem: 'it changes all rows in one transaction: write it in batches',
  },
];

const UNKNOWN = 'how it locks is not known: add its form to src/infra/db/migrations/statement.ts';

/** `(?<table>)` stands for a quoted name, perhaps with "public" before it. */
const withNames = ({ pattern, ...form }: Form): Form => {
  const source = pattern.source.replace(/\(\?<(\w+)>\)/g, '(?:"public"\\.)?"(?<$1>[^"]+)"').replaceAll(' ', '\\s+');
  return { ...form, pattern: new RegExp(source, 'i') };
};
const READABLE = FORMS.map(withNames);

/**
 * @param text as drizzle-kit writes it, or as a person does in its style
 * @param keys the foreign keys that exist
 */
export function readStatement(text: string, keys: readonly ForeignKey[]): Statement {
  const bare = withoutComments(text);
  const batches = batchesOf(bare);
  const statement = { text, table: '', name: '', locks: [], kind: 'instant' } as const;
  if (batches) return { ...statement, kind: 'batches', table: batches.table, name: batches.column };
  for (const { pattern, kind, mode, problem } of READABLE) {
    const match = pattern.exec(bare);
    if (!match) continue;
    const { table = '', name = '' } = match.groups ?? {};
    const found = typeof problem === 'function' ? problem(bare) : problem;
    const unlinked = unlinkedTables(bare, keys).map((table): Lock => ({ table, mode: 'ACCESS EXCLUSIVE' }));
    const locks = [...(mode && table ? [{ table, mode }] : []), ...referenceLocks(bare, kind), ...unlinked];
    return { text, kind, table, name, locks, ...(found ? { problem: found } : {}) };
  }
  return { ...statement, problem: UNKNOWN };
}

/** A new foreign key locks the table that it refers to as well. */
function referenceLocks(text: string, kind: StatementKind): Lock[] {
  if (kind !== 'create-table' && !/^alter table /i.test(text)) return [];
  return [...text.matchAll(/\breferences (?:"public"\.)?"([^"]+)"/gi)].map(([, table = '']) => ({
    table,
    mode: 'SHARE ROW EXCLUSIVE',
  }));
}
