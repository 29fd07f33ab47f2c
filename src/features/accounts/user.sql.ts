import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { users } from '../../infra/db/tables.ts';
import type { User } from './user.ts';

/**
 * Locks the account of a sign-in, and so returns its latest committed row instead of the statement's snapshot.
 * Parameters: `user.id`, and `user.updatedAt` as the sign-in read it.
 */
export const signInAccount = (db: Db) =>
  db.$with('account').as(
    db
      .select({
        id: users.id,
        isActive: users.isActive,
        isUnchanged: sql<boolean>`${users.updatedAt} = ${sql.placeholder('user.updatedAt')}::timestamptz`.as(
          'is_unchanged',
        ),
        // If not, another sign-in committed while this one waited for the lock, and the statement does not see it.
        isInSnapshot:
          sql<boolean>`${users}.xmin = (select seen.xmin from ${users} as seen where seen.id = ${sql.placeholder('user.id')})`.as(
            'is_in_snapshot',
          ),
      })
      .from(users)
      .where(eq(users.id, sql.placeholder('user.id')))
      .for('no key update'),
  );

/**
 * Stamps the sign-in on the account, if it is active and was not changed since. Parameter: `user.lastLoginAt`.
 * @param condition what else must hold
 */
export const lastLoginUpdate = (db: Db, account: ReturnType<typeof signInAccount>, condition: SQL | undefined) =>
  db
    .update(users)
    .set({ lastLoginAt: sql`${sql.placeholder('user.lastLoginAt')}::timestamptz` })
    .from(account)
    .where(and(eq(users.id, account.id), account.isActive, account.isUnchanged, condition))
    .returning(getTableColumns(users));

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

/** Throws a unique violation if another account has the address or has verified the number. */
export const userInsert = (db: Db, row: typeof users.$inferInsert) => db.insert(users).values(row).returning();

/** Throws like `userInsert`. */
export const userUpdate = (db: Db, id: string, columns: Partial<Omit<User, 'id' | 'createdAt'>>) =>
  db.update(users).set(columns).where(eq(users.id, id)).returning();
