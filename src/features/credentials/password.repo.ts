import { and, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { passwords } from '../../infra/db/tables.ts';

/** A stored password. */
export interface StoredPassword {
  hash: string;
  /** Differs for each password of the account, and stays if the hash is replaced by another one of the same password. */
  setAt: Date;
}

/** Sets the first password or replaces the current one. Two passwords of one millisecond have different times. */
export async function savePassword(db: Db, userId: string, hash: string, now: Date): Promise<void> {
  await db
    .insert(passwords)
    .values({ userId, hash, updatedAt: now })
    .onConflictDoUpdate({
      target: passwords.userId,
      set: { hash, updatedAt: sql`greatest(excluded.updated_at, ${passwords.updatedAt} + interval '1 millisecond')` },
    });
}

/** Replaces a hash with another one of the same password, unless the password has changed in the meantime. */
export async function upgradeHash(db: Db, userId: string, outdated: string, hash: string): Promise<void> {
  await db
    .update(passwords)
    .set({ hash })
    .where(and(eq(passwords.userId, userId), eq(passwords.hash, outdated)));
}

/** Whether the account has a password and it was not changed after the moment. */
export async function isPasswordUnchanged(db: Db, userId: string, since: Date): Promise<boolean> {
  const rows = await db
    .select({ userId: passwords.userId })
    .from(passwords)
    .where(and(eq(passwords.userId, userId), lte(passwords.updatedAt, since)));
  return rows.length > 0;
}

/** Undefined: the account has none. */
export async function storedPassword(db: Db, userId: string): Promise<StoredPassword | undefined> {
  const [row] = await db
    .select({ hash: passwords.hash, setAt: passwords.updatedAt })
    .from(passwords)
    .where(eq(passwords.userId, userId));
  return row;
}

export async function deletePassword(db: Db, userId: string): Promise<void> {
  await db.delete(passwords).where(eq(passwords.userId, userId));
}

export async function hasPassword(db: Db, userId: string): Promise<boolean> {
  const rows = await db.select({ userId: passwords.userId }).from(passwords).where(eq(passwords.userId, userId));
  return rows.length > 0;
}

/** Which of the users have a password. */
export async function passwordHolders(db: Db, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ userId: passwords.userId })
    .from(passwords)
    .where(sql`${passwords.userId} = any(${sql.param(userIds)}::uuid[])`);
  return new Set(rows.map(({ userId }) => userId));
}

/** Pages of the table that are read: of a million hashes about two percent. */
const SAMPLED_PAGES = 500;
const PAGE_BYTES = 8192;

/**
 * The kinds of stored hashes: scheme and parameters without salt and hash, with an example and in how many of the
 * sampled rows. Takes milliseconds, however many hashes there are.
 */
export async function hashKinds(db: Db): Promise<{ kind: string; example: string; weight: number }[]> {
  const percent = sql`least(100, ${100 * SAMPLED_PAGES * PAGE_BYTES}::float8 / greatest(pg_relation_size('passwords'), 1))`;
  const sampled = sql`(select hash from ${passwords} tablesample system (${percent})) as sampled`;
  const hash = sql<string>`sampled.hash`;
  // Django's scrypt has the salt between its parameters. bcrypt and phpass have one field for salt and hash, better-auth has
  // no parameters, and all others end in both. The length counts, because PBKDF2 computes a long hash in several blocks.
  const kind = sql<string>`case
    when ${hash} like 'scrypt$%' then regexp_replace(${hash}, '^(scrypt[$][^$]*)[$][^$]*([$].*)[$][^$]*$', '\\1\\2')
    when ${hash} ~ '[$]2[aby][$]' then regexp_replace(${hash}, '[$][^$]*$', '')
    when ${hash} ~ '^[$][PH][$]' then left(${hash}, 4)
    when ${hash} !~ '[$]' then regexp_replace(${hash}, '^[^:]*', '')::varchar(1)
    else regexp_replace(${hash}, '[$][^$]*[$][^$]*$', '') || ' ' || length(rtrim(substring(${hash} from '[^$]*$'), '=')) end`;
  return db
    .select({ kind: kind.as('kind'), example: sql<string>`min(${hash})`, weight: sql<number>`count(*)::int` })
    .from(sampled)
    .groupBy(sql`1`);
}
