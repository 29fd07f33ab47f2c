import { and, arrayContains, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, users } from '../../infra/db/tables.ts';
import { lockSubjects, renumberOwners, userInsert, userUpdate } from '../accounts/user.sql.ts';
import type { User } from '../accounts/user.ts';

/**
 * Locks the rows of these IDs that exist. Always in the same order: two administrators may act on each other at once.
 */
export function lockUsers(db: Db, ids: readonly string[]): Promise<User[]> {
  return db
    .select()
    .from(users)
    .where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`)
    .orderBy(users.id)
    .for('update');
}

/** Throws a unique violation if another account has the address or has verified the number. */
export async function insertManaged(db: Db, row: typeof users.$inferInsert): Promise<User> {
  if (row.phoneVerifiedAt) await renumberOwners(db, [row.phone]);
  const [user] = await userInsert(db, row);
  if (!user) throw new Error('INSERT … RETURNING returned nothing');
  return user;
}

/** Throws like `insertManaged`. @param before the user, whose row the caller has locked */
export async function updateManaged(
  db: Db,
  before: User,
  columns: Omit<User, 'id' | 'createdAt' | 'lastLoginAt'>,
): Promise<User> {
  if (before.email !== columns.email || before.phone !== columns.phone)
    await lockSubjects(db, [before.email, columns.email, before.phone, columns.phone]);
  if (columns.phoneVerifiedAt) await renumberOwners(db, [columns.phone]);
  const [user] = await userUpdate(db, before.id, columns);
  if (!user) throw new Error('the row was not locked');
  return user;
}

/** Whether the account can sign in through a social provider. */
export async function hasIdentity(db: Db, userId: string): Promise<boolean> {
  const rows = await db.select({ id: identities.id }).from(identities).where(eq(identities.userId, userId)).limit(1);
  return rows.length > 0;
}

/** Whether there is another active administrator. */
export async function hasOtherAdministrator(db: Db, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        sql`${users.roles} <> '{}'`,
        arrayContains(users.roles, ['ADMIN']),
        eq(users.isActive, true),
        ne(users.id, id),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
