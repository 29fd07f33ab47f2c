import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { isReadOnly, READ_ONLY } from './read-only.ts';

/** Whether the database takes writes: a standby and a read-only server do not. Throws if it does not respond. */
export async function takesWrites(db: Db): Promise<boolean> {
  try {
    const [row] = await db.select({ readOnly: sql<string>`${sql.raw(READ_ONLY)}` }).from(sql`(select 1) as one`);
    return row?.readOnly !== 'on';
  } catch (error) {
    if (isReadOnly(error)) return false;
    throw error;
  }
}
