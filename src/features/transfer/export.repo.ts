import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, passwords, users } from '../../infra/db/tables.ts';
import type { User } from '../accounts/user.ts';

export interface ExportedRow {
  user: User;
  hash: string | null;
}

/** Accounts in the order of their ids, after the given one. */
export function listAccounts(db: Db, id: string | undefined, limit: number): Promise<ExportedRow[]> {
  return db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(and(id === undefined ? undefined : gt(users.id, id)))
    .orderBy(asc(users.id))
    .limit(limit);
}

export function listIdentities(db: Db, userIds: string[]) {
  return db
    .select()
    .from(identities)
    .where(inArray(identities.userId, userIds))
    .orderBy(asc(identities.createdAt), asc(identities.id));
}

/** The accounts with these ids, in any order. */
export function findAccounts(db: Db, ids: readonly string[]): Promise<ExportedRow[]> {
  return db
    .select({ user: users, hash: passwords.hash })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
}
