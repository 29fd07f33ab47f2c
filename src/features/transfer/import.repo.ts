import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { identities, passwords, type Role, users } from '../../infra/db/tables.ts';

// Rows travel as one JSON parameter: the text of a statement is the same for any number of rows, and it is prepared once.

export type UserRow = Omit<typeof users.$inferInsert, 'roles'> & { roles: Role[] };
export type PasswordRow = typeof passwords.$inferInsert;
export type IdentityRow = typeof identities.$inferInsert;

/** The ids of those that were written. Another has no account of its own: its address, proved number or id is taken. */
export async function insertUsers(db: Db, rows: readonly UserRow[]): Promise<Set<string>> {
  const inserted = await db
    .insert(users)
    .select(
      sql`select id, email, "emailVerifiedAt", phone, "phoneVerifiedAt", "firstName", "lastName", "companyName", locale,
          roles, "isActive", "lastLoginAt", "createdAt", "updatedAt"
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as given(
          id uuid, email text, "emailVerifiedAt" timestamptz, phone text, "phoneVerifiedAt" timestamptz,
          "firstName" text, "lastName" text, "companyName" text, locale text, roles text[], "isActive" boolean,
          "lastLoginAt" timestamptz, "createdAt" timestamptz, "updatedAt" timestamptz)`,
    )
    .onConflictDoNothing()
    .returning({ id: users.id });
  return new Set(inserted.map(({ id }) => id));
}

/** Of accounts that were inserted in the same transaction. */
export async function insertPasswords(db: Db, rows: readonly PasswordRow[]): Promise<void> {
  await db.insert(passwords).select(
    sql`select "userId", hash, "updatedAt" from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as given("userId" uuid, hash text, "updatedAt" timestamptz)`,
  );
}

export async function deleteUsers(db: Db, ids: readonly string[]): Promise<void> {
  await db.delete(users).where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
}

/** The ids of those that were written: not of one that is there, of its account or of another. */
export async function insertIdentities(db: Db, rows: readonly IdentityRow[]): Promise<Set<string>> {
  const inserted = await db
    .insert(identities)
    .select(
      sql`select given.id, "userId", provider, issuer, subject, given.email, "createdAt"
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as given(
          id uuid, "userId" uuid, provider text, issuer text, subject text, email text, "createdAt" timestamptz)
        join ${users} on ${users.id} = "userId"`,
    )
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
