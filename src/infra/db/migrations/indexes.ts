import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { quoteIdentifier } from '../identifier.ts';
import { isLocked } from './locks.ts';
import type { StepOf } from './plan.ts';
import { inTransaction } from './session.ts';

// CONCURRENTLY waits for transactions of other sessions, and blocks none. No transaction may contain it.

interface Session {
  db: Db;
  schema: string;
  /** Milliseconds to wait for other transactions. */
  wait: number;
}

/** An index that a crash left invalid is removed first. */
export async function buildIndex(session: Session, step: StepOf<'create-index'>): Promise<void> {
  const { table, index } = step;
  const state = await indexState(session, table, index);
  if (state === 'valid') return;
  if (state === 'invalid') await dropIndex(session, index);
  await execute(session, concurrentIndex(step, session.schema)).catch(async (error: unknown) => {
    // What it waited for in vain would keep it waiting again; the next run removes the index.
    if (!isLocked(error)) await dropIndex(session, index).catch(() => {});
    throw error;
  });
}

/** Another session may still build it after its client was killed; its lock on the table is waited for. */
const indexState = (session: Session, table: string, index: string): Promise<'valid' | 'invalid' | 'missing'> =>
  inTransaction(session.db, { schema: session.schema, lockWait: session.wait }, async (tx) => {
    await tx.execute(sql`lock table ${sql.identifier(table)} in share update exclusive mode`);
    const [row] = await tx
      .select({ isValid: sql<boolean>`indisvalid` })
      .from(sql`pg_index`)
      .where(sql`indexrelid = to_regclass(${quoteIdentifier(index)})`);
    if (!row) return 'missing';
    return row.isValid ? 'valid' : 'invalid';
  });

export const dropIndex = (session: Session, index: string): Promise<void> =>
  execute(session, dropConcurrently(index, session.schema));

/** Names the schema, because behind a pooler the session may have another search_path. */
export function concurrentIndex({ table, statement }: StepOf<'create-index'>, schema: string): string {
  const place = `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  return statement
    .replace(/\bindex\b/i, 'INDEX CONCURRENTLY')
    .replace(/ on (?:"public"\.)?"[^"]+"/i, () => ` ON ${place}`);
}

export const dropConcurrently = (index: string, schema: string): string =>
  `DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(schema)}.${quoteIdentifier(index)}`;

/** With settings of the session, because those of a transaction do not apply. */
async function execute({ db, wait }: Session, statement: string): Promise<void> {
  await db.execute(sql`set statement_timeout = 0`);
  await db.execute(sql.raw(`set lock_timeout = ${wait}`));
  await db.execute(sql.raw(statement));
}
