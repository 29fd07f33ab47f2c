import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Unavailable } from '../../src/core/errors.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { openStore, type Store } from '../../src/infra/store/open-store.ts';
import type { RateLimit } from '../../src/infra/store/rate-limits.ts';
import { endSession, expectRejectedWithinASecond, newSession } from '../contracts/revocations.contract.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type Network, startProxy } from '../support/proxy.ts';
import { type RedisServer, startRedis, startRedisCluster } from '../support/redis.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers, postgresServer } from '../support/servers.ts';

/** Milliseconds: per response while Redis is down, and until Redis is used again. */
const [RESPONSE, RECOVERY] = [1_000, 2_000];

describeServers('the store while Redis fails', ['own postgres', 'own redis'], () => {
  const ten: RateLimit = { name: 'ten', max: 10, window: 60_000 };
  const plenty: RateLimit = { name: 'plenty', max: 1_000_000, window: 60_000 };
  let postgres: PostgresServer;
  let fresh: FreshDatabase;
  let redis: RedisServer;
  let network: Network;
  /** The second replica reaches Redis through a network that can fail. */
  let here: { database: Database; store: Store };
  let there: { database: Database; store: Store };

  const openReplica = async (url: string) => {
    const database = await openPostgresDatabase(fresh.url);
    return {
      database,
      store: await openStore({ kind: 'redis', urls: [url] }, { db: database.db, clock: systemClock }),
    };
  };
  const closeReplica = async ({ database, store }: { database: Database; store: Store }) => {
    await store.close();
    await database.close();
  };
  const waitForRecovery = () =>
    eventually(() => {
      if (!here.store.isUp() || !there.store.isUp()) throw new Error('a replica does not use Redis again');
    }, RECOVERY);

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    fresh = await freshDatabase(postgres.url);
    network = await startProxy({ host: '127.0.0.1', port: Number(new URL(redis.urls[0]).port) });
    here = await openReplica(redis.urls[0]);
    there = await openReplica(`redis://127.0.0.1:${network.port}`);
  }, 30_000);
  afterAll(async () => {
    redis?.resume();
    await Promise.all([here, there].map((replica) => replica && closeReplica(replica)));
    await network?.close();
    await Promise.all([redis?.stop(), postgres?.stop()]);
  }, 30_000);

  /** Keeps sixteen callers busy on both replicas during the work. @returns milliseconds of the slowest response */
  async function underLoad(work: () => Promise<unknown>): Promise<{ slowest: number; answers: number }> {
    let [slowest, answers, isOver] = [0, 0, false];
    const timed = async (call: () => unknown) => {
      const started = performance.now();
      await call();
      slowest = Math.max(slowest, performance.now() - started);
      answers += 1;
    };
    const callers = Array.from({ length: 16 }, async (_, index) => {
      const { store } = index % 2 ? here : there;
      while (!isOver) {
        await timed(() => store.rateLimits.consume(plenty, `caller ${index}`));
        await timed(() => store.revocations.isRevoked(newSession()));
        await pause(5);
      }
    });
    try {
      await work();
    } finally {
      isOver = true;
      await Promise.all(callers);
    }
    return { slowest, answers };
  }

  test('responds within a second under load if Redis hangs, and uses Redis again within two (F01)', async () => {
    const { slowest, answers } = await underLoad(async () => {
      await pause(200);
      redis.pause();
      await pause(3_000);
      expect([here.store.isUp(), there.store.isUp()]).toEqual([false, false]);
      redis.resume();
      await waitForRecovery();
      await pause(200);
    });
    expect(slowest).toBeLessThan(RESPONSE);
    expect(answers).toBeGreaterThan(100);
  });

  test('skips no limit if Redis hangs: of forty attempts on two replicas, ten are allowed (F01)', async () => {
    const key = randomUUID();
    redis.pause();
    const attempts = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? here : there).store.rateLimits.consume(ten, key),
    );
    const answers = await Promise.all(attempts);
    redis.resume();
    expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
    await waitForRecovery();
  });

  test('responds within a second if Redis is killed, and replays nothing afterwards (F02)', async () => {
    const key = randomUUID();
    const { slowest } = await underLoad(async () => {
      await pause(200);
      await redis.kill();
      const answers = await Promise.all(Array.from({ length: 20 }, () => here.store.rateLimits.consume(ten, key)));
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
      await pause(1_000);
      await redis.restart();
      await waitForRecovery();
    });
    expect(slowest).toBeLessThan(RESPONSE);
    await pause(500);
    expect(await here.store.rateLimits.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
  });

  test('a replica that starts without Redis uses it once it is available (F02)', async () => {
    const port = await freePort();
    const started = performance.now();
    const replica = await openReplica(`redis://127.0.0.1:${port}`);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(replica.store.isUp()).toBe(false);
    expect(await replica.store.rateLimits.consume(ten, randomUUID())).toEqual({ allowed: true, remaining: 9 });
    const appearing = await startProxy({ host: '127.0.0.1', port: Number(new URL(redis.urls[0]).port) }, port);
    await eventually(() => {
      if (!replica.store.isUp()) throw new Error('Redis is not used');
    }, RECOVERY);
    await closeReplica(replica);
    await appearing.close();
  });

  test('an emptied or restarted Redis revives no session and resets no guesses (F03, T70)', async () => {
    const [ended, key] = [newSession(), randomUUID()];
    await endSession(here.database.db, ended);
    here.store.revocations.announce([ended]);
    await expectRejectedWithinASecond(there.store.revocations, ended);
    await here.store.durableRateLimits.consume(ten, key, 10);

    for (const forget of [redis.flush, redis.restart]) {
      await forget();
      const late = await openReplica(redis.urls[0]);
      for (const { store } of [here, there, late]) {
        expect(await store.revocations.isRevoked(ended)).toBe(true);
        expect(await store.durableRateLimits.consume(ten, key)).toMatchObject({ allowed: false });
      }
      await closeReplica(late);
    }
    await waitForRecovery();
  });

  test('an attempt that Redis counts after its timeout makes the limit stricter, never looser (F04)', async () => {
    const key = randomUUID();
    redis.pause();
    const early = await Promise.all([1, 2, 3, 4].map(() => here.store.rateLimits.consume(ten, key)));
    expect(early.filter((answer) => answer.allowed)).toHaveLength(4);
    redis.resume();
    await waitForRecovery();
    await eventually(async () =>
      expect(await here.store.rateLimits.peek(ten, key)).toEqual({ allowed: true, remaining: 6 }),
    );
    const later = await Promise.all(Array.from({ length: 20 }, () => there.store.rateLimits.consume(ten, key)));
    expect(later.filter((answer) => answer.allowed)).toHaveLength(6);
  });

  const failures: Record<string, { fail(): unknown; recover(): unknown }> = {
    hung: { fail: () => redis.pause(), recover: () => redis.resume() },
    gone: { fail: () => redis.kill(), recover: () => redis.restart() },
    'behind a broken network': { fail: () => network.freeze(), recover: () => network.thaw() },
    'dropping connections': { fail: () => network.cut(), recover: () => {} },
  };
  for (const [state, { fail, recover }] of Object.entries(failures)) {
    test(`a session ended while Redis is ${state} is rejected by the other replica within a second, also after recovery (T70)`, async () => {
      const [during, after, innocent] = [newSession(), newSession(), newSession()];
      await fail();
      await endSession(here.database.db, during);
      here.store.revocations.announce([during]);
      expect(await here.store.revocations.isRevoked(during)).toBe(true);
      await expectRejectedWithinASecond(there.store.revocations, during);
      expect(await there.store.revocations.isRevoked(innocent)).toBe(false);

      await recover();
      await endSession(here.database.db, after);
      here.store.revocations.announce([after]);
      await expectRejectedWithinASecond(there.store.revocations, after);
      expect(await there.store.revocations.isRevoked(during)).toBe(true);
      await waitForRecovery();
    });
  }

  test('without Redis and the database, revocations and limits fail closed: an outdated cache accepts no session', async () => {
    const [known, unknown] = [newSession(), newSession()];
    await endSession(here.database.db, known);
    await expectRejectedWithinASecond(there.store.revocations, known);
    await Promise.all([postgres.kill('SIGKILL'), redis.kill()]);
    await pause(RESPONSE);
    await expect(async () => there.store.revocations.isRevoked(unknown)).rejects.toBeInstanceOf(Unavailable);
    await expect(there.store.rateLimits.consume(ten, randomUUID())).rejects.toBeInstanceOf(Unavailable);
    expect(await there.store.revocations.isRevoked(known)).toBe(true);

    await Promise.all([postgres.restart('immediate'), redis.restart()]);
    await eventually(async () => expect(await there.store.revocations.isRevoked(unknown)).toBe(false));
    await endSession(here.database.db, unknown);
    await expectRejectedWithinASecond(there.store.revocations, unknown);
  });
});

