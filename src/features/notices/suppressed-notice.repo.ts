import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { suppressedNotices } from '../../infra/db/tables.ts';

/** Counts a notice that was not sent. @param kind the template */
export async function countSuppressed(db: Db, userId: string, kind: string): Promise<void> {
  await db
    .insert(suppressedNotices)
    .values({ userId, kind, count: 1 })
    .onConflictDoUpdate({
      target: [suppressedNotices.userId, suppressedNotices.kind],
      set: { count: sql`${suppressedNotices.count} + 1` },
    });
}

/** How many notices of the kind were not sent since the last one, which this one makes up for. */
export async function takeSuppressed(tx: Db, userId: string, kind: string): Promise<number> {
  const [row] = await tx
    .delete(suppressedNotices)
    .where(and(eq(suppressedNotices.userId, userId), eq(suppressedNotices.kind, kind)))
    .returning({ count: suppressedNotices.count });
  return row?.count ?? 0;
}
