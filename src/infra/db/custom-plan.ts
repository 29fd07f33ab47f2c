import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/**
 * Reads with plans made for the very parameters. After some executions PostgreSQL otherwise uses a plan for average ones,
 * which is wrong where one value is in half the rows and another in none.
 */
export const withCustomPlans = <T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_custom_plan`);
    return read(tx);
  });
