import { makePgArray } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import type { PostgresConfig } from '../../config.ts';
import { SECOND } from '../../core/clock.ts';
import type { Pooled } from './pool.ts';

const CONNECT_TIMEOUT_SECONDS = 3;

/** The arrays that statements take, by their numbers in pg_type: text[] and uuid[]. */
const ARRAYS = [1009, 2951];
/** Drizzle has already written the array of a column; one in our own SQL comes as it is. */
const writeArray = (value: unknown): string => (Array.isArray(value) ? makePgArray(value) : String(value));

/** How Drizzle wants values to be read and written, by the type's number; it writes its wishes in here. */
export type ValueTypes = Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;

export interface Connection extends Pooled {
  /** Runs when it is awaited. */
  query(text: string, parameters: never[]): postgres.PendingQuery<postgres.Row[]>;
  transaction<T>(work: (transaction: postgres.TransactionSql) => Promise<T>): Promise<T>;
}

interface Options extends Pick<PostgresConfig, 'url' | 'preparedStatements'> {
  /** Milliseconds; 0: none. */
  statementTimeout: number;
  types: ValueTypes;
}

/**
 * One connection of postgres.js, used until it is lost and never again. The driver would go on with it (3.4.9): what a
 * transaction still had to say when its connection broke is written to the next connection, outside every transaction,
 * and is committed there; or to none, which throws outside every promise and ends the process. So here nothing is said
 * on a lost connection, neither by us nor by the driver.
 */
export function openConnection({ url, preparedStatements: prepare, statementTimeout, types }: Options): Connection {
  let lost = false;
  const sql = postgres(url, {
    max: 1,
    prepare,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    max_lifetime: null,
    // The driver would ask for the arrays' numbers at every connect, in a query whose failure it leaves to nobody.
    fetch_types: false,
    onnotice: () => {},
    // Called before anybody who waits for an answer of the connection hears that there is none.
    onclose: () => {
      lost = true;
    },
    // PgBouncer refuses start-up parameters that it does not track; there the pool's own deadline remains.
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

  /** What Drizzle uses of a transaction. Every statement is prepared: our SQL is a bounded set of texts. */
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

  /** Ends as the work does. Never on a lost connection: the driver would go on to write COMMIT or ROLLBACK. */
  const unlessLost = <T>(work: Promise<T>): Promise<T> =>
    work.finally(() => (lost ? new Promise<never>(() => {}) : undefined));

  return {
    get isLost() {
      return lost;
    },
    query: (text, parameters) => sql.unsafe(text, parameters, { prepare }),
    // When the connection is lost, the driver itself rejects what `begin` returns.
    transaction: <T>(work: (transaction: postgres.TransactionSql) => Promise<T>) =>
      sql.begin((transaction) => unlessLost(work(guarded(transaction)))) as Promise<T>, // No array of promises.
    close(timeout) {
      if (timeout === 0) lost = true;
      return sql.end({ timeout: timeout / SECOND });
    },
  };
}

const lostConnection = () => Object.assign(new Error('the connection was lost'), { code: 'CONNECTION_CLOSED' });
