import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Email, Phone } from '../../core/identifiers.ts';
import { listSpellings } from '../../core/phones.ts';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce } from '../../infra/db/prepared.ts';
import { passwords, users } from '../../infra/db/tables.ts';
import type { User } from './user.ts';

const byIds = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(sql`${users.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('users_by_ids'),
);

/** The existing users with these ids, in no particular order. One statement text for any number of ids. */
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

const byEmailShared = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(eq(users.email, sql.placeholder('email')))
    .for('key share')
    .prepare('hold_user_by_email'),
);

/** The account with the address. It cannot be deleted before the transaction ends. */
export async function holdUserByEmail(db: Db, email: Email): Promise<User | undefined> {
  const [user] = await byEmailShared(db).execute({ email });
  return user;
}

const IS_VERIFIED_PHONE = and(
  sql`${users.phone} = any(${sql.placeholder('spellings')}::text[])`,
  isNotNull(users.phoneVerifiedAt),
);
/** Accounts from before the numbering plan changed may exist under both numbers. */
const CURRENT_FIRST = sql`${users.phone} = ${sql.placeholder('phone')} desc`;

const lookUp = (phone: Phone) => ({ phone, spellings: listSpellings(phone) });

const byVerifiedPhone = preparedOnce((db) =>
  db.select().from(users).where(IS_VERIFIED_PHONE).orderBy(CURRENT_FIRST).limit(1).prepare('user_by_phone'),
);

const byVerifiedPhoneShared = preparedOnce((db) =>
  db
    .select()
    .from(users)
    .where(IS_VERIFIED_PHONE)
    .orderBy(CURRENT_FIRST)
    .limit(1)
    .for('key share')
    .prepare('hold_user_by_phone'),
);

/** The account that verified the number. It cannot be deleted before the transaction ends. */
export async function holdUserByVerifiedPhone(db: Db, phone: Phone): Promise<User | undefined> {
  const [user] = await byVerifiedPhoneShared(db).execute(lookUp(phone));
  return user;
}

/** The account that verified the number. */
export async function userByVerifiedPhone(db: Db, phone: Phone): Promise<User | undefined> {
  const [user] = await byVerifiedPhone(db).execute(lookUp(phone));
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
    .orderBy(CURRENT_FIRST)
    .limit(1)
    .prepare('credential_by_phone'),
);

export async function credentialByVerifiedPhone(db: Db, phone: Phone): Promise<Credential | undefined> {
  const [row] = await credentialByPhone(db).execute(lookUp(phone));
  return row && { user: row.user, hash: row.hash ?? undefined };
}
