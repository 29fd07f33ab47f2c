import { sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { READ_ONLY } from '../../infra/db/read-only.ts';

/** Resolves if the database responds, with whether it takes writes. A standby and a read-only server do not. */
export async function isWritable(db: Db): Promise<boolean> {
  const [row] = await db.select({ readOnly: sql<string>`${sql.raw(READ_ONLY)}` }).from(sql`(select 1) as one`);
  return row?.readOnly !== 'on';
}
