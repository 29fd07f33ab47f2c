import { sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';

/** Resolves if the database responds. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
