import { and, eq, getTableColumns, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { olderNumbers } from '../../core/renumberings.ts';
import type { Db } from '../../infra/db/client.ts';
import {
  identities,
  passkeys,
  passwords,
  type Role,
  recoveryCodes,
  totpFactors,
  userMetadata,
  users,
} from '../../infra/db/tables.ts';
import { renumberOwners } from '../accounts/user.sql.ts';

export type UserRow = Omit<typeof users.$inferInsert, 'roles'> & { roles: Role[] };
export type PasswordRow = typeof passwords.$inferInsert;
export type MetadataRow = typeof userMetadata.$inferInsert;
export type IdentityRow = typeof identities.$inferInsert;
export interface FactorRows {
  totp: (typeof totpFactors.$inferInsert)[];
  recoveryCodes: (typeof recoveryCodes.$inferInsert)[];
  passkeys: (typeof passkeys.$inferInsert)[];
}

/**
 * The rows as a query with all columns of the table; a missing value is the column's default. They are one JSON parameter,
 * so that the statement is the same for any number of rows and is prepared once.
 */
function selectRows(table: PgTable, rows: readonly object[]): SQL {
  const columns = Object.entries(getTableColumns(table));
  const comma = sql`, `;
  const values = columns.map(([name, column]) => {
    const given = sql`given.${sql.identifier(name)}`;
    return column.default === undefined ? given : sql`coalesce(${given}, ${column.default})`;
  });
  const types = columns.map(([name, column]) => sql`${sql.identifier(name)} ${sql.raw(column.getSQLType())}`);
  return sql`select ${sql.join(values, comma)} from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
    as given(${sql.join(types, comma)})`;
}

/** Returns the ids of inserted rows. Rows whose address, verified number or id is taken are skipped. */
export async function insertUsers(db: Db, rows: readonly UserRow[]): Promise<Set<string>> {
  await renumberOwners(
    db,
    rows.map(({ phone, phoneVerifiedAt }) => phoneVerifiedAt && phone),
  );
  const inserted = await db
    .insert(users)
    .select(selectRows(users, rows))
    .onConflictDoNothing()
    .returning({ id: users.id });
  return new Set(inserted.map(({ id }) => id));
}

/** For accounts that were inserted in the same transaction. */
export async function insertPasswords(db: Db, rows: readonly PasswordRow[]): Promise<void> {
  await db.insert(passwords).select(selectRows(passwords, rows));
}

/** For accounts that were inserted in the same transaction. */
export async function insertMetadata(db: Db, rows: readonly MetadataRow[]): Promise<void> {
  await db.insert(userMetadata).select(selectRows(userMetadata, rows));
}

/** For accounts that were inserted in the same transaction. Throws a unique violation if another account has a passkey. */
export async function insertFactors(db: Db, rows: FactorRows): Promise<void> {
  if (rows.totp.length > 0) await db.insert(totpFactors).select(selectRows(totpFactors, rows.totp));
  if (rows.recoveryCodes.length > 0)
    await db.insert(recoveryCodes).select(selectRows(recoveryCodes, rows.recoveryCodes));
  if (rows.passkeys.length > 0) await db.insert(passkeys).select(selectRows(passkeys, rows.passkeys));
}

/** Which of the accounts have a second factor, a passkey or recovery codes. */
export async function findFactorOwners(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const owners = (table: typeof totpFactors | typeof recoveryCodes | typeof passkeys) =>
    db
      .select({ userId: table.userId })
      .from(table)
      .where(sql`${table.userId} = any(${sql.param(ids)}::uuid[])`);
  const found = await Promise.all([owners(totpFactors), owners(recoveryCodes), owners(passkeys)]);
  return new Set(found.flat().map(({ userId }) => userId));
}

export async function deleteUsers(db: Db, ids: readonly string[]): Promise<void> {
  await db.delete(users).where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
}

/**
 * Which of the accounts were neither changed nor used since the moment. They cannot change before the transaction ends.
 * Locked in one order, so that two imports do not wait for each other.
 */
export async function lockUntouched(db: Db, ids: readonly string[], since: Date): Promise<Set<string>> {
  const untouched = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        sql`${users.id} = any(${sql.param(ids)}::uuid[])`,
        lte(users.updatedAt, since),
        or(isNull(users.lastLoginAt), lte(users.lastLoginAt, since)),
      ),
    )
    .orderBy(users.id)
    .for('share');
  return new Set(untouched.map(({ id }) => id));
}

/** Returns the ids of inserted rows. Identities that exist are skipped. */
export async function insertIdentities(db: Db, rows: readonly IdentityRow[]): Promise<Set<string>> {
  const inserted = await db
    .insert(identities)
    .select(sql`${selectRows(identities, rows)} join ${users} on ${users.id} = given."userId"`)
    .onConflictDoNothing()
    .returning({ id: identities.id });
  return new Set(inserted.map(({ id }) => id));
}

export interface Holder {
  id: string;
  email: string | null;
  /** Null if it is not verified. */
  phone: string | null;
  isEmailVerified: boolean;
  hash: string | null;
  createdAt: Date;
  lastLoginAt: Date | null;
}

/** The accounts with one of these addresses, verified numbers or ids. */
export function findHolders(
  db: Db,
  { emails, phones, ids }: { emails: string[]; phones: string[]; ids: string[] },
): Promise<Holder[]> {
  const spellings = phones.flatMap((phone) => [phone, ...olderNumbers(phone)]);
  return db
    .select({
      id: users.id,
      email: users.email,
      phone: sql<string | null>`case when ${users.phoneVerifiedAt} is not null then ${users.phone} end`.mapWith(
        users.phone,
      ),
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
        and(isNotNull(users.phoneVerifiedAt), sql`${users.phone} = any(${sql.param(spellings)}::text[])`),
        sql`${users.id} = any(${sql.param(ids)}::uuid[])`,
      ),
    );
}

/** The accounts that have these identities. */
export function findIdentityOwners(db: Db, wanted: readonly Pick<IdentityRow, 'issuer' | 'subject'>[]) {
  const given = sql`select issuer, subject from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
    as given(issuer text, subject text)`;
  return db
    .select({ userId: identities.userId, issuer: identities.issuer, subject: identities.subject })
    .from(identities)
    .where(sql`(${identities.issuer}, ${identities.subject}) in (${given})`);
}
