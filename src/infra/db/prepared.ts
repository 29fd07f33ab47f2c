import type { Db } from './client.ts';

/**
 * A query that Drizzle writes and maps once for each connection pool, for statements of nearly every request: writing
 * one takes as long as answering the rest of the request. In a transaction it is written anew, because Drizzle ties a
 * query to the transaction.
 */
export function preparedOnce<Query extends object>(write: (db: Db) => Query): (db: Db) => Query {
  const written = new WeakMap<Db, Query>();
  return (db) => {
    const known = written.get(db);
    if (known) return known;
    const query = write(db);
    written.set(db, query);
    return query;
  };
}
