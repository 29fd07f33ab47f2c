import { makePgArray } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import type { PostgresConfig } from '../../config.ts';
import { SECOND } from '../../core/clock.ts';
import type { Pooled } from './pool.ts';

const CONNECT_TIMEOUT_SECONDS = 3;

/** OIDs of the array types that statements use as parameters: text[] and uuid[]. */
const ARRAYS = [1009, 2951];
/** Drizzle has already serialised arrays for columns; arrays in our own SQL have not been. */
const writeArray = (value: unknown): string => (Array.isArray(value) ? makePgArray(value) : String(value));

/** Parsers and serialisers by type OID. Drizzle fills them in. */
export type ValueTypes = Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;

export interface Connection extends Pooled {
  /** Runs when awaited. */
  query(text: string, parameters: never[]): postgres.PendingQuery<postgres.Row[]>;
  transaction<T>(work: (transaction: postgres.TransactionSql) => Promise<T>): Promise<T>;
}

interface Options extends Pick<PostgresConfig, 'url' | 'preparedStatements'> {
  /** Milliseconds; 0: none. */
  statementTimeout: number;
  types: ValueTypes;
}

/**
 * One postgres.js connection, never used again once it is lost. The driver (3.4.9) would reconnect and send the rest of
 * a transaction outside any transaction: docs/decisions/0006. So neither we nor the driver send anything after a loss.
 */
export function openConnection({ url, preparedStatements: prepare, statementTimeout, types }: Options): Connection {
  let lost = false;
  const sql = postgres(url, {
    max: 1,
    prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    max_lifetime: null,
    // On every connect, the driver would query the array types, and no caller handles a failure of that query.
    fetch_types: false,
    onnotice: () => {},
    // Called before pending queries are rejected.
    onclose: () => {
      lost = true;
    },
    // PgBouncer rejects unknown startup parameters; the pool's deadline still applies.
    connection: prepare
      ? {
          application_name: 'latchkey',
          statement_timeout: statementTimeout,
          idle_in_transaction_session_timeout: statementTimeout * 2,
        }
      : { application_name: 'latchkey' },
  });
  Object.assign(sql.options.parsers, types.parsers);
  Object.assign(
    sql.options.serializers,
    types.serializers,
    Object.fromEntries(ARRAYS.map((type) => [type, writeArray])),
  );

  /** The part of a transaction that Drizzle uses. All statements are prepared: there is a bounded number of them. */
  function guarded(transaction: postgres.TransactionSql): postgres.TransactionSql {
    const unsafe = (text: string, parameters: never[]) => {
      if (lost) throw lostConnection();
      return transaction.unsafe(text, parameters, { prepare });
    };
    const savepoint = <T>(work: (inner: postgres.TransactionSql) => Promise<T>) => {
      if (lost) throw lostConnection();
      return transaction.savepoint((inner) => unlessLost(work(guarded(inner))));
    };
    return { unsafe, savepoint } as unknown as postgres.TransactionSql; // Drizzle's session calls nothing else of it.
  }

  /** Never settles after a loss, because the driver would then send COMMIT or ROLLBACK. */
  const unlessLost = <T>(work: Promise<T>): Promise<T> =>
    work.finally(() => (lost ? new Promise<never>(() => {}) : undefined));

  return {
    get isLost() {
      return lost;
    },
    query: (text, parameters) => sql.unsafe(text, parameters, { prepare }),
    // If the connection is lost, the driver itself rejects the promise of `begin`.
    transaction: <T>(work: (transaction: postgres.TransactionSql) => Promise<T>) =>
      sql.begin((transaction) => unlessLost(work(guarded(transaction)))) as Promise<T>, // No array of promises.
    close(timeout) {
      if (timeout === 0) lost = true;
      return sql.end({ timeout: timeout / SECOND });
    },
  };
}

const lostConnection = () => Object.assign(new Error('the connection was lost'), { code: 'CONNECTION_CLOSED' });
