import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, type Db, openDatabase } from '../../src/infra/db/client.ts';
import { violatedConstraint } from '../../src/infra/db/conflict.ts';
import { isUnavailable } from '../../src/infra/db/outage.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase, settingsFor } from '../support/databases.ts';
import { onABusyMachine, startOwnTime } from '../support/own-time.ts';
import { type Network, startProxy } from '../support/proxy.ts';
import { eventually } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { startWiretap } from '../support/wiretap.ts';

/** Milliseconds to wait for a connection. */
const ACQUISITION = 500;

const outage = expect.toSatisfy(isUnavailable);
const readPid = async (db: Db): Promise<number> => {
  const [row] = await db.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(select 1) as one`);
  return Number(row?.pid);
};
const insert = (db: Db, value: number) => db.execute(sql`insert into things (value) values (${value})`);
const readValues = async (db: Db): Promise<number[]> => {
  const rows = await db.select({ value: sql<number>`value` }).from(sql`things`).orderBy(sql`value`);
  return rows.map((row) => row.value);
};

/** Whether the server's process exists. It may belong to another user. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

describePostgres('the pool of database connections', () => {
  let fresh: FreshDatabase;
  let admin: Database;
  let network: Network;
  const opened: Database[] = [];

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer(), { migrated: false });
    admin = await openPostgresDatabase(fresh.url);
    const { hostname, port } = new URL(fresh.url);
    network = await startProxy({ host: hostname, port: Number(port) });
    await admin.db.execute(sql`create table things (value integer not null unique)`);
  });
  afterAll(async () => {
    await Promise.all([...opened, admin].map((database) => database?.close()));
    await network?.close();
    await fresh?.drop();
  });

  const open = async (poolSize: number, url = fresh.url): Promise<Database> => {
    const database = await openPostgresDatabase(url, poolSize);
    opened.push(database);
    return database;
  };
  const urlThroughNetwork = () => Object.assign(new URL(fresh.url), { port: String(network.port) }).href;
  const terminateBackend = async (pid: number) => {
    await admin.db.execute(sql`select pg_terminate_backend(${pid})`);
    // The backend leaves pg_stat_activity before it closes its socket.
    await eventually(() => expect(isRunning(pid)).toBe(false));
    await pause(20); // Until the client has noticed.
  };

  /** When a transaction loses its connection, and what it does then. */
  const interruptions: Record<string, (tx: Db, db: Db, pid: number) => Promise<unknown>> = {
    'between two statements': async (tx, _, pid) => {
      await terminateBackend(pid);
      await insert(tx, 2);
    },
    'between two statements, and a caller waits for a connection': async (tx, db, pid) => {
      const waiting = readValues(db).catch(() => {});
      await terminateBackend(pid);
      await Promise.race([waiting, pause(100)]);
      await insert(tx, 2);
    },
    'during a statement': async (tx, _, pid) => {
      setTimeout(() => terminateBackend(pid), 50);
      await tx.execute(sql`select pg_sleep(1)`);
    },
    'during statements sent together': async (tx, _, pid) => {
      setTimeout(() => terminateBackend(pid), 50);
      await Promise.all([tx.execute(sql`select pg_sleep(1)`), insert(tx, 2), insert(tx, 3)]);
    },
    'during a statement, and the error is swallowed': async (tx, _, pid) => {
      setTimeout(() => terminateBackend(pid), 50);
      await tx.execute(sql`select pg_sleep(1)`).catch(() => {});
      await insert(tx, 2).catch(() => {});
      await insert(tx, 3).catch(() => {});
    },
    'during a nested transaction': async (tx, _, pid) => {
      await tx.transaction(async (inner) => {
        await insert(inner, 2);
        await terminateBackend(pid);
        await insert(inner, 3);
      });
    },
  };
  for (const [moment, interrupt] of Object.entries(interruptions)) {
    test(`a transaction whose connection is cut ${moment} keeps nothing, and the next one works (F05)`, async () => {
      const { db } = await open(1);
      const interrupted = db.transaction(async (tx) => {
        await insert(tx, 1);
        await interrupt(tx, db, await readPid(tx));
      });
      await expect(interrupted).rejects.toEqual(outage);
      await pause(50);
      expect(await readValues(admin.db)).toEqual([]);
      await db.transaction((tx) => insert(tx, 4));
      expect(await readValues(db)).toEqual([4]);
      await db.execute(sql`delete from things`);
    });
  }

  test('idle connections that were cut are replaced without an error (F05)', async () => {
    const { db } = await open(3);
    for (let round = 0; round < 3; round++) {
      const pids = await Promise.all([readPid(db), readPid(db), readPid(db)]);
      for (const pid of pids) await terminateBackend(pid);
      const others = await Promise.all([readPid(db), db.transaction(readPid), db.transaction(readPid)]);
      expect(others.filter((pid) => pids.includes(pid))).toEqual([]);
    }
  });

  test('after connections are cut under load, the pool has all its connections again (F05)', async () => {
    const { db } = await open(5, urlThroughNetwork());
    let isOver = false;
    const callers = Array.from({ length: 20 }, async () => {
      while (!isOver) await db.transaction((tx) => readValues(tx)).catch((error) => expect(error).toEqual(outage));
    });
    for (let cut = 0; cut < 40; cut++) {
      await pause(10);
      network.cut();
    }
    isOver = true;
    await Promise.all(callers);
    const elapsed = startOwnTime();
    await Promise.all(Array.from({ length: 5 }, () => db.transaction((tx) => tx.execute(sql`select pg_sleep(0.1)`))));
    expect(elapsed()).toBeLessThan(onABusyMachine(1_000));
  });

  test('a caller that gets no connection fails within half a second (F08)', async () => {
    const { db } = await open(2);
    const holding = [1, 2].map(async () => db.execute(sql`select pg_sleep(1.5)`));
    await pause(50);
    const elapsed = startOwnTime();
    const waiting = Array.from({ length: 30 }, () => expect(readPid(db)).rejects.toEqual(outage));
    await Promise.all(waiting);
    expect(elapsed()).toBeLessThan(onABusyMachine(ACQUISITION));
    await Promise.all(holding);
    expect(await readPid(db)).toBeGreaterThan(0);
  });

  test('a statement over the time limit fails with Unavailable, even in a transaction, and costs no connection (F09)', async () => {
    const { db } = await open(1);
    const pid = await readPid(db);
    await expect(db.execute(sql`select pg_sleep(10)`)).rejects.toEqual(outage);
    await expect(db.transaction((tx) => tx.execute(sql`select pg_sleep(10)`))).rejects.toEqual(outage);
    expect(await readPid(db)).toBe(pid);
  });

  test('the victim of a deadlock can retry (F09)', async () => {
    await admin.db.execute(sql`insert into things values (10), (20)`);
    const { db } = await open(2);
    const lockBoth = (one: number, other: number) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select from things where value = ${one} for update`);
        await pause(100);
        await tx.execute(sql`select from things where value = ${other} for update`);
      });
    const outcomes = await Promise.allSettled([lockBoth(10, 20), lockBoth(20, 10)]);
    const rejected = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(rejected.map(({ reason }) => reason)).toEqual([outage]);
    await admin.db.execute(sql`delete from things`);
  });

  test('a violated constraint does not fail with Unavailable, and costs no connection', async () => {
    const { db } = await open(1);
    const pid = await readPid(db);
    await insert(db, 7);
    const violation = db.transaction((tx) => insert(tx, 7));
    await expect(violation).rejects.not.toEqual(outage);
    expect(violatedConstraint(await violation.catch((error) => error))).toBe('things_value_key');
    expect(await readPid(db)).toBe(pid);
    await db.execute(sql`delete from things`);
  });

  test('connections that died silently are discarded and replaced', async () => {
    const { db } = await open(2, urlThroughNetwork());
    await Promise.all([readPid(db), readPid(db)]);
    network.strand();
    const lost = [readPid(db), db.transaction((tx) => insert(tx, 9))].map((work) =>
      expect(work).rejects.toEqual(outage),
    );
    await Promise.all(lost);
    expect(await readValues(db)).toEqual([]);
    await Promise.all([readPid(db), readPid(db)]);
  });

  test('closing lets running work finish and rejects new work', async () => {
    const { db, close } = await openPostgresDatabase(fresh.url, 2);
    const running = db.transaction(async (tx) => {
      await tx.execute(sql`select pg_sleep(0.2)`);
      await insert(tx, 5);
    });
    await pause(50);
    const closing = close();
    await expect(async () => readPid(db)).rejects.toEqual(outage);
    await Promise.all([running, closing]);
    expect(await readValues(admin.db)).toEqual([5]);
    await admin.db.execute(sql`delete from things`);
  });

  test('behind PgBouncer nothing is prepared, and no session settings are used', async () => {
    const { hostname, port } = new URL(fresh.url);
    const wire = await startWiretap({ host: hostname, port: Number(port) });
    const url = Object.assign(new URL(fresh.url), { port: String(wire.port) }).href;
    const recordTraffic = async (preparedStatements: boolean) => {
      const { db, close } = await openDatabase({ ...settingsFor(url), preparedStatements });
      for (let round = 0; round < 3; round++) await db.transaction((tx) => insert(tx, round));
      await db.execute(sql`delete from things`);
      await close();
      return wire.heard.splice(0);
    };
    const pooled = await recordTraffic(false);
    expect(new Set(pooled.flatMap(({ statement }) => (statement === undefined ? [] : [statement])))).toEqual(
      new Set(['']),
    );
    const allowed = ['user', 'database', 'client_encoding', 'application_name'];
    for (const { parameters } of pooled) expect(allowed).toEqual(expect.arrayContaining(Object.keys(parameters ?? {})));
    // Checks the wiretap itself: without a pooler, statements have names.
    expect((await recordTraffic(true)).some(({ statement }) => statement)).toBe(true);
    await wire.close();
  });
});
