import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Config, EmbeddedConfig, PostgresConfig } from '../../config.ts';
import { MINUTE, SECOND } from '../../core/clock.ts';
import type { Tracer } from '../../core/tracer.ts';
import type { Connection, ValueTypes } from './connection.ts';
import { createDisk, type Disk } from './disk.ts';
import { createSpaceCheck, selectSchema, withSpaceCheck } from './embedded-client.ts';
import { openDirectory } from './embedded-directory.ts';
import { lockDirectory } from './embedded-lock.ts';
import { createOpener } from './failover.ts';
import { createPool, type Pool, type PoolUsage } from './pool.ts';
import { traceEmbedded, traceQueries } from './traced-queries.ts';

/** A connection or a transaction; PostgreSQL or PGlite. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>;

export interface Database {
  db: Db;
  /** The same with a span for each statement of a request. */
  traced(tracer: Tracer): Db;
  disk: Disk;
  /** Undefined: the embedded database has no pool. */
  poolUsage?: () => PoolUsage;
  /** A copy of the embedded database at this moment: a tar file of its directory. Undefined for PostgreSQL. */
  dump?: () => Promise<Buffer>;
  close(): Promise<void>;
}

export type EmbeddedDatabase = Database & Required<Pick<Database, 'dump'>>;

/** Milliseconds. */
export interface Deadlines {
  /** To wait for a connection of the pool, instead of DATABASE_POOL_WAIT. */
  acquisition: number;
  /** A statement that takes longer is cancelled by the server (57014). A transaction may take twice as long. */
  statement: number;
}

/** Milliseconds. */
export const STATEMENT_DEADLINE = 2 * SECOND;
const CONNECTION_LIFETIME = 30 * MINUTE;
/** Milliseconds before work that is still running fails when the pool closes. */
const CLOSE_TIMEOUT = 5 * SECOND;

export function openDatabase(config: EmbeddedConfig): Promise<EmbeddedDatabase>;
/** @param deadlines only for PostgreSQL */
export function openDatabase(config: Config['database'], deadlines?: Partial<Deadlines>): Promise<Database>;
export function openDatabase(config: Config['database'], deadlines: Partial<Deadlines> = {}): Promise<Database> {
  return config.kind === 'embedded' ? openLocked(config) : openPostgres(config, deadlines);
}

async function openLocked({ directory, schema, isDurable }: EmbeddedConfig): Promise<EmbeddedDatabase> {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const release = lockDirectory(directory);
  try {
    const client = await openDirectory(directory, isDurable);
    await selectSchema(client, schema);
    const { close, ...database } = await openEmbedded(client, createSpaceCheck(directory));
    return { ...database, close: () => close().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * @param client opened on a directory, or on a dump of one
 * @param checkSpace throws if there is no space for writes
 */
export async function openEmbedded(client: PGlite, checkSpace: () => void = () => {}): Promise<EmbeddedDatabase> {
  const { drizzle } = await import('drizzle-orm/pglite');
  await client.waitReady;
  const disk = createDisk(() => writeToNewBlocks(db));
  const checked = withSpaceCheck(client, disk, checkSpace);
  const db: Db = drizzle(checked);
  const traced = (tracer: Tracer): Db => drizzle(traceEmbedded(checked, tracer));
  // No statement runs meanwhile, and what is committed is in the files or in the write-ahead log.
  const dump = async () => Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer());
  return { db, traced, disk, dump, close: () => client.close() };
}

async function openPostgres(config: PostgresConfig, deadlines: Partial<Deadlines>): Promise<Database> {
  const { acquisition = config.poolWait, statement = STATEMENT_DEADLINE } = deadlines;
  return onPool(config, {
    size: config.poolSize,
    acquisitionTimeout: acquisition,
    statementTimeout: statement,
    // An operator who sets a longer connect_timeout has a server that takes long to start.
    deadline: 2 * statement + Math.max(0, config.target.connectTimeout - 3 * SECOND),
  });
}

/** One connection without time limits, for migrations. */
export function openForMigration(config: PostgresConfig): Database {
  return onPool(config, { size: 1, acquisitionTimeout: 0, statementTimeout: 0, deadline: undefined });
}

interface Limits {
  size: number;
  acquisitionTimeout: number;
  statementTimeout: number;
  deadline: number | undefined;
}

function onPool(config: PostgresConfig, { statementTimeout, ...limits }: Limits): Database {
  const types: ValueTypes = { parsers: {}, serializers: {} };
  const open = createOpener({ ...config, statementTimeout, types });
  const pool = createPool({ ...limits, open, lifetime: CONNECTION_LIFETIME });
  const disk = createDisk(() => writeToNewBlocks(db));
  const lend: Pool<Connection>['lend'] = (work) =>
    pool.lend(work).catch((error: unknown) => {
      disk.report(error);
      throw error;
    });
  const client = createClient(lend, types);
  const db: Db = drizzlePostgres(client);
  const traced = (tracer: Tracer): Db => drizzlePostgres(traceQueries(client, tracer));
  return { db, traced, disk, poolUsage: pool.usage, close: () => pool.close(CLOSE_TIMEOUT) };
}

/** The part of a postgres.js client that Drizzle uses, on connections of the pool. */
function createClient(lend: Pool<Connection>['lend'], types: ValueTypes): postgres.Sql {
  const unsafe = (text: string, parameters: never[]) => ({
    // biome-ignore lint/suspicious/noThenProperty: a postgres.js query is a thenable that runs when it is awaited
    then: (...handlers: Parameters<Promise<unknown>['then']>) =>
      lend((connection) => connection.query(text, parameters)).then(...handlers),
    values: () => lend((connection) => connection.values(text, parameters)),
  });
  const begin = (work: (transaction: postgres.TransactionSql) => Promise<unknown>) =>
    lend((connection) => connection.transaction(work));
  // Drizzle's PostgreSQL session calls nothing else of a client.
  return { options: types, unsafe, begin } as unknown as postgres.Sql;
}

/**
 * Writes about 700 kB to new blocks of a table that is dropped at once. An update in place would not need space, and
 * rows of an ordinary table could fill its gaps.
 */
const writeToNewBlocks = (db: Db): Promise<unknown> =>
  db.execute(sql`create temporary table latchkey_space on commit drop as select n from generate_series(1, 20000) as n`);
