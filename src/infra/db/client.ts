import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Config, PostgresConfig } from '../../config.ts';
import { lockDirectory } from './embedded-lock.ts';
import { createGate, type Gate } from './gate.ts';

/** A connection or a transaction; PostgreSQL or PGlite. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Database {
  db: Db;
  close(): Promise<void>;
}

/** Milliseconds. A statement that takes longer is cancelled by the server (57014). */
export const STATEMENT_TIMEOUT = 2_000;
/** Milliseconds to wait for a connection of the pool. */
const ACQUISITION_TIMEOUT = 400;
const CONNECT_TIMEOUT_SECONDS = 3;
/** A connection is replaced after this many seconds, so that a failover or a new DNS answer is noticed. */
const CONNECTION_LIFETIME_SECONDS = 30 * 60;

export function openDatabase(config: Config['database']): Promise<Database> {
  return config.kind === 'embedded' ? openDirectory(config.directory) : openPostgres(config);
}

async function openDirectory(directory: string): Promise<Database> {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const release = lockDirectory(directory);
  try {
    const { db, close } = await openEmbedded(new PGlite(directory));
    return { db, close: () => close().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** @param client opened on a directory, or on a dump of one */
export async function openEmbedded(client: PGlite): Promise<Database> {
  await client.waitReady;
  return { db: drizzlePglite(client), close: () => client.close() };
}

async function openPostgres(config: PostgresConfig): Promise<Database> {
  const pool = connect(config, { max: config.poolSize, statementTimeout: STATEMENT_TIMEOUT });
  const gate = createGate({ places: config.poolSize, patience: ACQUISITION_TIMEOUT, deadline: 2 * STATEMENT_TIMEOUT });
  return {
    db: drizzlePostgres(gated(pool, gate, config.preparedStatements)),
    close: () => pool.end({ timeout: 5 }),
  };
}

/** One connection without time limits, for migrations. */
export function openForMigration(config: PostgresConfig): Database {
  const connection = connect(config, { max: 1, statementTimeout: 0 });
  return { db: drizzlePostgres(connection), close: () => connection.end({ timeout: 5 }) };
}

function connect(config: PostgresConfig, { max, statementTimeout }: { max: number; statementTimeout: number }) {
  return postgres(config.url, {
    max,
    prepare: config.preparedStatements,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    max_lifetime: CONNECTION_LIFETIME_SECONDS,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => {},
    // PgBouncer refuses start-up parameters that it does not track; there the gate's own deadline remains.
    connection: config.preparedStatements
      ? {
          application_name: 'latchkey',
          statement_timeout: statementTimeout,
          idle_in_transaction_session_timeout: statementTimeout * 2,
        }
      : { application_name: 'latchkey' },
  });
}

/**
 * What Drizzle uses of a postgres.js client, with every query and transaction led through the gate. Every statement is
 * prepared: our SQL is a bounded set of texts, and a prepared one saves a round trip.
 */
function gated(pool: postgres.Sql, gate: Gate, prepare: boolean): postgres.Sql {
  const unsafe = (query: string, parameters: never[]) => {
    const pending = () => pool.unsafe(query, parameters, { prepare });
    return {
      // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is a thenable that runs when it is awaited
      then: (...handlers: Parameters<Promise<unknown>['then']>) => gate(pending).then(...handlers),
      values: () => gate(() => pending().values()),
    };
  };
  const begin = (work: (transaction: postgres.TransactionSql) => Promise<unknown>) =>
    gate(() => pool.begin((transaction) => work(prepared(transaction, prepare))));
  // Drizzle's PostgreSQL session calls nothing else of a client.
  return { options: pool.options, unsafe, begin } as unknown as postgres.Sql;
}

function prepared(transaction: postgres.TransactionSql, prepare: boolean): postgres.TransactionSql {
  return {
    unsafe: (query: string, parameters: never[]) => transaction.unsafe(query, parameters, { prepare }),
    savepoint: (work: (inner: postgres.TransactionSql) => Promise<unknown>) =>
      transaction.savepoint((inner) => work(prepared(inner, prepare))),
    // As above.
  } as unknown as postgres.TransactionSql;
}
