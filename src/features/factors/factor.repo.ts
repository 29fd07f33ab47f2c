import { and, eq, exists, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { passkeys, recoveryCodes, totpFactors } from '../../infra/db/tables.ts';
import type { SecondFactor } from './second-factor.ts';

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
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
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
  await db.delete(passkeys).where(eq(passkeys.userId, userId));
  await db.delete(totpFactors).where(eq(totpFactors.userId, userId));
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
}
