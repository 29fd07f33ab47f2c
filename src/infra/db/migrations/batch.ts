import { type SQL, sql } from 'drizzle-orm';

// A statement that changes many rows names all of them by a range of keys, and so runs unchanged in one transaction:
//   … WHERE "users"."id" BETWEEN '00000000-…' AND 'ffffffff-…'
// While the service writes, it is repeated with narrower ranges. It must be correct when it is repeated for a range.

/** The least and the greatest UUID. */
export const FIRST_KEY = '00000000-0000-0000-0000-000000000000';
export const LAST_KEY = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface Batches {
  table: string;
  /** Whose values bound the batches. It is the first column of an index. */
  column: string;
}

/** Both keys are included. */
export interface KeyRange {
  from: string;
  to: string;
}

const RANGE = new RegExp(`"(\\w+)"\\."(\\w+)"\\s+between\\s+'${FIRST_KEY}'\\s+and\\s+'${LAST_KEY}'`, 'i');

/** Undefined if the statement has no range of all keys. */
export function batchesOf(statement: string): Batches | undefined {
  if (!/^(?:insert|update|delete)\b/i.test(statement)) return undefined;
  const [, table, column] = RANGE.exec(statement) ?? [];
  return table && column ? { table, column } : undefined;
}

/** The statement for the range, with parameters, so that PostgreSQL plans one statement. */
export function withinRange(statement: string, { from, to }: KeyRange): SQL {
  const parts = statement.split(new RegExp(`('${FIRST_KEY}'|'${LAST_KEY}')`));
  return sql.join(
    parts.map((part) =>
      part === `'${FIRST_KEY}'` ? sql`${from}` : part === `'${LAST_KEY}'` ? sql`${to}` : sql.raw(part),
    ),
  );
}