describeServers('the store while a Redis Cluster fails', ['postgres', 'own redis'], () => {
  const ten: RateLimit = { name: 'ten', max: 10, window: 60_000 };

  test('the database replaces a hung or killed cluster within a second, until the cluster is back (F01, F02)', async () => {
    const [fresh, cluster] = await Promise.all([
      postgresServer().then((url) => freshDatabase(url)),
      startRedisCluster(),
    ]);
    const { db, close } = await openPostgresDatabase(fresh.url);
    const store = await openStore({ kind: 'redis', urls: cluster.urls }, { db, clock: systemClock });
    const withoutRedis = async () => {
      const started = performance.now();
      const [key, ended] = [randomUUID(), newSession()];
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.rateLimits.consume(ten, key)));
      expect(performance.now() - started).toBeLessThan(RESPONSE);
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
      await endSession(db, ended);
      await expectRejectedWithinASecond(store.revocations, ended);
      expect(store.isUp()).toBe(false);
    };
    const waitForRecovery = () => eventually(() => expect(store.isUp()).toBe(true), RECOVERY);

    cluster.pause();
    await withoutRedis();
    cluster.resume();
    await waitForRecovery();
    await cluster.kill();
    await withoutRedis();
    await cluster.restart();
    await waitForRecovery();

    await store.close();
    await close();
    await Promise.all([fresh.drop(), cluster.stop()]);
  }, 30_000);
});
