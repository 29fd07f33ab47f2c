import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import {
  identities,
  passkeys,
  passwords,
  recoveryCodes,
  totpFactors,
  userMetadata,
  users,
} from '../../infra/db/tables.ts';
import type { UserMetadata } from '../accounts/metadata.ts';
import type { User } from '../accounts/user.ts';

export interface ExportedRow {
  user: User;
  hash: string | null;
  metadata: UserMetadata | null;
}

const COLUMNS = {
  user: users,
  hash: passwords.hash,
  metadata: { publicMetadata: userMetadata.public, privateMetadata: userMetadata.private },
};

/** Accounts in the order of their ids, after the given one. */
export function listAccounts(db: Db, id: string | undefined, limit: number): Promise<ExportedRow[]> {
  return db
    .select(COLUMNS)
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(userMetadata, eq(userMetadata.userId, users.id))
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

/** The factors of these users that are not removed, and their unused recovery codes. */
export async function listFactors(db: Db, userIds: string[]) {
  const unused = db
    .select({ userId: recoveryCodes.userId, digest: recoveryCodes.digest })
    .from(recoveryCodes)
    .where(and(inArray(recoveryCodes.userId, userIds), isNull(recoveryCodes.usedAt), isNull(recoveryCodes.removedAt)))
    .orderBy(recoveryCodes.digest);
  const own = (table: typeof totpFactors | typeof passkeys) =>
    and(inArray(table.userId, userIds), isNull(table.removedAt));
  const [apps, keys, codes] = await Promise.all([
    db.select().from(totpFactors).where(own(totpFactors)),
    db.select().from(passkeys).where(own(passkeys)).orderBy(asc(passkeys.createdAt), asc(passkeys.id)),
    unused,
  ]);
  return { apps, keys, codes };
}

/** The accounts with these ids, in any order. */
export function findAccounts(db: Db, ids: readonly string[]): Promise<ExportedRow[]> {
  return db
    .select(COLUMNS)
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .leftJoin(userMetadata, eq(userMetadata.userId, users.id))
    .where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
}
