import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { MINUTE, SECOND, systemClock } from '../../src/core/clock.ts';
import type { Database, Db } from '../../src/infra/db/client.ts';
import { clockDifference, type DatabaseClock, databaseClock } from '../../src/infra/db/clock.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

/** Of the round trip and of two processes that take turns on two cores. */
const TOLERANCE = 250;

describePostgres('a replica whose own clock is wrong (F21)', () => {
  let fresh: FreshDatabase;
  let database: Database;
  const clocks: DatabaseClock[] = [];

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    database = await openPostgresDatabase(fresh.url);
  });
  afterEach(() => {
    vi.useRealTimers();
    for (const clock of clocks.splice(0)) clock.close();
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });

  const open = async (anchorEvery?: number) => {
    const clock = await databaseClock(database.db, anchorEvery);
    clocks.push(clock);
    return clock;
  };
  const shift = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: systemClock.now().getTime() + milliseconds });
  const databaseTime = async () => {
    const [row] = await database.db
      .select({ time: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision` })
      .from(sql`(select 1) as one`);
    return Number(row?.time);
  };

  test.each([
    ['five minutes fast', 5 * MINUTE],
    ['five minutes slow', -5 * MINUTE],
    ['a day slow', -24 * 60 * MINUTE],
  ])('%s agrees with the database and so with the others (F21)', async (_, wrong) => {
    const right = await open();
    shift(wrong);
    const clock = await open();
    expect(Math.abs(systemClock.now().getTime() - (await databaseTime()))).toBeGreaterThan(4 * MINUTE);
    expect(Math.abs(clock.now().getTime() - (await databaseTime()))).toBeLessThan(TOLERANCE);
    expect(Math.abs(clock.now().getTime() - right.now().getTime())).toBeLessThan(TOLERANCE);
    expect(Math.abs((await clockDifference(database.db, systemClock)) - wrong)).toBeLessThan(TOLERANCE);
  });

  test('whose clock is set while it runs does not notice (F21)', async () => {
    const clock = await open(50);
    shift(5 * MINUTE);
    await sleep(200);
    expect(Math.abs(clock.now().getTime() - (await databaseTime()))).toBeLessThan(TOLERANCE);
  });

  test('time never runs backwards while it is adjusted again and again (F21)', async () => {
    const clock = await open(5);
    let latest = clock.now();
    for (let turn = 0; turn < 2_000; turn++) {
      if (turn % 100 === 0) await sleep(10);
      const now = clock.now();
      expect(now >= latest).toBe(true);
      latest = now;
    }
  });
});

describe('when the database’s own time changes', () => {
  /** A database whose clock is so far off. */
  const databaseAhead = (ahead: () => number): Db => {
    const rows = async () => [{ time: systemClock.now().getTime() + ahead() }];
    return { select: () => ({ from: rows }) } as unknown as Db; // The one query that the clock asks.
  };

  test.each([
    ['forwards', 5 * MINUTE],
    ['far backwards, as after a failover to another server', -5 * MINUTE],
  ])('%s, the clock follows', async (_, change) => {
    let ahead = 0;
    const clock = await databaseClock(
      databaseAhead(() => ahead),
      20,
    );
    clock.now();
    ahead = change;
    await sleep(100);
    expect(Math.abs(clock.now().getTime() - systemClock.now().getTime() - change)).toBeLessThan(TOLERANCE);
    clock.close();
  });

  test('a little backwards, the clock waits', async () => {
    let ahead = 500;
    const clock = await databaseClock(
      databaseAhead(() => ahead),
      20,
    );
    const before = clock.now();
    ahead = 0;
    await sleep(100);
    expect(clock.now() >= before).toBe(true);
    expect(clock.now().getTime() - before.getTime()).toBeLessThan(SECOND / 2);
    clock.close();
  });
});
