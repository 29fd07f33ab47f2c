import { quoteIdentifier } from '../identifier.ts';
import { listMigrations, type Migration } from './files.ts';
import { foreignKeysAfter } from './foreign-keys.ts';
import { LOCK_MODES, type Lock, readStatement, type Statement } from './statement.ts';

/**
 * What runs alone and is recorded when it has finished. Its name identifies it within the migration, also for a later
 * version that continues after a crash.
 */
export type Step =
  | { kind: 'transaction'; name: string; statements: readonly string[]; locks: readonly Lock[] }
  | { kind: 'batches'; name: string; table: string; column: string; statement: string }
  | { kind: 'create-index'; name: string; table: string; index: string; statement: string }
  | { kind: 'validate'; name: string; table: string; constraint: string }
  | { kind: 'drop-index'; name: string; index: string };

export type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

export interface Plan {
  steps: readonly Step[];
  /** Statements that would block the service or break its previous version. tests/rules allows none without a reason. */
  problems: readonly { statement: string; problem: string }[];
}

/**
 * How to apply a migration while the service writes. What is done to tables that the migration creates blocks nothing,
 * because they are empty. The rest is taken apart: a transaction of what takes milliseconds, then batches, indexes,
 * validations and, last, what removes. Each step leaves a state in which the previous version works.
 */
export function planMigration(migration: Migration): Plan {
  const earlier = listMigrations().filter(({ createdAt }) => createdAt < migration.createdAt);
  const keys = foreignKeysAfter(earlier.flatMap(({ statements }) => statements));
  const read = migration.statements.map((statement) => readStatement(statement, keys));
  const created = new Set(read.filter(({ kind }) => kind === 'create-table').map(({ table }) => table));
  const statements = read.map((statement) =>
    created.has(statement.table) ? onNewTable(statement, created) : statement,
  );
  const of = (kind: Statement['kind']) => statements.filter((statement) => statement.kind === kind);

  const indexes = new Set(of('create-index').map(({ name }) => name));
  const isReplaced = ({ name }: Statement) => indexes.has(name);
  const first = statements.filter(({ kind }) => ['create-table', 'instant', 'constraint', 'not-null'].includes(kind));
  const steps: Step[] = [
    ...of('drop-index').filter(isReplaced).map(dropIndex),
    ...transaction('transaction', first, (statement) => [beforeValidation(statement)]),
    ...of('batches').map(batches),
    ...of('create-index').map(createIndex),
    ...[...of('constraint'), ...of('not-null')].map(validate),
    ...transaction('not null', of('not-null'), afterValidation),
    ...of('drop-index')
      .filter((statement) => !isReplaced(statement))
      .map(dropIndex),
  ];
  const problems = statements.flatMap(({ text, problem }) => (problem ? [{ statement: text, problem }] : []));
  const replaced = of('drop-index').filter(isReplaced);
  return { steps, problems: [...problems, ...replaced.map(({ text }) => ({ statement: text, problem: REPLACED }))] };
}

const REPLACED = 'until its successor is built, queries have no index: give the new one another name';

/** A table that no other session sees yet. A foreign key still locks the table that it refers to. */
function onNewTable(statement: Statement, created: ReadonlySet<string>): Statement {
  const { kind, locks, problem, ...rest } = statement;
  const others = locks.filter(({ table }) => !created.has(table));
  // Rows come from other tables, whose rows it may lock.
  if (kind === 'batches' || /^\s*(?:insert|update|delete)/i.test(statement.text)) return statement;
  return { ...rest, kind: kind === 'create-table' ? kind : 'instant', locks: others };
}

function transaction(
  name: string,
  statements: readonly Statement[],
  rewrite: (statement: Statement) => readonly string[],
): Step[] {
  if (statements.length === 0) return [];
  const locks = strongest(statements.flatMap((statement) => statement.locks));
  return [{ kind: 'transaction', name, statements: statements.flatMap(rewrite), locks }];
}

/** One lock for each table, ordered by table. */
function strongest(locks: readonly Lock[]): Lock[] {
  const strength = ({ mode }: Lock) => LOCK_MODES.indexOf(mode);
  const byTable = new Map<string, Lock>();
  for (const lock of locks) {
    const other = byTable.get(lock.table);
    if (!other || strength(lock) > strength(other)) byTable.set(lock.table, lock);
  }
  return [...byTable.values()].sort((a, b) => (a.table < b.table ? -1 : 1));
}

/** New rows must satisfy the constraint from now on. Rows that exist are read later, without a lock. */
function beforeValidation({ kind, text, table, name }: Statement): string {
  if (kind === 'constraint') return `${text} NOT VALID`;
  if (kind !== 'not-null') return text;
  return `${alter(table)} ADD CONSTRAINT ${checkOf(table, name)} CHECK (${quoteIdentifier(name)} IS NOT NULL) NOT VALID`;
}

/** With a valid check, PostgreSQL does not read the table. */
const afterValidation = ({ text, table, name }: Statement): string[] => [
  text,
  `${alter(table)} DROP CONSTRAINT ${checkOf(table, name)}`,
];

const alter = (table: string): string => `ALTER TABLE ${quoteIdentifier(table)}`;
const checkName = (table: string, column: string): string => `${table}_${column}_is_set`;
const checkOf = (table: string, column: string): string => quoteIdentifier(checkName(table, column));

const batches = ({ table, name, text }: Statement, place: number): Step => ({
  kind: 'batches',
  name: `batches ${place + 1}`,
  table,
  column: name,
  statement: text,
});

const createIndex = ({ table, name, text }: Statement): Step => ({
  kind: 'create-index',
  name: `create index ${name}`,
  table,
  index: name,
  statement: text,
});

const dropIndex = ({ name }: Statement): Step => ({ kind: 'drop-index', name: `drop index ${name}`, index: name });

function validate({ kind, table, name }: Statement): Step {
  const constraint = kind === 'not-null' ? checkName(table, name) : name;
  return { kind: 'validate', name: `validate ${table}.${constraint}`, table, constraint };
}
