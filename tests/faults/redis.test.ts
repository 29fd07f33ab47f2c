import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, type Tally, underLoad } from '../support/load.ts';
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

/** Milliseconds: per answer while Redis is down, and until it is used again. */
const [ANSWER, RECOVERY] = [1_000, 2_000];
const GRACE = 1_000;

describeServers('the service while Redis fails', ['postgres', 'own redis'], () => {
  let fresh: FreshDatabase;
  let redis: RedisServer;
  let here: TestApp;
  let there: TestApp;

  beforeAll(async () => {
    [fresh, redis] = await Promise.all([postgresServer().then((url) => freshDatabase(url)), startRedis()]);
    [here, there] = await startReplicas({
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
    await Promise.all([here?.close(), there?.close()]);
    await Promise.all([fresh?.drop(), redis?.stop()]);
  });

  const waitForRecovery = () =>
    eventually(async () => {
      for (const replica of [here, there]) {
        const { health } = await replica.client().ask(HealthDocument);
        expect(health).toMatchObject({ status: 'UP', store: 'UP' });
      }
    }, RECOVERY);

  /** Keeps callers refreshing and signing in on both replicas during the work. */
  async function underRefreshes(work: () => Promise<unknown>): Promise<Tally> {
    const clients = [here.client(), there.client()];
    const people = await Promise.all(Array.from({ length: 4 }, () => registerUser(here.client())));
    const refreshers = people.map((who) => createRefresher(clients, who));
    return underLoad(
      [
        ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
        ...people.slice(0, 2).map(({ email }, index) => keepLoggingIn((index ? here : there).client(), email)),
      ],
      work,
    );
  }

  const failures: [string, string, () => unknown, () => unknown][] = [
    ['F01', 'hangs', () => redis.pause(), () => redis.resume()],
    ['F02', 'is killed', () => redis.kill(), () => redis.restart()],
  ];
  for (const [number, fails, fail, mend] of failures) {
    const checkOutage = async () => {
      const [ada, eve] = await Promise.all([registerUser(here.client()), registerUser(here.client())]);
      const tally = await underRefreshes(async () => {
        await pause(300);
        await fail();
        await logOut(here.client(), ada.refreshToken);
        expect(await isTokenAccepted(here.client(), ada.accessToken)).toBe(false);
        await withinASecond(async () => !(await isTokenAccepted(there.client(), ada.accessToken)));
        expect(await isTokenAccepted(there.client(), eve.accessToken)).toBe(true);
        await pause(1_500);
        const { health } = await here.client().ask(HealthDocument);
        expect(health).toMatchObject({ status: 'UP', database: 'UP', store: 'DOWN' });
        await mend();
        await waitForRecovery();
        await pause(300);
      });
      expect(tally).toMatchObject({ wrong: [], unavailable: 0, lost: 0 });
      expect(tally.slowest).toBeLessThan(ANSWER);
      expect(tally.answered).toBeGreaterThan(100);
      for (const client of [here.client(), there.client()]) {
        expect(await isTokenAccepted(client, ada.accessToken)).toBe(false);
        expect(await getRejectionReason(client, ada.refreshToken)).toBe('REVOKED');
      }
    };
    const promise = 'every answer comes within a second, a logout holds on both replicas, and Redis is used again';
    if (number === 'F01') test(`while Redis ${fails} ${promise} (F01)`, checkOutage);
    else test(`while Redis ${fails} ${promise} (F02)`, checkOutage);
  }

  test('an emptied Redis revives no token and resets no limit (F03, T41, T70)', async () => {
    const [who, out] = await Promise.all([registerUser(here.client()), registerUser(here.client())]);
    const next = await refreshTokens(here.client(), who.refreshToken);
    await logOut(here.client(), out.refreshToken);
    for (let wrong = 0; wrong < 5; wrong++)
      expectType(await login((wrong % 2 ? here : there).client(), who.email, 'not the password'), 'InvalidCredentials');
    await pause(GRACE + 100);

    await redis.flush();
    for (const replica of [here, there]) {
      expectType(await login(replica.client(), who.email, who.password), 'RateLimited');
      expect(await isTokenAccepted(replica.client(), out.accessToken)).toBe(false);
      expect(await getRejectionReason(replica.client(), out.refreshToken)).toBe('REVOKED');
    }
    expect(await getRejectionReason(there.client(), who.refreshToken)).toBe('REUSED');
    expect(await getRejectionReason(here.client(), next.refreshToken)).toBe('REVOKED');
  });

  test('a replica that starts without Redis serves requests, reports it, and uses Redis once it is available (F02, F30)', async () => {
    await redis.kill();
    const late = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: fresh.url, REDIS_URL: redis.urls[0] });
    const ready = await fetch(`${late.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ database: 'UP', store: 'DOWN' }),
    ]);
    const who = await registerUser(late.client());
    await refreshTokens(late.client(), who.refreshToken);
    await redis.restart();
    await eventually(async () => {
      expect((await late.client().ask(HealthDocument)).health.store).toBe('UP');
    }, RECOVERY);
    await waitForRecovery();
    await late.close();
  });
});
