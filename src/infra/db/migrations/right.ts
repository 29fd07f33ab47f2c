import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { quoteIdentifier } from '../identifier.ts';
import { NoRightToCreate } from './failures.ts';

/** The error, or a NoRightToCreate that explains it. */
export async function explainMissingRight(error: unknown, db: Db, schema: string): Promise<unknown> {
  return isNoRight(error) ? ((await describeMissingRight(db, schema)) ?? error) : error;
}

/** SQLSTATE insufficient_privilege. */
const isNoRight = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === '42501') || isNoRight(error.cause));

/** Undefined if the role may create tables in the schema: then it is another right that is missing. */
async function describeMissingRight(db: Db, schema: string): Promise<Error | undefined> {
  const place = quoteIdentifier(schema);
  const [row] = await db
    .select({
      role: sql<string>`quote_ident(current_user)`,
      database: sql<string>`quote_ident(current_database())`,
      schemaExists: sql<boolean>`to_regnamespace(${place}) is not null`,
      mayCreate: sql<boolean>`coalesce(has_schema_privilege(to_regnamespace(${place}), 'create'), false)`,
    })
    .from(sql`(select 1) as one`);
  if (row?.mayCreate) return undefined;
  const role = row?.role ?? 'the role';
  const statement = row?.schemaExists
    ? `grant usage, create on schema ${place} to ${role}`
    : `create schema ${place} authorization ${role}`;
  return new NoRightToCreate(
    `the role ${role} may not create tables in the schema ${place}. As an administrator of the database ` +
      `${row?.database}, run: ${statement}; or make ${role} the owner of the database`,
  );
}
