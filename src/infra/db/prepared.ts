import { type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db } from './client.ts';

/** Drizzle's sessions and prepared queries keep their connection in `client`. */
interface Connected {
  client: object;
}

/**
 * A query that Drizzle builds once instead of for each execution, because building takes several times as long as
 * executing. Drizzle binds a prepared query to a connection or transaction, so each call rebinds it to the caller's.
 * @param build must end with Drizzle's prepare()
 */
export function preparedOnce<Query extends object>(build: (db: Db) => Query): (db: Db) => Query {
  const queries = new Map<unknown, Query>(); // One per driver.
  return (db) => {
    const session = db._.session as unknown as Connected; // Private to TypeScript only.
    const query = queries.get(session.constructor) ?? build(db);
    queries.set(session.constructor, query);
    return Object.create(query, { client: { value: session.client } });
  };
}

/**
 * The values of an INSERT: a placeholder `<row>.<name>` for each name, so that one statement can take several rows.
 * Only text, uuid and inet columns take a null this way.
 */
export const toPlaceholders = <const Name extends string>(
  row: string,
  ...names: Name[]
): Record<Name, Placeholder<string>> =>
  // The type of Object.fromEntries does not contain the names.
  Object.fromEntries(names.map((name) => [name, sql.placeholder(`${row}.${name}`)])) as Record<
    Name,
    Placeholder<string>
  >;

/** The parameters of a statement with `toPlaceholders`. */
export const toValues = (rows: Record<string, object>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([row, values]) =>
      Object.entries(values).map(([name, value]) => [`${row}.${name}`, value] as const),
    ),
  );

/** A parameter with the type and name of a column, for the SELECT of an INSERT. */
export const parameterFor = <Column extends PgColumn>(name: string, column: Column) =>
  sql<Column['_']['data']>`${sql.placeholder(name)}::${sql.raw(column.getSQLType())}`.as(column.name);

/** A table from parameters: one text array per column, under the column's name. */
export function unnestRows(table: string, ...columns: string[]): SQL {
  const arrays = columns.map((name) => sql`${sql.placeholder(name)}::text[]`);
  return sql`unnest(${sql.join(arrays, sql`, `)}) as ${sql.raw(`${table}(${columns.join(', ')})`)}`;
}
