import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { recoveryCodes } from '../../infra/db/tables.ts';

const isKept = isNull(recoveryCodes.removedAt);

const isCode = (userId: string, digests: readonly string[]) =>
  and(eq(recoveryCodes.userId, userId), isKept, sql`${recoveryCodes.digest} = any(${sql.param(digests)}::text[])`);

/** Undefined if the user has no such code. @param digests one for each secret that is still accepted */
export async function findRecoveryCode(db: Db, userId: string, digests: readonly string[]) {
  const [code] = await db.select({ usedAt: recoveryCodes.usedAt }).from(recoveryCodes).where(isCode(userId, digests));
  return code;
}

/** True once for each code. */
export async function useRecoveryCode(db: Db, userId: string, digests: readonly string[], now: Date): Promise<boolean> {
  const used = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(isCode(userId, digests), isNull(recoveryCodes.usedAt)))
    .returning({ digest: recoveryCodes.digest });
  return used.length > 0;
}

/** Replaces all codes of the user, used or not. The earlier ones can be restored for a few days. */
export async function replaceRecoveryCodes(
  db: Db,
  userId: string,
  digests: readonly string[],
  at: Date,
): Promise<void> {
  await db
    .update(recoveryCodes)
    .set({ removedAt: at })
    .where(and(eq(recoveryCodes.userId, userId), isKept));
  await db.insert(recoveryCodes).values(digests.map((digest) => ({ userId, digest, createdAt: at })));
}

/** How many recovery codes each user has left; users without any are missing. */
export async function recoveryCodeCounts(db: Db, userIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ userId: recoveryCodes.userId, count: sql<number>`count(*)::int` })
    .from(recoveryCodes)
    .where(and(inArray(recoveryCodes.userId, [...userIds]), isNull(recoveryCodes.usedAt), isKept))
    .groupBy(recoveryCodes.userId);
  return new Map(rows.map(({ userId, count }) => [userId, count]));
}
