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
import { onABusyMachine } from '../support/own-time.ts';
import { freePort } from '../support/ports.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type Network, startProxy } from '../support/proxy.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';

/** Milliseconds: per response while Redis is down, and until Redis is used again. */
const [RESPONSE, RECOVERY] = [1_000, 2_000].map(onABusyMachine) as [number, number];

describeServers('the store while Redis fails', ['own postgres', 'own redis'], () => {
  const ten: RateLimit = { name: 'ten', max: 10, window: 60_000 };
  const plenty: RateLimit = { name: 'plenty', max: 1_000_000, window: 60_000 };
  let postgres: PostgresServer;
  let fresh: FreshDatabase;
  let redis: RedisServer;
  let network: Network;
  let replicaA: { database: Database; store: Store };
  /** Reaches Redis through a network that can fail. */
  let replicaB: { database: Database; store: Store };

  const openReplica = async (url: string) => {
    const database = await openPostgresDatabase(fresh.url);
    return {
      database,
      store: await openStore(
        { kind: 'redis', servers: { kind: 'single', urls: [url] } },
        { db: database.db, clock: systemClock },
      ),
    };
  };
  const closeReplica = async ({ database, store }: { database: Database; store: Store }) => {
    await store.close();
    await database.close();
  };
  const waitForRecovery = () =>
    eventually(() => {
      if (!replicaA.store.isUp() || !replicaB.store.isUp()) throw new Error('a replica does not use Redis again');
    }, RECOVERY);

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    fresh = await freshDatabase(postgres.url);
    network = await startProxy({ host: '127.0.0.1', port: Number(new URL(redis.urls[0]).port) });
    replicaA = await openReplica(redis.urls[0]);
    replicaB = await openReplica(`redis://127.0.0.1:${network.port}`);
  }, 30_000);
  afterAll(async () => {
    redis?.resume();
    await Promise.all([replicaA, replicaB].map((replica) => replica && closeReplica(replica)));
    await network?.close();
    await Promise.all([redis?.stop(), postgres?.stop()]);
  }, 30_000);

  /**
   * Keeps sixteen callers busy on both replicas during the work.
   * @param work is told how many calls there were so far
   * @returns milliseconds of the slowest call
   */
  async function underLoad(work: (calls: () => number) => Promise<unknown>): Promise<number> {
    let [slowest, calls, isOver] = [0, 0, false];
    const timed = async (call: () => unknown) => {
      const started = performance.now();
      await call();
      slowest = Math.max(slowest, performance.now() - started);
      calls += 1;
    };
    const callers = Array.from({ length: 16 }, async (_, index) => {
      const { store } = index % 2 ? replicaA : replicaB;
      while (!isOver) {
        await timed(() => store.rateLimits.consume(plenty, `caller ${index}`));
        await timed(() => store.revocations.isRevoked(newSession()));
        await pause(5);
      }
    });
    try {
      await work(() => calls);
    } finally {
      isOver = true;
      await Promise.all(callers);
    }
    return slowest;
  }

  test('responds within a second under load while Redis hangs, and uses Redis again within two seconds of its return (F01)', async () => {
    const slowest = await underLoad(async (calls) => {
      await pause(200);
      redis.pause();
      await pause(RESPONSE + 500); // A call that waits for Redis is slower than allowed.
      expect([replicaA.store.isUp(), replicaB.store.isUp()]).toEqual([false, false]);
      redis.resume();
      await waitForRecovery();
      await expect.poll(calls).toBeGreaterThan(100);
    });
    expect(slowest).toBeLessThan(RESPONSE);
  });

  test('enforces every limit while Redis hangs: of forty attempts on two replicas, ten are allowed (F01)', async () => {
    const key = randomUUID();
    redis.pause();
    const attempts = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? replicaA : replicaB).store.rateLimits.consume(ten, key),
    );
    const results = await Promise.all(attempts);
    redis.resume();
    expect(results.filter((result) => result.allowed)).toHaveLength(10);
    await waitForRecovery();
  });

  test('responds within a second while Redis is down, and replays nothing afterwards (F02)', async () => {
    const key = randomUUID();
    const slowest = await underLoad(async () => {
      await pause(200);
      await redis.kill();
      const results = await Promise.all(Array.from({ length: 20 }, () => replicaA.store.rateLimits.consume(ten, key)));
      expect(results.filter((result) => result.allowed)).toHaveLength(10);
      await pause(RESPONSE + 500);
      await redis.restart();
      await waitForRecovery();
    });
    expect(slowest).toBeLessThan(RESPONSE);
    await pause(500);
    expect(await replicaA.store.rateLimits.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
  });

  test('a replica that starts without Redis uses it once it is available (F02)', async () => {
    const port = await freePort();
    const started = performance.now();
    const replica = await openReplica(`redis://127.0.0.1:${port}`);
    expect(performance.now() - started).toBeLessThan(onABusyMachine(3_000));
    expect(replica.store.isUp()).toBe(false);
    expect(await replica.store.rateLimits.consume(ten, randomUUID())).toEqual({ allowed: true, remaining: 9 });
    const appearing = await startProxy({ host: '127.0.0.1', port: Number(new URL(redis.urls[0]).port) }, port);
    await eventually(() => {
      if (!replica.store.isUp()) throw new Error('Redis is not used');
    }, RECOVERY);
    await closeReplica(replica);
    await appearing.close();
  });

  test('emptying or restarting Redis revives no session and resets no limit on guesses (F03, T70)', async () => {
    const [ended, key] = [newSession(), randomUUID()];
    await endSession(replicaA.database.db, ended);
    replicaA.store.revocations.announce([ended]);
    await expectRejectedWithinASecond(replicaB.store.revocations, ended);
    await replicaA.store.durableRateLimits.consume(ten, key, 10);

    for (const loseData of [redis.flush, redis.restart]) {
      await loseData();
      const late = await openReplica(redis.urls[0]);
      for (const { store } of [replicaA, replicaB, late]) {
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
    const early = await Promise.all([1, 2, 3, 4].map(() => replicaA.store.rateLimits.consume(ten, key)));
    expect(early.filter((result) => result.allowed)).toHaveLength(4);
    redis.resume();
    await waitForRecovery();
    await eventually(async () =>
      expect(await replicaA.store.rateLimits.peek(ten, key)).toEqual({ allowed: true, remaining: 6 }),
    );
    const later = await Promise.all(Array.from({ length: 20 }, () => replicaB.store.rateLimits.consume(ten, key)));
    expect(later.filter((result) => result.allowed)).toHaveLength(6);
  });

  const failures: Record<string, { fail(): unknown; recover(): unknown }> = {
    hung: { fail: () => redis.pause(), recover: () => redis.resume() },
    gone: { fail: () => redis.kill(), recover: () => redis.restart() },
    'behind a broken network': { fail: () => network.freeze(), recover: () => network.thaw() },
    'dropping connections': { fail: () => network.cut(), recover: () => {} },
  };
  for (const [state, { fail, recover }] of Object.entries(failures)) {
    test(`a session ended while Redis is ${state} is rejected by the other replica within a second, and still after recovery (T70)`, async () => {
      const [during, after, innocent] = [newSession(), newSession(), newSession()];
      await fail();
      await endSession(replicaA.database.db, during);
      replicaA.store.revocations.announce([during]);
      expect(await replicaA.store.revocations.isRevoked(during)).toBe(true);
      await expectRejectedWithinASecond(replicaB.store.revocations, during);
      expect(await replicaB.store.revocations.isRevoked(innocent)).toBe(false);

      await recover();
      await endSession(replicaA.database.db, after);
      replicaA.store.revocations.announce([after]);
      await expectRejectedWithinASecond(replicaB.store.revocations, after);
      expect(await replicaB.store.revocations.isRevoked(during)).toBe(true);
      await waitForRecovery();
    });
  }

  test('without Redis and the database, limits and revocations fail closed: no session is accepted from an outdated cache', async () => {
    const [known, unknown] = [newSession(), newSession()];
    await endSession(replicaA.database.db, known);
    await expectRejectedWithinASecond(replicaB.store.revocations, known);
    await Promise.all([postgres.kill('SIGKILL'), redis.kill()]);
    await pause(1_000);
    await expect(async () => replicaB.store.revocations.isRevoked(unknown)).rejects.toBeInstanceOf(Unavailable);
    await expect(replicaB.store.rateLimits.consume(ten, randomUUID())).rejects.toBeInstanceOf(Unavailable);
    expect(await replicaB.store.revocations.isRevoked(known)).toBe(true);

    await Promise.all([postgres.restart('immediate'), redis.restart()]);
    await eventually(async () => expect(await replicaB.store.revocations.isRevoked(unknown)).toBe(false));
    await endSession(replicaA.database.db, unknown);
    await expectRejectedWithinASecond(replicaB.store.revocations, unknown);
  });
});
