import { lte, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { rateLimits } from '../db/tables.ts';

/** Deletes up to `limit` counters whose window is over. @returns how many; fewer than the limit if none are left */
export async function pruneRateLimits(db: Db, now: Date, limit: number): Promise<number> {
  // A CTE, because a subquery with a limit may run more than once in one statement. Skips counters that are in use.
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
