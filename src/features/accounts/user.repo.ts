import { and, arrayContains, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Email, Phone } from '../../core/identifiers.ts';
import type { PhoneTaken } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { passwords, type Role, users } from '../../infra/db/tables.ts';
import { BLANK_PROFILE } from './profile.ts';
import { asPhoneTaken } from './taken.ts';
import type { Kept, NewUser, Profile, User } from './user.ts';

const byIds = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(sql`${users.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('users_by_ids'),
);

/** The users of these ids that exist, in no order. One statement text for any number of ids. */
export const usersByIds = (db: Db, ids: readonly string[]): Promise<User[]> => byIds(db).execute({ ids });

const byEmail = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('user_by_email'),
);

export async function userByEmail(db: Db, email: Email): Promise<User | undefined> {
  const [user] = await byEmail(db).execute({ email });
  return user;
}

const IS_VERIFIED_PHONE = and(eq(users.phone, sql.placeholder('phone')), isNotNull(users.phoneVerifiedAt));

const byVerifiedPhone = preparedOnce((db) => db.select().from(users).where(IS_VERIFIED_PHONE).prepare('user_by_phone'));

const byVerifiedPhoneShared = preparedOnce((db) =>
  db.select().from(users).where(IS_VERIFIED_PHONE).for('key share').prepare('hold_user_by_phone'),
);

/** The account that has proved the number, which cannot be deleted before the transaction ends. */
export async function holdUserByVerifiedPhone(db: Db, phone: Phone): Promise<User | undefined> {
  const [user] = await byVerifiedPhoneShared(db).execute({ phone });
  return user;
}

/** The one account that has proved the number. */
export async function userByVerifiedPhone(db: Db, phone: Phone): Promise<User | undefined> {
  const [user] = await byVerifiedPhone(db).execute({ phone });
  return user;
}

export interface Credential {
  user: User;
  /** Undefined: the account has no password. */
  hash: string | undefined;
}

const credential = preparedOnce((db) =>
  db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.email, sql.placeholder('email')))
    .prepare('credential_by_email'),
);

export async function credentialByEmail(db: Db, email: Email): Promise<Credential | undefined> {
  const [row] = await credential(db).execute({ email });
  return row && { user: row.user, hash: row.hash ?? undefined };
}

const credentialByPhone = preparedOnce((db) =>
  db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(IS_VERIFIED_PHONE)
    .prepare('credential_by_phone'),
);

export async function credentialByVerifiedPhone(db: Db, phone: Phone): Promise<Credential | undefined> {
  const [row] = await credentialByPhone(db).execute({ phone });
  return row && { user: row.user, hash: row.hash ?? undefined };
}

/** The new user, or undefined when the address or the proved number has an account: the unique indexes decide. */
export async function insertUser(db: Db, id: string, user: NewUser, now: Date): Promise<User | undefined> {
  const { emailVerified, phoneVerified, ...columns } = user;
  const proofs = { emailVerifiedAt: emailVerified ? now : null, phoneVerifiedAt: phoneVerified ? now : null };
  const [row] = await db
    .insert(users)
    .values({ id, ...columns, ...proofs, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning();
  return row;
}

/**
 * Sets the number and marks it verified. PhoneTaken if another account has verified it, which the unique index decides
 * under races, too; the transaction continues.
 * @param id of a user whose row is locked
 */
export async function moveToPhone(db: Db, id: string, phone: Phone, now: Date): Promise<User | PhoneTaken> {
  try {
    // A savepoint: the violation of the index undoes this statement and not the transaction around it.
    const [user] = await db.transaction((tx) =>
      tx.update(users).set({ phone, phoneVerifiedAt: now, updatedAt: now }).where(eq(users.id, id)).returning(),
    );
    return lockedRow(user);
  } catch (error) {
    const taken = asPhoneTaken(error);
    if (taken) return taken;
    throw error;
  }
}

/** Marks the account as another one than it was: what was proved against it before does not open a session any more. */
export async function touchUser(db: Db, id: string, now: Date): Promise<void> {
  await db.update(users).set({ updatedAt: now }).where(eq(users.id, id));
}

/** Proved or not. */
export async function dropPhone(db: Db, id: string, now: Date): Promise<void> {
  await db.update(users).set({ phone: null, phoneVerifiedAt: null, updatedAt: now }).where(eq(users.id, id));
}

/** Stamps the address as proved, if it is still the account's; keeps the first stamp. The user as it is then, locked. */
export async function markEmailVerified(db: Db, id: string, email: string, now: Date): Promise<User | undefined> {
  await db
    .update(users)
    .set({ emailVerifiedAt: now, updatedAt: now })
    .where(and(eq(users.id, id), eq(users.email, email), isNull(users.emailVerifiedAt)));
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, id), eq(users.email, email)))
    .for('update');
  return user;
}

/**
 * The account as its owner shall find it who proves the address now: proved, and without anything that was typed in
 * before but what is `kept`. Undefined, and nothing done, when the address was proved already, is another one, or the account is not active.
 */
export async function claimUser(db: Db, id: string, email: Email, kept: Kept, now: Date): Promise<User | undefined> {
  const nothing = { ...BLANK_PROFILE, phone: null, phoneVerifiedAt: null, lastLoginAt: null };
  const [user] = await db
    .update(users)
    .set({ ...nothing, ...kept, emailVerifiedAt: now, updatedAt: now })
    .where(and(eq(users.id, id), eq(users.email, email), isNull(users.emailVerifiedAt), eq(users.isActive, true)))
    .returning();
  return user;
}

/** Of the profile what is given; null clears. Undefined when there is no such active user. */
export async function updateProfile(
  db: Db,
  id: string,
  profile: Partial<Profile>,
  now: Date,
): Promise<User | undefined> {
  const [user] = await db
    .update(users)
    .set({ ...profile, updatedAt: now })
    .where(and(eq(users.id, id), eq(users.isActive, true)))
    .returning();
  return user;
}

const byEmailShared = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .for('key share')
    .prepare('hold_user_by_email'),
);

/** The account of the address, which cannot be deleted before the transaction ends. */
export async function holdUserByEmail(db: Db, email: Email): Promise<User | undefined> {
  const [user] = await byEmailShared(db).execute({ email });
  return user;
}

/** The user as it is now, and for nobody else to change before the transaction ends. */
export async function lockUser(db: Db, id: string): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.id, id)).for('update');
  return user;
}

/**
 * Sets a verified address. Throws a unique violation if another account has it.
 * @param id of a user whose row is locked
 */
export async function changeEmail(db: Db, id: string, email: Email, now: Date): Promise<User> {
  const [user] = await db
    .update(users)
    .set({ email, emailVerifiedAt: now, updatedAt: now })
    .where(eq(users.id, id))
    .returning();
  return lockedRow(user);
}

/**
 * Locks the administrators, in an order that is the same for everybody, so that two who leave at once do not both count
 * on the other. The first condition names the partial index of those who have a role at all.
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

/** The row and everything that hangs on it: password, sessions, challenges, identities. */
export async function deleteUser(db: Db, id: string): Promise<void> {
  await db.delete(users).where(eq(users.id, id));
}

/** Also a deactivated account, which is active then. */
export async function promoteUser(db: Db, id: string, roles: Role[], now: Date): Promise<void> {
  await db.update(users).set({ roles, isActive: true, updatedAt: now }).where(eq(users.id, id));
}

/** A locked row cannot be gone. */
function lockedRow(user: User | undefined): User {
  if (!user) throw new Error('the row was not locked');
  return user;
}
