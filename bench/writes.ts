import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { createClient } from 'redis';
import { type Caller, load } from './load.ts';
import { describeMachine, residentMemory } from './machine.ts';
import { fill } from './scale/fill.ts';
import { pickCaller } from './scale/requests.ts';
import { drawSample } from './scale/sample.ts';
import { loginCaller, refreshCaller, registerCaller } from './scenarios.ts';
import { openService, type Service } from './service.ts';

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  isQuick: boolean;
}

const SIZES = { quick: { users: 7_000, sessions: 20_000 }, full: { users: 334_000, sessions: 1_000_000 } };
/** Milliseconds. */
const DURATION = { quick: 2_000, full: 15_000 };
const CONNECTIONS = 4;
/** Milliseconds after which PostgreSQL has the statistics of sessions that are idle. */
const STATISTICS_DELAY = 12_000;

/** Totals so far. */
interface Totals {
  wal: number;
  commits: number;
  /** Of each table. */
  rows: Map<string, { inserted: number; updated: number; hot: number; deleted: number }>;
  redis: { commands: number; keys: number; bytes: number };
}

/** Prints what each operation writes to PostgreSQL and Redis, and the size of a row of each table with its indexes. */
export async function measureWrites({ directory, isQuick }: Options): Promise<void> {
  const length = isQuick ? 'quick' : 'full';
  const service = await openService({
    directory,
    sharedBuffers: '2GB',
    settings: { ACCESS_TOKEN_TTL: '1h' },
    fill: (databaseUrl) => fill(databaseUrl, SIZES[length]),
  });
  const sql = postgres(service.databaseUrl, { max: 1 });
  const redis = createClient({ url: service.env.REDIS_URL });
  await redis.connect();
  try {
    console.log(`${describeMachine()}; ${service.versions}; ${SIZES[length].sessions.toLocaleString('en')} sessions`);
    await printSizes(sql);
    const { logins, sessions } = await drawSample(service);
    const ownSessions = (index: number) => sessions.filter((_, place) => place % CONNECTIONS === index);
    const operations: Record<string, Operation['open']> = {
      login: () => loginCaller(shuffle(logins)),
      refresh: (index) => pickCaller(ownSessions(index).map(refreshCaller)),
      registerEmail: registerCaller,
    };
    console.log(
      '\n| | WAL bytes | with page images | commits | rows written | Redis commands | new keys | bytes each |',
    );
    console.log('|---|---:|---:|---:|---|---:|---:|---:|');
    const readTotals = () => readAll(sql, redis);
    const setPageImages = (isOn: boolean) => turnPageImages(sql, isOn);
    for (const [name, open] of Object.entries(operations))
      await printOperation(service, { name, open, duration: DURATION[length], readTotals, setPageImages });
    const { now } = residentMemory(service.latchkey.pid);
    console.log(`\nMemory of the service afterwards: ${now.toFixed(0)} MB`);
  } finally {
    await redis.close();
    await sql.end();
    await service.close();
  }
}

interface Operation {
  name: string;
  /** Makes the requests of one connection. */
  open: (index: number) => Caller;
  duration: number;
  readTotals: () => Promise<Totals>;
  setPageImages: (isOn: boolean) => Promise<void>;
}

/**
 * PostgreSQL writes the image of a page when it first changes after a checkpoint. How often that happens depends on the load and
 * on max_wal_size, so it is measured without, and right after a checkpoint.
 */
async function turnPageImages(sql: postgres.Sql, isOn: boolean): Promise<void> {
  await sql.unsafe(`alter system set full_page_writes = ${isOn ? 'on' : 'off'}`);
  await sql`select pg_reload_conf()`;
  await sleep(1_000);
  await sql`checkpoint`;
}

