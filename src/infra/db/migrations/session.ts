import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { quoteIdentifier } from '../identifier.ts';

/** A repeatable read would keep one snapshot, for which CREATE INDEX CONCURRENTLY would wait. */
const READ_COMMITTED = { isolationLevel: 'read committed' } as const;

const TIME_LIMITS = ['statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout'];

/**
 * A transaction without time limits, because migrating, or waiting for it, can take long. Settings that end with the
 * transaction also work behind PgBouncer.
 * @param lockWait milliseconds for each lock; 0: no limit
 */
export const inTransaction = <T>(
  db: Db,
  { schema, lockWait = 0 }: { schema: string; lockWait?: number },
  work: (tx: Db) => Promise<T>,
): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('search_path', ${quoteIdentifier(schema)}, true), set_config(name, '0', true),
          set_config('lock_timeout', ${String(lockWait)}, true)
        from pg_settings where name = any(${sql.param(TIME_LIMITS)}::text[])`,
    );
    return work(tx);
  }, READ_COMMITTED);

/** Held while a process migrates. An arbitrary number. */
const MIGRATION_LOCK = sql.raw('7031120264');
/** Held by each transaction of a step, so that it also waits for that of a process that was killed. */
const STEP_LOCK = sql.raw('7031120265');

/**
 * Whether this transaction keeps other processes from migrating now. They must not wait in the database: CREATE INDEX
 * CONCURRENTLY would wait for their transactions.
 */
export async function tryMigrationLock(tx: Db): Promise<boolean> {
  const [row] = await tx
    .select({ isOurs: sql<boolean>`pg_try_advisory_xact_lock(${MIGRATION_LOCK})` })
    .from(sql`(select 1) as one`);
  return row?.isOurs ?? false;
}

export const waitForOtherSteps = (tx: Db): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(${STEP_LOCK})`);

/** The process in the database that serves this transaction. */
export async function backendOf(tx: Db): Promise<number> {
  const [row] = await tx.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(select 1) as one`);
  return row?.pid ?? 0;
}
