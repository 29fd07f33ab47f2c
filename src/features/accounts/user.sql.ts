import { and, eq, type SQL, sql } from 'drizzle-orm';
import { olderNumbers } from '../../core/renumberings.ts';
import type { Db } from '../../infra/db/client.ts';
import { users } from '../../infra/db/tables.ts';
import type { User } from './user.ts';

const isAccount = eq(users.id, sql.placeholder('user.id'));
const isUnchanged = sql<boolean>`${users.updatedAt} = ${sql.placeholder('user.updatedAt')}::timestamptz`;
// An update that waits for another one sees the row as that one left it, and all other rows as they were before.
const isInSnapshot = sql`${users}.xmin = (select seen.xmin from ${users} as seen where seen.id = ${sql.placeholder('user.id')})`;

/** The account of a sign-in, as the statement's snapshot has it. Parameters: `user.id` and `user.updatedAt`. */
export const signInAccount = (db: Db) =>
  db
    .select({ id: users.id, isActive: users.isActive, isUnchanged: isUnchanged.as('is_unchanged') })
    .from(users)
    .where(isAccount);

/** Locks the account of a sign-in, against changes but not against new rows that refer to it. Parameter: `user.id`. */
export const signInLock = (db: Db) => db.select({ id: users.id }).from(users).where(isAccount).for('no key update');

/** The same, and no row if the account has changed since the sign-in read it. Parameters: `user.id` and `user.updatedAt`. */
export const unchangedLock = (db: Db) =>
  db.select({ id: users.id }).from(users).where(and(isAccount, isUnchanged)).for('no key update');

/**
 * Stamps the sign-in on the account, unless it is inactive, changed since the sign-in read it, or was updated while this
 * statement waited for its lock. Parameters: `user.id`, `user.updatedAt` as the sign-in read it, `user.lastLoginAt`.
 * @param condition what else must hold
 */
export const lastLoginUpdate = (db: Db, condition: SQL | undefined) =>
  db
    .update(users)
    .set({ lastLoginAt: sql`${sql.placeholder('user.lastLoginAt')}::timestamptz` })
    .where(and(isAccount, eq(users.isActive, true), isUnchanged, isInSnapshot, condition))
    .returning();

/**
 * Locks addresses and numbers that change hands, until the commit and in one order: two accounts that swap numbers would
 * otherwise wait for each other in the unique index. Call it after locking the account's row.
 */
export const lockSubjects = (db: Db, subjects: readonly (string | null)[]) => {
  const sorted = [...new Set(subjects.filter((subject) => subject !== null))].sort();
  return db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('subject ' || subject, 0)) from unnest(${sql.param(sorted)}::text[]) as subject`,
  );
};

/**
 * Writes the current number into accounts that verified one of the given numbers before it changed, so that the unique
 * index finds them. Call it before a number is verified. Most countries have no older numbers, and then it does nothing.
 */
export async function renumberOwners(db: Db, phones: readonly (string | null | undefined)[]): Promise<void> {
  const changes = phones.flatMap((phone) => (phone ? olderNumbers(phone).map((older) => ({ older, phone })) : []));
  if (changes.length === 0) return;
  await db.execute(sql`
    update ${users} set phone = changed.phone
    from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb) as changed(older text, phone text)
    where ${users.phone} = changed.older and ${users.phoneVerifiedAt} is not null and not exists (
      select from ${users} as other where other.phone = changed.phone and other.phone_verified_at is not null
    )`);
}

/** Throws a unique violation if another account has the address or has verified the number. */
export const userInsert = (db: Db, row: typeof users.$inferInsert) => db.insert(users).values(row).returning();

/** For `updatedAt`. Later than before even within a millisecond, so that readers notice every change. */
export const changedAt = (now: Date) =>
  sql`greatest(${now.toISOString()}::timestamptz, ${users.updatedAt} + interval '1 millisecond')`;

/** Throws like `userInsert`. */
export const userUpdate = (
  db: Db,
  id: string,
  { updatedAt, ...columns }: Partial<Omit<User, 'id' | 'createdAt'>> & Pick<User, 'updatedAt'>,
) =>
  db
    .update(users)
    .set({ ...columns, updatedAt: changedAt(updatedAt) })
    .where(eq(users.id, id))
    .returning();
