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

/** Throws a unique violation if another account has the address or has verified the number. */
export const userInsert = (db: Db, row: typeof users.$inferInsert) => db.insert(users).values(row).returning();

/** Throws like `userInsert`. */
export const userUpdate = (db: Db, id: string, columns: Partial<Omit<User, 'id' | 'createdAt'>>) =>
  db.update(users).set(columns).where(eq(users.id, id)).returning();
