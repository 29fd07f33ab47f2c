import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { newId } from '../../src/core/ids.ts';
import { passkeys, recoveryCodes, totpFactors, users } from '../../src/infra/db/tables.ts';
import type { TestApp } from './app.ts';
import { rows } from './rows.ts';

/** Gives the user one factor of each kind, which no device has. */
export async function insertFactors({ app }: Pick<TestApp, 'app'>, userId: string, isRequired = true): Promise<void> {
  const { db } = app.services;
  const createdAt = new Date();
  const common = { id: newId(createdAt), userId, createdAt };
  await db
    .insert(totpFactors)
    .values({ ...common, sealedSecret: 'none', algorithm: 'SHA1', digits: 6, period: 30, lastStep: 0 });
  await db.insert(recoveryCodes).values({ userId, digest: 'none', createdAt });
  await db.insert(passkeys).values({
    ...common,
    credentialId: randomBytes(16).toString('base64url'),
    publicKey: 'none',
    userHandle: 'none',
    signCount: 0,
    transports: [],
    aaguid: 'none',
    isBackupEligible: false,
    isBackedUp: false,
    name: 'Key',
  });
  await db.update(users).set({ secondFactorRequired: isRequired, updatedAt: createdAt }).where(eq(users.id, userId));
}

/** How many factors the user has, removed ones included, and whether one is required. */
export async function readFactors({ app }: Pick<TestApp, 'app'>, userId: string) {
  const [row] = await rows<{ factors: number; required: boolean }>(
    app.services.db,
    sql`select second_factor_required as required, (
      (select count(*) from totp_factors where user_id = ${userId}) +
      (select count(*) from recovery_codes where user_id = ${userId}) +
      (select count(*) from passkeys where user_id = ${userId}))::int as factors
      from users where id = ${userId}`,
  );
  return row;
}
