import { lte, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { rateLimits, revocations } from '../db/tables.ts';

// A batch is chosen and locked first, so that deleting neither waits for somebody who is using a row nor holds many.
// A CTE, because a subquery with a limit may be run more than once in one statement.

/** Deletes counters whose window is over. @returns how many; fewer than the limit means that none are left */
export async function pruneRateLimits(db: Db, now: Date, limit: number): Promise<number> {
  const over = db
    .$with('over')
    .as(
      db
        .select({ name: rateLimits.name, key: rateLimits.key })
        .from(rateLimits)
        .where(lte(rateLimits.resetsAt, now))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const gone = await db
    .with(over)
    .delete(rateLimits)
    .where(sql`(${rateLimits.name}, ${rateLimits.key}) in (select * from ${over})`)
    .returning({ name: rateLimits.name });
  return gone.length;
}

/** Deletes endings whose access tokens have all expired. @returns as above */
export async function pruneRevocations(db: Db, now: Date, limit: number): Promise<number> {
  const over = db
    .$with('over')
    .as(
      db
        .select({ sessionId: revocations.sessionId })
        .from(revocations)
        .where(lte(revocations.expiresAt, now))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  const gone = await db
    .with(over)
    .delete(revocations)
    .where(sql`${revocations.sessionId} in (select * from ${over})`)
    .returning({ sessionId: revocations.sessionId });
  return gone.length;
}
