import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { totpFactors } from '../../infra/db/tables.ts';

export type TotpFactor = typeof totpFactors.$inferSelect;

const isOwn = (userId: string) => and(eq(totpFactors.userId, userId), isNull(totpFactors.removedAt));

export async function totpOf(db: Db, userId: string): Promise<TotpFactor | undefined> {
  const [factor] = await db.select().from(totpFactors).where(isOwn(userId));
  return factor;
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
