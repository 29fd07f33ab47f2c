import { and, arrayContains, eq, sql } from 'drizzle-orm';
import type { Email, Phone } from '../../core/identifiers.ts';
import type { PhoneTaken } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { type Role, users } from '../../infra/db/tables.ts';
import { BLANK_PROFILE } from './profile.ts';
import { asPhoneTaken } from './taken.ts';
import { changedAt, lockSubjects, renumberOwners } from './user.sql.ts';
import type { Kept, NewUser, Profile, User } from './user.ts';

/** The new user; undefined if another account has the address or the verified number. The unique indexes decide. */
export async function insertUser(db: Db, id: string, user: NewUser, now: Date): Promise<User | undefined> {
  const { emailVerified, phoneVerified, ...columns } = user;
  if (phoneVerified) await renumberOwners(db, [columns.phone]);
  const verifications = { emailVerifiedAt: emailVerified ? now : null, phoneVerifiedAt: phoneVerified ? now : null };
  const [row] = await db
    .insert(users)
    .values({ id, ...columns, ...verifications, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning();
  return row;
}

/**
 * Sets the number and marks it verified. PhoneTaken if another account has verified it, which the unique index decides
 * under races, too; the transaction continues.
 * @param before the user, whose row is locked
 */
export async function moveToPhone(db: Db, before: User, phone: Phone, now: Date): Promise<User | PhoneTaken> {
  const { id } = before;
  if (before.phone !== phone) await lockSubjects(db, [before.phone, phone]);
  await renumberOwners(db, [phone]);
  try {
    // A savepoint, so that a unique violation rolls back this statement only.
    const [user] = await db.transaction((tx) =>
      tx
        .update(users)
        .set({ phone, phoneVerifiedAt: now, updatedAt: changedAt(now) })
        .where(eq(users.id, id))
        .returning(),
    );
    return lockedRow(user);
  } catch (error) {
    const taken = asPhoneTaken(error);
    if (taken) return taken;
    throw error;
  }
}

/** Changes `updatedAt`, so that sign-ins verified against the earlier state of the account do not start a session. */
export async function touchUser(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(users)
    .set({ updatedAt: changedAt(now) })
    .where(eq(users.id, id));
}

/** Removes the number, verified or not. */
export async function dropPhone(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(users)
    .set({ phone: null, phoneVerifiedAt: null, updatedAt: changedAt(now) })
    .where(eq(users.id, id));
}

/** Moves updatedAt, so that a sign-in that has read the account before reads it again. */
export async function setSecondFactorRequired(db: Db, id: string, isRequired: boolean, now: Date): Promise<void> {
  await db
    .update(users)
    .set({ secondFactorRequired: isRequired, updatedAt: changedAt(now) })
    .where(eq(users.id, id));
}

/**
 * Sets a verified address: the only statement that verifies the address of an existing account. Throws a unique
 * violation if another account has it.
 * @param before the user, whose row is locked
 * @param kept clears everything entered before except this; undefined clears nothing
 */
export async function setVerifiedEmail(
  db: Db,
  before: User,
  email: Email,
  kept: Kept | undefined,
  now: Date,
): Promise<User> {
  const { id } = before;
  if (before.email !== email) await lockSubjects(db, [before.email, email]);
  const blank = { phone: null, phoneVerifiedAt: null, lastLoginAt: null, secondFactorRequired: false };
  const cleared = kept && { ...BLANK_PROFILE, ...blank, ...kept };
  const [user] = await db
    .update(users)
    .set({ ...cleared, email, emailVerifiedAt: now, updatedAt: changedAt(now) })
    .where(eq(users.id, id))
    .returning();
  return lockedRow(user);
}

/** Changes the given fields; null clears a field. Undefined if there is no such active user. */
export async function updateProfile(
  db: Db,
  id: string,
  profile: Partial<Profile>,
  now: Date,
): Promise<User | undefined> {
  const [user] = await db
    .update(users)
    .set({ ...profile, updatedAt: changedAt(now) })
    .where(and(eq(users.id, id), eq(users.isActive, true)))
    .returning();
  return user;
}

/** The current user. No other transaction can change it before this one ends. */
export async function lockUser(db: Db, id: string): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.id, id)).for('update');
  return user;
}

/**
 * Locks the administrators, always in the same order to avoid deadlocks, so that two who leave at once cannot each rely
 * on the other. The first condition selects the partial index.
 */
export async function lockAdministrators(db: Db): Promise<string[]> {
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(and(sql`${users.roles} <> '{}'`, arrayContains(users.roles, ['ADMIN']), eq(users.isActive, true)))
    .orderBy(users.id)
    .for('update');
  return found.map(({ id }) => id);
}

/** Deletes the row and, by cascade, its password, sessions, challenges and identities. */
export async function deleteUser(db: Db, id: string): Promise<void> {
  await db.delete(users).where(eq(users.id, id));
}

/** Sets the roles and activates the account. */
export async function promoteUser(db: Db, id: string, roles: Role[], now: Date): Promise<void> {
  await db
    .update(users)
    .set({ roles, isActive: true, updatedAt: changedAt(now) })
    .where(eq(users.id, id));
}

/** A locked row cannot have been deleted. */
function lockedRow(user: User | undefined): User {
  if (!user) throw new Error('the row was not locked');
  return user;
}
