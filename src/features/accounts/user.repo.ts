import { and, arrayContains, eq, gte, isNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Email } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { identities, passwords, type Role, users } from '../../infra/db/tables.ts';
import type { NewUser, Profile, User } from './user.ts';

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

/** The new user, or undefined when the address has an account: the unique index decides. */
export async function insertUser(db: Db, id: string, user: NewUser, now: Date): Promise<User | undefined> {
  const { emailVerified, ...columns } = user;
  const [row] = await db
    .insert(users)
    .values({ id, ...columns, emailVerifiedAt: emailVerified ? now : null, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: users.email })
    .returning();
  return row;
}

/** Stamps the address as proved, if it is still the account's; keeps the first stamp. The user as it is then. */
export async function markEmailVerified(db: Db, id: string, email: string, now: Date): Promise<User | undefined> {
  await db
    .update(users)
    .set({ emailVerifiedAt: now, updatedAt: now })
    .where(and(eq(users.id, id), eq(users.email, email), isNull(users.emailVerifiedAt)));
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, id), eq(users.email, email)));
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
 * Gives the account another address, which is proved. Throws a unique violation when an account has it: the index
 * decides, and the transaction is over.
 */
export async function changeEmail(db: Db, id: string, email: Email, now: Date): Promise<User | undefined> {
  const [user] = await db
    .update(users)
    .set({ email, emailVerifiedAt: now, updatedAt: now })
    .where(eq(users.id, id))
    .returning();
  return user;
}

/**
 * Takes away every way in that was added since the moment, and the password: they are known to whoever was in the
 * account then.
 */
export async function dropWaysIn(db: Db, id: string, since: Date): Promise<void> {
  await db.delete(passwords).where(eq(passwords.userId, id));
  await db.delete(identities).where(and(eq(identities.userId, id), gte(identities.createdAt, since)));
  const unlessSince = (column: PgColumn) =>
    sql`case when ${gte(users.phoneVerifiedAt, since)} then null else ${column} end`;
  await db
    .update(users)
    .set({ phone: unlessSince(users.phone), phoneVerifiedAt: unlessSince(users.phoneVerifiedAt) })
    .where(eq(users.id, id));
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

export async function setRoles(db: Db, id: string, roles: Role[], now: Date): Promise<User | undefined> {
  const [user] = await db.update(users).set({ roles, updatedAt: now }).where(eq(users.id, id)).returning();
  return user;
}
