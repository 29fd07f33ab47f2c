import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Email } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { passwords, type Role, users } from '../../infra/db/tables.ts';
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

/**
 * The account as its owner shall find it who proves the address now: proved, and without anything that was typed in
 * before. Undefined, and nothing done, when the address was proved already, is another one, or the account is not active.
 */
export async function reclaimUser(
  db: Db,
  id: string,
  email: Email,
  names: Partial<Pick<Profile, 'firstName' | 'lastName'>>,
  now: Date,
): Promise<User | undefined> {
  const nothing = {
    phone: null,
    phoneVerifiedAt: null,
    firstName: null,
    lastName: null,
    companyName: null,
    locale: null,
  };
  const [user] = await db
    .update(users)
    .set({ ...nothing, ...names, emailVerifiedAt: now, updatedAt: now })
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

export async function setRoles(db: Db, id: string, roles: Role[], now: Date): Promise<User | undefined> {
  const [user] = await db.update(users).set({ roles, updatedAt: now }).where(eq(users.id, id)).returning();
  return user;
}
