import { and, asc, gt, isNull, lt } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { sessions } from '../../infra/db/tables.ts';

interface Batch {
  after: string;
  startedBefore: Date;
  now: Date;
  limit: number;
}

/** Where a batch ends: the last ID of the next `limit` live sessions, in the order of IDs. Undefined if none is left. */
export async function findBatchEnd(db: Db, { after, startedBefore, now, limit }: Batch): Promise<string | undefined> {
  const isNext = and(
    gt(sessions.id, after),
    lt(sessions.createdAt, startedBefore),
    isNull(sessions.endedAt),
    gt(sessions.idleExpiresAt, now),
  );
  const rows = await db.select({ id: sessions.id }).from(sessions).where(isNext).orderBy(asc(sessions.id)).limit(limit);
  return rows.at(-1)?.id;
}
