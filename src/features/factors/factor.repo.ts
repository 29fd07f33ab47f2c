import { and, eq, exists, gte, isNull, lt, or, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { passkeys, recoveryCodes, totpFactors } from '../../infra/db/tables.ts';
import type { SecondFactor } from './second-factor.ts';

const TABLES = [passkeys, totpFactors, recoveryCodes];

/** Whether the user has each factor. */
export async function ownFactors(db: Db, userId: string): Promise<Record<SecondFactor, boolean>> {
  const passkey = db
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(and(eq(passkeys.userId, userId), isNull(passkeys.removedAt)));
  const totp = db
    .select({ id: totpFactors.id })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNull(totpFactors.removedAt)));
  const recoveryCode = db
    .select({ digest: recoveryCodes.digest })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt), isNull(recoveryCodes.removedAt)));
  const [row] = await db
    .select({
      PASSKEY: sql<boolean>`${exists(passkey)}`,
      TOTP: sql<boolean>`${exists(totp)}`,
      RECOVERY_CODE: sql<boolean>`${exists(recoveryCode)}`,
    })
    .from(sql`(select) as one`);
  return row ?? { PASSKEY: false, TOTP: false, RECOVERY_CODE: false };
}

export async function deleteFactors(db: Db, userId: string): Promise<void> {
  for (const table of TABLES) await db.delete(table).where(eq(table.userId, userId));
}

/** An authenticator app or a passkey that the user has. */
export interface AddedFactor {
  factor: 'totp' | 'passkey';
  createdAt: Date;
}

/** Factors that were added at this time or later, oldest first. */
export function factorsSince(db: Db, userId: string, since: Date): Promise<AddedFactor[]> {
  const apps = db
    .select({ factor: sql<AddedFactor['factor']>`'totp'`.as('factor'), createdAt: totpFactors.createdAt })
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNull(totpFactors.removedAt), gte(totpFactors.createdAt, since)));
  const keys = db
    .select({ factor: sql<AddedFactor['factor']>`'passkey'`.as('factor'), createdAt: passkeys.createdAt })
    .from(passkeys)
    .where(and(eq(passkeys.userId, userId), isNull(passkeys.removedAt), gte(passkeys.createdAt, since)));
  return unionAll(apps, keys).orderBy(sql`2`);
}

/** What to undo. */
export interface FactorUndo {
  /** Factors that were added at this time or later are deleted, and those removed at exactly this time are restored. */
  since: Date;
  /** Factors that were removed after `since` are restored if they were added before this time. */
  trustedBefore: Date;
}

/** Recovery codes count as factors here. */
export async function revertFactors(db: Db, userId: string, { since, trustedBefore }: FactorUndo): Promise<void> {
  for (const table of TABLES) {
    await db.delete(table).where(and(eq(table.userId, userId), gte(table.createdAt, since)));
    await db
      .update(table)
      .set({ removedAt: null })
      .where(
        and(
          eq(table.userId, userId),
          gte(table.removedAt, since),
          or(eq(table.removedAt, since), lt(table.createdAt, trustedBefore)),
        ),
      );
  }
}

/**
 * Deletes factors that were removed before the moment; at most `limit` of each kind. Returns how many there were of the kind
 * with more: less than the limit means that none is left.
 */
export async function pruneFactors(db: Db, before: Date, limit: number): Promise<number> {
  let most = 0;
  for (const table of TABLES) {
    // A CTE, because a subquery with a limit may be run more than once in one statement.
    const over = db.$with('over').as(
      db
        .select({ row: sql`ctid`.as('row') })
        .from(table)
        .where(lt(table.removedAt, before))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
    const gone = await db
      .with(over)
      .delete(table)
      .where(sql`ctid in (select ${over.row} from ${over})`)
      .returning({ userId: table.userId });
    most = Math.max(most, gone.length);
  }
  return most;
}
