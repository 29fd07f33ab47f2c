import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { passkeys } from '../../infra/db/tables.ts';
import { MAX_PASSKEYS, type Passkey, type PasskeyUse } from './passkey.ts';

const isKept = isNull(passkeys.removedAt);

/** Oldest first, at most MAX_PASSKEYS of each user. */
export async function passkeysByUsers(db: Db, userIds: readonly string[]): Promise<Passkey[]> {
  const owner = sql`(select distinct unnest(${sql.param(userIds)}::uuid[]) as id) as owner`;
  const own = db
    .select()
    .from(passkeys)
    .where(and(sql`${passkeys.userId} = owner.id`, isKept))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id))
    .limit(MAX_PASSKEYS)
    .as('own');
  const found = await db.select().from(owner).innerJoinLateral(own, sql`true`);
  return found.map((row) => row.own);
}

/** Also of a removed passkey: its authenticator still has it. */
export async function userHandleOf(db: Db, userId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ userHandle: passkeys.userHandle })
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .limit(1);
  return row?.userHandle;
}

export async function passkeyByCredential(db: Db, credentialId: string): Promise<Passkey | undefined> {
  const [passkey] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, credentialId), isKept));
  return passkey;
}

export async function ownPasskey(db: Db, userId: string, id: string): Promise<Passkey | undefined> {
  const [passkey] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId), isKept));
  return passkey;
}

/** Undefined if there is a passkey with this credential ID, removed or not. */
export async function insertPasskey(db: Db, passkey: Passkey): Promise<Passkey | undefined> {
  const [row] = await db.insert(passkeys).values(passkey).onConflictDoNothing().returning();
  return row;
}

export async function renamePasskey(db: Db, userId: string, id: string, name: string): Promise<Passkey | undefined> {
  const [passkey] = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId), isKept))
    .returning();
  return passkey;
}

export async function markRemoved(db: Db, userId: string, id: string, now: Date): Promise<void> {
  await db
    .update(passkeys)
    .set({ removedAt: now })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId), isKept));
}

/** Call it with the account locked: the counter is compared with the returned row, which is as it was before. */
export async function recordPasskeyUse(db: Db, id: string, use: PasskeyUse, now: Date): Promise<Passkey | undefined> {
  const [before] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.id, id), isKept));
  if (!before) return undefined;
  const { signCount, isBackupEligible, isBackedUp } = use;
  await db
    .update(passkeys)
    .set({ signCount, isBackupEligible, isBackedUp, lastUsedAt: now })
    .where(eq(passkeys.id, id));
  return before;
}
