import { and, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { totpFactors } from '../../infra/db/tables.ts';

export type TotpFactor = typeof totpFactors.$inferSelect;

const isOwn = (userId: string) => and(eq(totpFactors.userId, userId), isNull(totpFactors.removedAt));

export async function totpOf(db: Db, userId: string): Promise<TotpFactor | undefined> {
  const [factor] = await db.select().from(totpFactors).where(isOwn(userId));
  return factor;
}

/** Which of the users have an authenticator app. */
export async function totpOwners(db: Db, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ userId: totpFactors.userId })
    .from(totpFactors)
    .where(and(inArray(totpFactors.userId, [...userIds]), isNull(totpFactors.removedAt)));
  return new Set(rows.map(({ userId }) => userId));
}

/** True once for each time step, and never for one before a step that was accepted. False if the app was removed. */
export async function acceptStep(db: Db, id: string, step: number): Promise<boolean> {
  const accepted = await db
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(eq(totpFactors.id, id), isNull(totpFactors.removedAt), lt(totpFactors.lastStep, step)))
    .returning({ id: totpFactors.id });
  return accepted.length > 0;
}

export async function insertTotp(db: Db, factor: TotpFactor): Promise<void> {
  await db.insert(totpFactors).values(factor);
}

/** Whether there was one. */
export async function removeTotp(db: Db, userId: string, at: Date): Promise<boolean> {
  const removed = await db
    .update(totpFactors)
    .set({ removedAt: at })
    .where(isOwn(userId))
    .returning({ id: totpFactors.id });
  return removed.length > 0;
}

const beginsWithOne = (beginnings: readonly string[]): SQL =>
  sql`exists (select from unnest(${sql.param(beginnings)}::text[]) as beginning where starts_with(${totpFactors.sealedSecret}, beginning))`;

/** At most `limit` apps whose sealed secrets begin with one of the texts. */
export const totpsSealedWith = (db: Db, beginnings: readonly string[], limit: number): Promise<TotpFactor[]> =>
  db.select().from(totpFactors).where(beginsWithOne(beginnings)).limit(limit);

/** Replaces the sealed secret unless another replica has. */
export async function resealTotp(db: Db, { id, sealedSecret }: TotpFactor, resealed: string): Promise<void> {
  await db
    .update(totpFactors)
    .set({ sealedSecret: resealed })
    .where(and(eq(totpFactors.id, id), eq(totpFactors.sealedSecret, sealedSecret)));
}

export interface SealedCounts {
  current: number;
  previous: number;
  unreadable: number;
}

/** How many apps the current secret decrypts, how many an earlier one, and how many none. */
export async function countSealed(
  db: Db,
  { current, previous }: { current: string; previous: readonly string[] },
): Promise<SealedCounts> {
  const [isCurrent, isPrevious] = [beginsWithOne([current]), beginsWithOne(previous)];
  const [counts] = await db
    .select({
      current: sql<number>`(count(*) filter (where ${isCurrent}))::int`,
      previous: sql<number>`(count(*) filter (where ${isPrevious}))::int`,
      unreadable: sql<number>`(count(*) filter (where not ${isCurrent} and not ${isPrevious}))::int`,
    })
    .from(totpFactors)
    .where(isNull(totpFactors.removedAt));
  return counts ?? { current: 0, previous: 0, unreadable: 0 };
}
