import { sql } from 'drizzle-orm';
import type { Db } from './client.ts';
import { quoteIdentifier } from './identifier.ts';

/** The role finds no tables, or those of another schema. */
export class SchemaNotFound extends Error {
  override readonly name = 'SchemaNotFound';
}

/**
 * Throws SchemaNotFound if statements would not find the tables in the schema. That happens behind a pooler in
 * transaction mode, which keeps no setting of a session.
 */
export async function checkSchema(db: Db, schema: string): Promise<void> {
  const table = `${quoteIdentifier(schema)}.migrations`;
  const [row] = await db
    .select({
      isFound: sql<boolean>`to_regclass('migrations') is not distinct from to_regclass(${table})`,
      role: sql<string>`quote_ident(current_user)`,
      database: sql<string>`quote_ident(current_database())`,
    })
    .from(sql`(select 1) as one`);
  if (!row || row.isFound) return;
  throw new SchemaNotFound(
    `behind PgBouncer, the schema is a setting of the role: alter role ${row.role} in database ${row.database} ` +
      `set search_path = ${quoteIdentifier(schema)}`,
  );
}
