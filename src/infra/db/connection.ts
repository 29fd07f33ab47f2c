import type { Socket } from 'node:net';
import { makePgArray } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import type { PostgresConfig, PostgresHost } from '../../config.ts';
import { SECOND } from '../../core/clock.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Pooled } from './pool.ts';
import { openSocket } from './socket.ts';

/** OIDs of the array types that statements use as parameters: text[] and uuid[]. */
const ARRAYS = [1009, 2951];
/** Drizzle has already serialised arrays for columns; arrays in our own SQL have not been. */
const writeArray = (value: unknown): string => (Array.isArray(value) ? makePgArray(value) : String(value));

/** Parsers and serialisers by type OID. Drizzle fills them in. */
export type ValueTypes = Pick<postgres.Sql['options'], 'parsers' | 'serializers'>;

export interface Connection extends Pooled {
  /** Runs when awaited. */
  query(text: string, parameters: never[]): PromiseLike<postgres.Row[]>;
  /** The same, with each row as a list. */
  values(text: string, parameters: never[]): PromiseLike<unknown[][]>;
  transaction<T>(work: (transaction: postgres.TransactionSql) => Promise<T>): Promise<T>;
}

export interface ConnectionOptions extends Pick<PostgresConfig, 'target' | 'schema' | 'preparedStatements'> {
  host: PostgresHost;
  /** Milliseconds; 0: none. */
  statementTimeout: number;
  types: ValueTypes;
}

/**
 * One postgres.js connection, never used again once it is lost. The driver (3.4.9) would reconnect and send the rest of
 * a transaction outside any transaction: docs/decisions/0006. So neither we nor the driver send anything after a loss.
 */
export function openConnection({
  target,
  host,
  schema,
  preparedStatements,
  statementTimeout,
  types,
}: ConnectionOptions): Connection {
  let lost = false;
  const abandoned = new AbortController();
  const prepare = preparedStatements;
  const { user, password, database, tls, connectTimeout: timeout, keepAlive, startup } = target;
  let opened = false;

  async function open(): Promise<Socket> {
    if (opened) throw lostConnection(); // The driver would try forever if the server closes each new connection.
    opened = true;
    return openSocket({ host, tls, timeout, signal: abandoned.signal });
  }

  /** The driver does not notice that its connection is lost if it cannot open a socket. */
  const rejectLost = (error: unknown): never => {
    lost = true;
    throw error;
  };

  const options = {
    host: 'localhost', // Not used, because we open the socket.
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ...(database ? { database } : {}),
    socket: () => open().catch(rejectLost),
    ssl: false,
    max: 1,
    prepare,
    connect_timeout: timeout / SECOND,
    keep_alive: keepAlive,
    max_lifetime: null,
    // On every connect, the driver would query the array types, and no caller handles a failure of that query.
    fetch_types: false,
    onnotice: () => {},
    // Called before pending queries are rejected.
    onclose: () => {
      lost = true;
    },
    // PgBouncer rejects unknown startup parameters; the pool's deadline still applies. There, the role has the schema.
    connection: prepare
      ? {
          ...startup,
          search_path: quoteIdentifier(schema),
          statement_timeout: statementTimeout,
          idle_in_transaction_session_timeout: statementTimeout * 2,
        }
      : { ...startup },
  };
  const sql = postgres(options);
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
    values: (text, parameters) => sql.unsafe(text, parameters, { prepare }).values(),
    // If the connection is lost, the driver itself rejects the promise of `begin`.
    transaction: <T>(work: (transaction: postgres.TransactionSql) => Promise<T>) =>
      sql.begin((transaction) => unlessLost(work(guarded(transaction)))) as Promise<T>, // No array of promises.
    close(timeout) {
      if (timeout === 0) lost = true;
      if (timeout === 0) abandoned.abort();
      return sql.end({ timeout: timeout / SECOND }).finally(() => abandoned.abort());
    },
  };
}

const lostConnection = () => Object.assign(new Error('the connection was lost'), { code: 'CONNECTION_CLOSED' });
