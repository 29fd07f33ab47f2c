import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { quoteIdentifier } from '../identifier.ts';
import { listMigrations, type Migration } from './files.ts';

// `migrations` is the table of drizzle-kit (drizzle.config.ts): the migrations that have finished. `migration_steps` has
// the finished steps of one that has not.

export interface Ledger {
  /** The keys of the migrations that have finished, also of those of a newer version. */
  applied: ReadonlySet<number>;
  /** The names of the finished steps of others, by key. */
  steps: ReadonlyMap<number, ReadonlySet<string>>;
}

export const EMPTY_LEDGER: Ledger = { applied: new Set(), steps: new Map() };

export async function readLedger(db: Db, schema: string): Promise<Ledger> {
  const [tables] = await db
    .select({ migrations: exists(schema, 'migrations'), steps: exists(schema, 'migration_steps') })
    .from(sql`(select 1) as one`);
  const applied = tables?.migrations
    ? await db.select({ key }).from(sql`${sql.raw(inLedger(schema, 'migrations'))}`)
    : [];
  const steps = new Map<number, Set<string>>();
  const finished = tables?.steps
    ? await db.select({ key, name: sql<string>`step` }).from(sql`${sql.raw(inLedger(schema, 'migration_steps'))}`)
    : [];
  for (const step of finished) steps.set(step.key, (steps.get(step.key) ?? new Set()).add(step.name));
  return { applied: new Set(applied.map((row) => row.key)), steps };
}

const key = sql<number>`created_at::double precision`.mapWith(Number);
const inLedger = (schema: string, table: string): string => `${quoteIdentifier(schema)}.${table}`;
const exists = (schema: string, table: string) => sql<boolean>`to_regclass(${inLedger(schema, table)}) is not null`;

/** Migrations that have not finished, oldest first. Empty if the database is newer. */
export const findPending = ({ applied }: Ledger): readonly Migration[] =>
  listMigrations().filter(({ createdAt }) => !applied.has(createdAt));

export async function createMigrationsTable(db: Db, schema: string): Promise<void> {
  const table = sql.raw(inLedger(schema, 'migrations'));
  await db.execute(
    sql`create table if not exists ${table} (id serial primary key, hash text not null, created_at bigint)`,
  );
}

export async function createStepsTable(db: Db, schema: string): Promise<void> {
  await db.execute(
    sql`create table if not exists ${sql.raw(inLedger(schema, 'migration_steps'))}
      (created_at bigint, step text, finished_at timestamptz not null default now(), primary key (created_at, step))`,
  );
}

export async function recordMigration(db: Db, schema: string, { hash, createdAt }: Migration): Promise<void> {
  const table = sql.raw(inLedger(schema, 'migrations'));
  await db.execute(sql`insert into ${table} (hash, created_at) values (${hash}, ${createdAt})`);
}

/** For a migration that has finished. */
export async function forgetSteps(db: Db, schema: string, { createdAt }: Migration): Promise<void> {
  await db.execute(sql`delete from ${sql.raw(inLedger(schema, 'migration_steps'))} where created_at = ${createdAt}`);
}

export async function recordStep(db: Db, schema: string, { createdAt }: Migration, step: string): Promise<void> {
  const table = sql.raw(inLedger(schema, 'migration_steps'));
  await db.execute(sql`insert into ${table} (created_at, step) values (${createdAt}, ${step})`);
}

/** Whether another process has finished the step, or the migration. */
export async function isRecorded(db: Db, schema: string, migration: Migration, step?: string): Promise<boolean> {
  const [migrations, steps] = ['migrations', 'migration_steps'].map((table) => sql.raw(inLedger(schema, table)));
  const [row] = await db
    .select({
      isDone: sql<boolean>`exists (select from ${migrations} where created_at = ${migration.createdAt})
        or exists (select from ${steps} where created_at = ${migration.createdAt} and step = ${step ?? null})`,
    })
    .from(sql`(select 1) as one`);
  return row?.isDone ?? false;
}
