import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../src/infra/db/client.ts';

/** Runs a statement on PostgreSQL or PGlite. Columns have their names in the database. */
export async function rows<Row = Record<string, unknown>>(db: Db, statement: SQL): Promise<Row[]> {
  const result: unknown = await db.execute(statement);
  // postgres.js returns an array, PGlite an object with one.
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
}

/** Every row of every table as text: what an attacker sees in a stolen database. */
export async function dumpTables(db: Db): Promise<string> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const found = await rows<{ line: string }>(db, sql`select t::text as line from ${sql.identifier(name)} as t`);
    lines.push(...found.map(({ line }) => `${name} ${line}`));
  }
  return lines.join('\n');
}
