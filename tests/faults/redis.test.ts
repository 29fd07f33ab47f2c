import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, type Tally, underLoad } from '../support/load.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { startReplicas, withinASecond } from '../support/replicas.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers, postgresServer } from '../support/servers.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  logOut,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';

/** Milliseconds: per response while Redis is down, and until Redis is used again. */
const [RESPONSE, RECOVERY] = [1_000, 2_000].map(onABusyMachine) as [number, number];
const GRACE = 1_000;

describeServers('the service while Redis fails', ['postgres', 'own redis'], () => {
  let fresh: FreshDatabase;
  let redis: RedisServer;
  let replicaA: TestApp;
  let replicaB: TestApp;

  beforeAll(async () => {
    [fresh, redis] = await Promise.all([postgresServer().then((url) => freshDatabase(url)), startRedis()]);
    [replicaA, replicaB] = await startReplicas({
      ...WITHOUT_VERIFICATION,
      REFRESH_GRACE: `${GRACE}ms`,
      LOGIN_BUDGET_ACCOUNT: '5/15m',
      DATABASE_URL: fresh.url,
      REDIS_URL: redis.urls[0],
    });
  });
  afterEach(() => expectInvariants(fresh.url));
  afterAll(async () => {
    redis?.resume();
    await Promise.all([replicaA?.close(), replicaB?.close()]);
    await Promise.all([fresh?.drop(), redis?.stop()]);
  });

  const waitForRecovery = () =>
    eventually(async () => {
      for (const replica of [replicaA, replicaB]) {
        const { health } = await replica.client().request(HealthDocument);
        expect(health).toMatchObject({ status: 'UP', store: 'UP' });
      }
    }, RECOVERY);

  /** Keeps callers refreshing and signing in on both replicas during the work. */
  async function underRefreshes(work: (tally: Readonly<Tally>) => Promise<unknown>): Promise<Tally> {
    const clients = [replicaA.client(), replicaB.client()];
    const users = await Promise.all(Array.from({ length: 4 }, () => registerUser(replicaA.client())));
    const refreshers = users.map((user) => createRefresher(clients, user));
    return underLoad(
      [
        ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
        ...users.slice(0, 2).map(({ email }, index) => keepLoggingIn((index ? replicaA : replicaB).client(), email)),
      ],
      work,
    );
  }

  const failures: [string, string, () => unknown, () => unknown][] = [
    ['F01', 'hangs', () => redis.pause(), () => redis.resume()],
    ['F02', 'is killed', () => redis.kill(), () => redis.restart()],
  ];
  for (const [number, failure, fail, recover] of failures) {
    const checkOutage = async () => {
      const [loggedOut, other] = await Promise.all([registerUser(replicaA.client()), registerUser(replicaA.client())]);
      const tally = await underRefreshes(async (soFar) => {
        await pause(300);
        await fail();
        await logOut(replicaA.client(), loggedOut.refreshToken);
        expect(await isTokenAccepted(replicaA.client(), loggedOut.accessToken)).toBe(false);
        await withinASecond(async () => !(await isTokenAccepted(replicaB.client(), loggedOut.accessToken)));
        expect(await isTokenAccepted(replicaB.client(), other.accessToken)).toBe(true);
        await pause(RESPONSE + 500); // A request that waits for Redis is slower than allowed.
        const { health } = await replicaA.client().request(HealthDocument);
        expect(health).toMatchObject({ status: 'UP', database: 'UP', store: 'DOWN' });
        await recover();
        await waitForRecovery();
        await expect.poll(() => soFar.responses).toBeGreaterThan(100);
      });
      expect(tally).toMatchObject({ wrong: [], unavailable: 0, lost: 0 });
      expect(tally.slowest).toBeLessThan(RESPONSE);
      for (const client of [replicaA.client(), replicaB.client()]) {
        expect(await isTokenAccepted(client, loggedOut.accessToken)).toBe(false);
        expect(await getRejectionReason(client, loggedOut.refreshToken)).toBe('REVOKED');
      }
    };
    const rule =
      'requests finish within a second, a logout takes effect on both replicas, and Redis is used again later';
    if (number === 'F01') test(`while Redis ${failure} ${rule} (F01)`, checkOutage);
    else test(`while Redis ${failure} ${rule} (F02)`, checkOutage);
  }

  test('emptying Redis revives no token and resets no limit (F03, T41, T70)', async () => {
    const [user, loggedOut] = await Promise.all([registerUser(replicaA.client()), registerUser(replicaA.client())]);
    const next = await refreshTokens(replicaA.client(), user.refreshToken);
    await logOut(replicaA.client(), loggedOut.refreshToken);
    for (let wrong = 0; wrong < 5; wrong++)
      expectType(
        await login((wrong % 2 ? replicaA : replicaB).client(), user.email, 'not the password'),
        'InvalidCredentials',
      );
    expect(await isTokenAccepted(replicaA.client(), next.accessToken)).toBe(true);
    await pause(GRACE + 100);

    await redis.flush();
    for (const replica of [replicaA, replicaB]) {
      expectType(await login(replica.client(), user.email, user.password), 'RateLimited');
      expect(await isTokenAccepted(replica.client(), loggedOut.accessToken)).toBe(false);
      expect(await getRejectionReason(replica.client(), loggedOut.refreshToken)).toBe('REVOKED');
    }
    expect(await getRejectionReason(replicaB.client(), user.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(replicaA.client(), next.refreshToken)).toBe('REVOKED');
  });

  test('a replica that starts without Redis serves requests, reports it, and uses Redis once it is available (F02, F30)', async () => {
    await redis.kill();
    const late = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: fresh.url, REDIS_URL: redis.urls[0] });
    const ready = await fetch(`${late.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ database: 'UP', store: 'DOWN' }),
    ]);
    const user = await registerUser(late.client());
    await refreshTokens(late.client(), user.refreshToken);
    await redis.restart();
    await eventually(async () => {
      expect((await late.client().request(HealthDocument)).health.store).toBe('UP');
    }, RECOVERY);
    await waitForRecovery();
    await late.close();
  });
});
