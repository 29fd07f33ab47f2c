import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { FIRST_KEY, LAST_KEY, withinRange } from './batch.ts';
import { inSchema, type Migration } from './files.ts';
import { isRecorded, recordStep } from './ledger.ts';
import { LOCK_BUDGET } from './locks.ts';
import type { StepOf } from './plan.ts';
import { inTransaction, waitForOtherSteps } from './session.ts';

/** Keys in a batch, which keeps its rows locked for some milliseconds. */
export const BATCH_SIZE = 1_000;

/**
 * Runs one batch in a transaction, which after the last batch also records the step.
 * @param from where the batch begins
 * @returns where the next one begins. Undefined: this was the last one, or another process has finished the step
 */
export const runBatch = (
  { db, schema }: { db: Db; schema: string },
  migration: Migration,
  step: StepOf<'batches'>,
  from = FIRST_KEY,
): Promise<string | undefined> =>
  inTransaction(db, { schema, lockWait: LOCK_BUDGET }, async (tx) => {
    await waitForOtherSteps(tx);
    if (await isRecorded(tx, schema, migration, step.name)) return undefined;
    const end = await findEnd(tx, step, from);
    await tx.execute(withinRange(inSchema(step.statement, schema), { from, to: end ?? LAST_KEY }));
    if (end === undefined) await recordStep(tx, schema, migration, step.name);
    return end;
  });

/** Limits in the text, not as parameters: the planner must know that an index is the fastest. */
async function findEnd(tx: Db, { table, column }: StepOf<'batches'>, from: string): Promise<string | undefined> {
  const key = sql.identifier(column);
  const [end] = await tx.select({ key: sql<string>`key` }).from(
    sql`(select ${key}::text as key from ${sql.identifier(table)} where ${key} > ${from}::uuid
        order by ${key} offset ${sql.raw(String(BATCH_SIZE - 1))} limit 1) as last`,
  );
  return end?.key;
}
