import { and, gt, lte, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { outbox } from '../../infra/db/tables.ts';
import { isAmong, isGivenUpMail } from './outbox.repo.ts';

/** Makes given-up mails due again, each once, unless they have expired. Ignores others. Returns the ids of those retried. */
export async function retryMail(db: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const retried = await db
    .update(outbox)
    .set({ state: 'pending', attempts: 0, nextAttemptAt: now, finishedAt: null })
    .where(and(isAmong(sql`select unnest(${sql.param(ids)}::uuid[])`), isGivenUpMail, gt(outbox.expiresAt, now)))
    .returning({ id: outbox.id });
  return retried.map(({ id }) => id);
}

/** Deletes the content of up to `limit` mails that were given up and have expired; returns how many. */
export async function deleteExpiredContent(db: Db, now: Date, limit: number): Promise<number> {
  const expired = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isGivenUpMail, lte(outbox.expiresAt, now)))
    .limit(limit)
    .for('update', { skipLocked: true });
  const deleted = await db.update(outbox).set({ sealed: null }).where(isAmong(expired)).returning({ id: outbox.id });
  return deleted.length;
}
