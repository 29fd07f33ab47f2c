import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { PostgresConfig } from '../../config.ts';
import { MINUTE } from '../../core/clock.ts';
import { type Db, openForMigration } from './client.ts';
import { quoteIdentifier } from './identifier.ts';
import { inSchema, type Migration } from './migrations/files.ts';
import {
  createMigrationsTable,
  createStepsTable,
  findPending,
  readLedger,
  recordMigration,
} from './migrations/ledger.ts';
import { checkPooler } from './migrations/pooler.ts';
import { explainMissingRight } from './migrations/right.ts';
import { type Run, runMigration } from './migrations/run.ts';
import { backendOf, inTransaction, tryMigrationLock } from './migrations/session.ts';

/** Milliseconds to try to get a lock that another session holds. */
export const LOCK_WAIT = 10 * MINUTE;
/** Milliseconds between two looks at whether another process still migrates. */
const POLL = 250;

interface Options {
  /** Milliseconds. */
  wait?: number;
  /** Tells the operator what happens, line by line. */
  report?(line: string): void;
}

/**
 * Applies all pending migrations in one transaction, for a database that no other process uses, or that is empty.
 * @param schema where the tables are. It is created if it does not exist
 * @returns how many were applied
 */
export async function migrate(db: Db, schema: string): Promise<number> {
  if ((await pendingMigrations(db, schema)) === 0) return 0;
  return whileOthersWait(db, schema, async (tx) => {
    const pending = findPending(await readLedger(tx, schema));
    await applyAtOnce(tx, schema, pending);
    return pending.length;
  });
}

/**
 * Applies all pending migrations while the service runs: no statement blocks writes for longer than a second. Any number
 * of processes may call it at once: one migrates and the others wait. After a failure or a crash it continues where it
 * stopped. A newer database is left unchanged, for rolling upgrades. An empty one is migrated in one transaction.
 * @returns how many were applied
 */
export async function migratePostgres(config: PostgresConfig, options: Options = {}): Promise<number> {
  const { wait = LOCK_WAIT, report = () => {} } = options;
  const { schema } = config;
  const guard = openForMigration(config);
  // On a session of its own: the transaction that keeps other processes waiting stays open.
  const worker = openForMigration(config);
  const stop = new AbortController();
  const run = { db: worker.db, schema, wait, report, signal: stop.signal };
  try {
    if ((await pendingMigrations(guard.db, schema)) === 0) return 0;
    return await whileOthersWait(guard.db, schema, (tx) => applyPending(tx, config, run), report);
  } finally {
    stop.abort(); // If the guard is lost, another process may begin.
    await Promise.all([worker.close(), guard.close()]);
  }
}

async function applyPending(tx: Db, config: PostgresConfig, run: Omit<Run, 'guard'>): Promise<number> {
  const { schema } = config;
  const ledger = await readLedger(tx, schema);
  const pending = findPending(ledger);
  if (ledger.applied.size === 0) {
    await applyAtOnce(tx, schema, pending);
    return pending.length;
  }
  checkPooler(config, pending, ledger);
  const guard = await backendOf(tx);
  if (pending.length > 0) await createStepsTable(run.db, schema);
  for (const migration of pending) await runMigration({ ...run, guard }, migration);
  return pending.length;
}

/** Runs the work in a transaction that ends before another process migrates. */
async function whileOthersWait<T>(
  db: Db,
  schema: string,
  work: (tx: Db) => Promise<T>,
  report: (line: string) => void = () => {},
): Promise<T> {
  try {
    for (let attempts = 1; ; attempts++) {
      const done = await inTransaction(db, { schema }, async (tx) =>
        (await tryMigrationLock(tx)) ? { result: await work(tx) } : undefined,
      );
      if (done) return done.result;
      if (attempts === 1) report('another process migrates this database: waiting');
      await sleep(POLL);
    }
  } catch (error) {
    throw await explainMissingRight(error, db, schema);
  }
}

async function applyAtOnce(tx: Db, schema: string, pending: readonly Migration[]): Promise<void> {
  const place = sql.raw(quoteIdentifier(schema));
  const [found] = await tx
    .select({ exists: sql<boolean>`to_regnamespace(${quoteIdentifier(schema)}) is not null` })
    .from(sql`(select 1) as one`);
  if (!found?.exists) await tx.execute(sql`create schema ${place}`);
  await createMigrationsTable(tx, schema);
  for (const migration of pending) {
    for (const statement of migration.statements) await tx.execute(sql.raw(inSchema(statement, schema)));
    await recordMigration(tx, schema, migration);
  }
}

/** The number of migrations that have not finished; 0 if the database is newer. */
export const pendingMigrations = async (db: Db, schema: string): Promise<number> =>
  findPending(await readLedger(db, schema)).length;
