import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { suppressedNotices, users } from '../../infra/db/tables.ts';

/** Counts notices that were not sent. Does nothing if the account was deleted. @param kind the template */
export async function countSuppressed(db: Db, userId: string, kind: string, count: number): Promise<void> {
  const row = db
    .select({
      userId: users.id,
      kind: sql<string>`${kind}::text`.as('kind'),
      count: sql<number>`${count}::integer`.as('count'),
    })
    .from(users)
    .where(eq(users.id, userId))
    .for('key share');
  await db
    .insert(suppressedNotices)
    .select(row)
    .onConflictDoUpdate({
      target: [suppressedNotices.userId, suppressedNotices.kind],
      set: { count: sql`${suppressedNotices.count} + excluded.count` },
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
