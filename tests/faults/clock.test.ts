import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { MINUTE, SECOND, systemClock } from '../../src/core/clock.ts';
import type { Database, Db } from '../../src/infra/db/client.ts';
import { clockDifference, type DatabaseClock, databaseClock } from '../../src/infra/db/clock.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

/** Milliseconds: allows for the round trip on a busy machine. */
const TOLERANCE = 250;

describePostgres('a replica with a wrong clock (F21)', () => {
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

  const openClock = async (anchorEvery?: number) => {
    const clock = await databaseClock(database.db, anchorEvery);
    clocks.push(clock);
    return clock;
  };
  const shift = (milliseconds: number) =>
    vi.useFakeTimers({ toFake: ['Date'], now: systemClock.now().getTime() + milliseconds });
  const readDatabaseTime = async () => {
    const [row] = await database.db
      .select({ time: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision` })
      .from(sql`(select 1) as one`);
    return Number(row?.time);
  };

  test.each([
    ['five minutes fast', 5 * MINUTE],
    ['five minutes slow', -5 * MINUTE],
    ['a day slow', -24 * 60 * MINUTE],
  ])('that is %s agrees with the database and the other replicas (F21)', async (_, offset) => {
    const accurate = await openClock();
    shift(offset);
    const clock = await openClock();
    expect(Math.abs(systemClock.now().getTime() - (await readDatabaseTime()))).toBeGreaterThan(4 * MINUTE);
    expect(Math.abs(clock.now().getTime() - (await readDatabaseTime()))).toBeLessThan(TOLERANCE);
    expect(Math.abs(clock.now().getTime() - accurate.now().getTime())).toBeLessThan(TOLERANCE);
    expect(Math.abs((await clockDifference(database.db, systemClock)) - offset)).toBeLessThan(TOLERANCE);
  });

  test('is not affected when its clock is changed while it runs (F21)', async () => {
    const clock = await openClock(50);
    shift(5 * MINUTE);
    await sleep(200);
    expect(Math.abs(clock.now().getTime() - (await readDatabaseTime()))).toBeLessThan(TOLERANCE);
  });

  test('never sees time run backwards while the clock is adjusted (F21)', async () => {
    const clock = await openClock(5);
    let latest = clock.now();
    for (let round = 0; round < 2_000; round++) {
      if (round % 100 === 0) await sleep(10);
      const now = clock.now();
      expect(now >= latest).toBe(true);
      latest = now;
    }
  });
});

describe('when the database’s time changes', () => {
  /** A database whose clock is ahead by this many milliseconds. */
  const createDatabase = (ahead: () => number): Db => {
    const rows = async () => [{ time: systemClock.now().getTime() + ahead() }];
    return { select: () => ({ from: rows }) } as unknown as Db; // The clock's only query.
  };

  test.each([
    ['forwards', 5 * MINUTE],
    ['far backwards, as after a failover to another server', -5 * MINUTE],
  ])('%s, the clock follows', async (_, change) => {
    let ahead = 0;
    const clock = await databaseClock(
      createDatabase(() => ahead),
      20,
    );
    clock.now();
    ahead = change;
    await sleep(100);
    expect(Math.abs(clock.now().getTime() - systemClock.now().getTime() - change)).toBeLessThan(TOLERANCE);
    clock.close();
  });

  test('slightly backwards, the clock waits', async () => {
    let ahead = 500;
    const clock = await databaseClock(
      createDatabase(() => ahead),
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