async function printOperation({ latchkey }: Service, operation: Operation): Promise<void> {
  const { name, open, duration, readTotals, setPageImages } = operation;
  const run = async () => {
    const callers = Array.from({ length: CONNECTIONS }, (_, index) => open(index));
    return (await load({ port: latchkey.port, callers, duration })).latencies.length;
  };
  await setPageImages(false);
  const resting = await readTotals();
  await sleep(duration + STATISTICS_DELAY);
  const before = await readTotals();
  const count = await run();
  await sleep(STATISTICS_DELAY);
  const after = await readTotals();
  await setPageImages(true);
  const { wal: walBefore } = await readTotals();
  const countWithImages = await run();
  const walWithImages = ((await readTotals()).wal - walBefore) / countWithImages;

  /** Without what the service does at rest. */
  const each = (read: (totals: Totals) => number) =>
    Math.max(0, read(after) - read(before) - (read(before) - read(resting))) / count;
  const keys = after.redis.keys - before.redis.keys;
  console.log(
    `| ${[
      `\`${name}\`, ${count} times`,
      each(({ wal }) => wal).toFixed(0),
      walWithImages.toFixed(0),
      each(({ commits }) => commits).toFixed(1),
      describeRows(before, after, count),
      each(({ redis }) => redis.commands).toFixed(1),
      (keys / count).toFixed(1),
      keys > 0 ? ((after.redis.bytes - before.redis.bytes) / keys).toFixed(0) : '',
    ].join(' | ')} |`,
  );
}

/** Such as "sessions +1 ~2 (1.8 HOT)". Less than a twentieth of a row is left out: housekeeping. */
function describeRows(before: Totals, after: Totals, count: number): string {
  const parts: string[] = [];
  for (const [table, now] of after.rows) {
    const then = before.rows.get(table) ?? { inserted: 0, updated: 0, hot: 0, deleted: 0 };
    const each = (kind: keyof typeof now) => (now[kind] - then[kind]) / count;
    const shown = [
      each('inserted') >= 0.05 && `+${each('inserted').toFixed(1)}`,
      each('updated') >= 0.05 && `~${each('updated').toFixed(1)} (${each('hot').toFixed(1)} HOT)`,
      each('deleted') >= 0.05 && `-${each('deleted').toFixed(1)}`,
    ].filter((part) => part !== false);
    if (shown.length > 0) parts.push(`${table} ${shown.join(' ')}`);
  }
  return parts.join(', ');
}

/** The part of a client that is used. */
interface Redis {
  info(): Promise<string>;
  dbSize(): Promise<number>;
}

async function readAll(sql: postgres.Sql, redis: Redis): Promise<Totals> {
  const [totals] = await sql<{ wal: number; commits: number }[]>`
    select (pg_current_wal_insert_lsn() - '0/0')::float8 as wal, xact_commit::float8 as commits
    from pg_stat_database where datname = current_database()`;
  const tables = await sql<{ name: string; inserted: number; updated: number; hot: number; deleted: number }[]>`
    select relname as name, n_tup_ins::float8 as inserted, n_tup_upd::float8 as updated, n_tup_hot_upd::float8 as hot,
      n_tup_del::float8 as deleted from pg_stat_user_tables order by 1`;
  const info = await redis.info();
  const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
  return {
    wal: totals?.wal ?? Number.NaN,
    commits: totals?.commits ?? Number.NaN,
    rows: new Map(tables.map(({ name, ...counts }) => [name, counts])),
    redis: {
      commands: figure('total_commands_processed'),
      keys: await redis.dbSize(),
      bytes: figure('used_memory_dataset'),
    },
  };
}

async function printSizes(sql: postgres.Sql): Promise<void> {
  const tables = await sql<{ name: string; rows: number; table: number; total: number }[]>`
    select relname as name, greatest(reltuples, 0)::float8 as rows, pg_relation_size(oid)::float8 as table,
      pg_total_relation_size(oid)::float8 as total
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples > 1000 order by total desc`;
  console.log('\n| table | rows | bytes of a row | with indexes |\n|---|---:|---:|---:|');
  for (const { name, rows, table, total } of tables)
    console.log(
      `| \`${name}\` | ${rows.toLocaleString('en')} | ${(table / rows).toFixed(0)} | ${(total / rows).toFixed(0)} |`,
    );
}

const shuffle = <T>(values: readonly T[]): T[] =>
  values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
