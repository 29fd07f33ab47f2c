import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Email, Phone } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';
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

const IS_PROVED_PHONE = and(eq(users.phone, sql.placeholder('phone')), isNotNull(users.phoneVerifiedAt));

const byProvedPhone = preparedOnce((db) => db.select().from(users).where(IS_PROVED_PHONE).prepare('user_by_phone'));

/** The one account that has proved the number. */
export async function userByProvedPhone(db: Db, phone: Phone): Promise<User | undefined> {
  const [user] = await byProvedPhone(db).execute({ phone });
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

const credentialOfPhone = preparedOnce((db) =>
  db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(IS_PROVED_PHONE)
    .prepare('credential_by_phone'),
);

export async function credentialByProvedPhone(db: Db, phone: Phone): Promise<Credential | undefined> {
  const [row] = await credentialOfPhone(db).execute({ phone });
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
 * Gives the number to the account and stamps it as proved. `taken`: another account has proved it, which the unique
 * index decides, also between two that do this at once. `moved`: the account has proved another number than `instead`
 * meanwhile, or is gone or deactivated.
 * @param instead the proved number that the account has had until now
 */
export async function moveToPhone(
  db: Db,
  id: string,
  { phone, instead }: { phone: Phone; instead: string | null },
  now: Date,
): Promise<User | 'taken' | 'moved'> {
  const proved = sql`case when ${users.phoneVerifiedAt} is not null then ${users.phone} end`;
  try {
    // A savepoint: the violation of the index undoes this statement and not the transaction around it.
    const [user] = await db.transaction((tx) =>
      tx
        .update(users)
        .set({ phone, phoneVerifiedAt: now, updatedAt: now })
        .where(and(eq(users.id, id), eq(users.isActive, true), sql`${proved} is not distinct from ${instead}::text`))
        .returning(),
    );
    return user ?? 'moved';
  } catch (error) {
    if (violatedConstraint(error) === 'users_proved_phone_key') return 'taken';
    throw error;
  }
}

/** Whoever proves the address of an account that nobody had proved it for takes over nothing of who was there before. */
export async function dropPhone(db: Db, id: string, now: Date): Promise<void> {
  await db.update(users).set({ phone: null, phoneVerifiedAt: null, updatedAt: now }).where(eq(users.id, id));
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

export async function setRoles(db: Db, id: string, roles: Role[], now: Date): Promise<User | undefined> {
  const [user] = await db.update(users).set({ roles, updatedAt: now }).where(eq(users.id, id)).returning();
  return user;
}
