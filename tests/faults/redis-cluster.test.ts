import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openStore } from '../../src/infra/store/open-store.ts';
import type { RateLimit } from '../../src/infra/store/rate-limits.ts';
import { endSession, expectRejectedWithinASecond, newSession } from '../contracts/revocations.contract.ts';
import { freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { startRedisCluster } from '../support/redis.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers, postgresServer } from '../support/servers.ts';

/** Milliseconds: per response while Redis is down, and until Redis is used again. */
const [RESPONSE, RECOVERY] = [1_000, 2_000].map(onABusyMachine) as [number, number];

describeServers('the store while a Redis Cluster fails', ['postgres', 'own redis'], () => {
  const ten: RateLimit = { name: 'ten', max: 10, window: 60_000 };

  test('the database takes over within a second from a hung or killed cluster, until the cluster is back (F01, F02)', async () => {
    const [fresh, cluster] = await Promise.all([
      postgresServer().then((url) => freshDatabase(url)),
      startRedisCluster(),
    ]);
    const { db, close } = await openPostgresDatabase(fresh.url);
    const store = await openStore({ kind: 'redis', servers: cluster.servers }, { db, clock: systemClock });
    const expectDatabaseUsed = async () => {
      const started = performance.now();
      const [key, ended] = [randomUUID(), newSession()];
      const results = await Promise.all(Array.from({ length: 20 }, () => store.rateLimits.consume(ten, key)));
      expect(performance.now() - started).toBeLessThan(RESPONSE);
      expect(results.filter((result) => result.allowed)).toHaveLength(10);
      await endSession(db, ended);
      await expectRejectedWithinASecond(store.revocations, ended);
      await eventually(() => expect(store.isUp()).toBe(false), RESPONSE);
    };
    const waitForRecovery = () => eventually(() => expect(store.isUp()).toBe(true), RECOVERY);

    cluster.pause();
    await expectDatabaseUsed();
    cluster.resume();
    await waitForRecovery();
    await cluster.kill();
    await expectDatabaseUsed();
    await cluster.restart();
    await waitForRecovery();

    await store.close();
    await close();
    await Promise.all([fresh.drop(), cluster.stop()]);
  }, 30_000);

  test('a cluster whose only node in REDIS_URL dies is used again within ten seconds of the failover (F32)', async () => {
    const [fresh, cluster] = await Promise.all([
      postgresServer().then((url) => freshDatabase(url)),
      startRedisCluster({ replicas: true }),
    ]);
    const { db, close } = await openPostgresDatabase(fresh.url);
    const servers = { kind: 'cluster', urls: [cluster.urls[0]] } as const;
    const stores = await Promise.all(
      [1, 2].map(() => openStore({ kind: 'redis', servers }, { db, clock: systemClock })),
    );
    const areUp = () => stores.map((store) => store.isUp());
    expect(areUp()).toEqual([true, true]);
    const count = async () => {
      const key = randomUUID();
      const attempts = Array.from({ length: 40 }, (_, index) => stores[index % 2]?.rateLimits.consume(ten, key));
      return (await Promise.all(attempts)).filter((result) => result?.allowed).length;
    };

    await cluster.killFirst();
    await eventually(() => expect(areUp()).toEqual([false, false]));
    const ended = newSession();
    await endSession(db, ended);
    for (const { revocations } of stores) await expectRejectedWithinASecond(revocations, ended);
    const started = performance.now();
    await count();
    expect(performance.now() - started).toBeLessThan(RESPONSE);
    await eventually(() => expect(areUp()).toEqual([true, true]), onABusyMachine(10_000));
    expect(await count()).toBe(10);
    for (const { revocations } of stores) expect(await revocations.isRevoked(ended)).toBe(true);

    await Promise.all(stores.map((store) => store.close()));
    await close();
    await Promise.all([fresh.drop(), cluster.stop()]);
  }, 120_000);
});
