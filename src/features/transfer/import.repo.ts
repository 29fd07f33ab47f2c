import { and, eq, getTableColumns, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../../infra/db/client.ts';
import { identities, passwords, type Role, users } from '../../infra/db/tables.ts';

export type UserRow = Omit<typeof users.$inferInsert, 'roles'> & { roles: Role[] };
export type PasswordRow = typeof passwords.$inferInsert;
export type IdentityRow = typeof identities.$inferInsert;

/**
 * The rows as a query, with every column of the table in its order. They travel as one JSON parameter, so the text of the
 * statement is the same for any number of rows and is prepared once.
 */
function rowsOf(table: PgTable, rows: readonly object[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const comma = sql`, `;
  const names = columns.map(([name]) => sql`given.${sql.identifier(name)}`);
  const types = columns.map(([name, column]) => sql`${sql.identifier(name)} ${sql.raw(column.getSQLType())}`);
  return sql`select ${sql.join(names, comma)} from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
    as given(${sql.join(types, comma)})`;
}

/** The ids of those that were written. Another has no account of its own: its address, proved number or id is taken. */
export async function insertUsers(db: Db, rows: readonly UserRow[]): Promise<Set<string>> {
  const inserted = await db.insert(users).select(rowsOf(users, rows)).onConflictDoNothing().returning({ id: users.id });
  return new Set(inserted.map(({ id }) => id));
}

/** Of accounts that were inserted in the same transaction. */
export async function insertPasswords(db: Db, rows: readonly PasswordRow[]): Promise<void> {
  await db.insert(passwords).select(rowsOf(passwords, rows));
}

export async function deleteUsers(db: Db, ids: readonly string[]): Promise<void> {
  await db.delete(users).where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
}

/** The ids of those that were written: not of one that is there, of its account or of another. */
export async function insertIdentities(db: Db, rows: readonly IdentityRow[]): Promise<Set<string>> {
  const inserted = await db
    .insert(identities)
    .select(sql`${rowsOf(identities, rows)} join ${users} on ${users.id} = given."userId"`)
    .onConflictDoNothing()
    .returning({ id: identities.id });
  return new Set(inserted.map(({ id }) => id));
}

export interface Holder {
  id: string;
  email: string | null;
  /** Null also when it is not proved. */
  phone: string | null;
  isEmailVerified: boolean;
  hash: string | null;
  createdAt: Date;
  lastLoginAt: Date | null;
}

/** The accounts that have one of these addresses, proved numbers or ids. */
export function holdersOf(
  db: Db,
  { emails, phones, ids }: { emails: string[]; phones: string[]; ids: string[] },
): Promise<Holder[]> {
  return db
    .select({
      id: users.id,
      email: users.email,
      phone: sql<string | null>`case when ${users.phoneVerifiedAt} is not null then ${users.phone} end`,
      isEmailVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      hash: passwords.hash,
      createdAt: users.createdAt,
      lastLoginAt: users.lastLoginAt,
    })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(
      or(
        sql`${users.email} = any(${sql.param(emails)}::text[])`,
        and(isNotNull(users.phoneVerifiedAt), sql`${users.phone} = any(${sql.param(phones)}::text[])`),
        sql`${users.id} = any(${sql.param(ids)}::uuid[])`,
      ),
    );
}

/** Whose identities these are. */
export function ownersOfIdentities(db: Db, wanted: readonly Pick<IdentityRow, 'issuer' | 'subject'>[]) {
  const given = sql`select issuer, subject from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
    as given(issuer text, subject text)`;
  return db
    .select({ userId: identities.userId, issuer: identities.issuer, subject: identities.subject })
    .from(identities)
    .where(sql`(${identities.issuer}, ${identities.subject}) in (${given})`);
}
