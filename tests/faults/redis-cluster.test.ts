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
    const store = await openStore({ kind: 'redis', urls: cluster.urls }, { db, clock: systemClock });
    const expectDatabaseUsed = async () => {
      const started = performance.now();
      const [key, ended] = [randomUUID(), newSession()];
      const results = await Promise.all(Array.from({ length: 20 }, () => store.rateLimits.consume(ten, key)));
      expect(performance.now() - started).toBeLessThan(RESPONSE);
      expect(results.filter((result) => result.allowed)).toHaveLength(10);
      await endSession(db, ended);
      await expectRejectedWithinASecond(store.revocations, ended);
      expect(store.isUp()).toBe(false);
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
});
