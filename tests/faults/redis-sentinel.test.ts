import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, type Tally, underLoad } from '../support/load.ts';
import { onABusyMachine } from '../support/own-time.ts';
import type { RedisNode } from '../support/redis.ts';
import { type RedisWithSentinels, startRedisWithSentinels } from '../support/redis-sentinel.ts';
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

/** Milliseconds: per response during a failover, and until Redis is used again after it. */
const [RESPONSE, RECOVERY] = [1_000, 10_000].map(onABusyMachine) as [number, number];

describeServers('the service while the master under Sentinel fails', ['postgres', 'own redis'], () => {
  let fresh: FreshDatabase;
  let redis: RedisWithSentinels;
  let replicas: readonly TestApp[] = [];
  beforeAll(async () => {
    [fresh, redis] = await Promise.all([postgresServer().then((url) => freshDatabase(url)), startRedisWithSentinels()]);
    replicas = await startReplicas({
      ...WITHOUT_VERIFICATION,
      LOGIN_BUDGET_ACCOUNT: '5/15m',
      DATABASE_URL: fresh.url,
      REDIS_URL: redis.url,
    });
  });
  afterEach(() => expectInvariants(fresh.url));
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await Promise.all([fresh?.drop(), redis?.stop()]);
  });

  const client = (index: number) => {
    const replica = replicas[index % replicas.length];
    if (!replica) throw new Error('not started');
    return replica.client();
  };
  const readStores = () =>
    Promise.all(replicas.map(async (replica) => (await replica.client().request(HealthDocument)).health.store));
  const waitForRecovery = () =>
    eventually(async () => {
      expect(await readStores()).toEqual(replicas.map(() => 'UP'));
    }, RECOVERY);
  const countIn = async (node: RedisNode) => Number((await node.commands(['DBSIZE']))[0]);

  /** Keeps callers refreshing and signing in on both replicas during the work. */
  async function underRefreshes(work: (tally: Readonly<Tally>) => Promise<unknown>): Promise<Tally> {
    const users = await Promise.all(Array.from({ length: 4 }, () => registerUser(client(0))));
    const refreshers = users.map((user) => createRefresher([client(0), client(1)], user));
    const actions = [
      ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
      ...users.slice(0, 2).map(({ email }, index) => keepLoggingIn(client(index), email)),
    ];
    const tally = await underLoad(actions, work);
    for (const refresher of refreshers) {
      const next = await refreshTokens(client(0), refresher.current());
      expect(await isTokenAccepted(client(1), next.accessToken)).toBe(true);
    }
    return tally;
  }

  const failures: [string, (node: RedisNode) => unknown, (node: RedisNode) => unknown][] = [
    [
      'is killed',
      async (node) => {
        node.process().signal('SIGKILL');
        await node.process().ended;
      },
      (node) => node.start(),
    ],
    ['hangs', (node) => node.process().signal('SIGSTOP'), (node) => node.process().signal('SIGCONT')],
  ];
  for (const [failure, fail, recover] of failures) {
    test(`while the master ${failure} no request fails, no session or revocation is lost, and Redis is used again within ten seconds of the failover (F32)`, async () => {
      await waitForRecovery();
      const [master, replica] = await Promise.all([redis.master(), redis.replica()]);
      const [loggedOut, locked] = await Promise.all([registerUser(client(0)), registerUser(client(0))]);
      const tally = await underRefreshes(async (soFar) => {
        await fail(master);
        await logOut(client(0), loggedOut.refreshToken);
        for (let wrong = 0; wrong < 5; wrong++)
          expectType(await login(client(wrong), locked.email, `wrong ${randomUUID()}`), 'InvalidCredentials');
        await withinASecond(async () => !(await isTokenAccepted(client(1), loggedOut.accessToken)));
        await redis.waitForFailover(master);
        await waitForRecovery();
        await expect.poll(() => soFar.responses).toBeGreaterThan(100);
      });
      expect(tally).toMatchObject({ wrong: [], unavailable: 0, lost: 0 });
      expect(tally.slowest).toBeLessThan(RESPONSE);
      await expect.poll(() => countIn(replica)).toBeGreaterThan(0);

      // The old master comes back as a replica, and is not used.
      await recover(master);
      await eventually(async () => expect((await master.commands(['ROLE']))[0]).toMatch(/^slave/), 60_000);
      await waitForRecovery();
      for (const index of [0, 1]) {
        expectType(await login(client(index), locked.email, locked.password), 'RateLimited');
        expect(await isTokenAccepted(client(index), loggedOut.accessToken)).toBe(false);
        expect(await getRejectionReason(client(index), loggedOut.refreshToken)).toBe('REVOKED');
      }
    });
  }

  test('the log names each reason of an outage once: first a dead master, then a new one without rights (F32)', async () => {
    await waitForRecovery();
    const [master, replica] = await Promise.all([redis.master(), redis.replica()]);
    const reasons = () => replicas[0]?.logged.filter((line) => line.includes('Redis at ')) ?? [];
    const before = reasons().length;
    await replica.commands(['ACL', 'SETUSER', 'default', '-eval']);
    master.process().signal('SIGKILL');
    await redis.waitForFailover(master);
    await expect
      .poll(() => reasons().slice(before).join('\n'))
      .toMatch(/nothing is listening[\s\S]*may not run EVAL; give it these rights there: ACL SETUSER/);
    expect(reasons()).toHaveLength(before + 2);
    expect(await readStores()).toEqual(['DOWN', 'DOWN']);
    await replica.commands(['ACL', 'SETUSER', 'default', '+eval']);
    await waitForRecovery();
    master.start();
  });

  test('a service that starts while no sentinel responds uses Redis once one does (F32)', async () => {
    for (const sentinel of redis.sentinels) sentinel.process().signal('SIGSTOP');
    const late = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: fresh.url, REDIS_URL: redis.url });
    expect((await late.client().request(HealthDocument)).health).toMatchObject({ status: 'UP', store: 'DOWN' });
    expect(await readStores()).toEqual(['UP', 'UP']);
    redis.sentinels[1]?.process().signal('SIGCONT');
    await eventually(async () => {
      expect((await late.client().request(HealthDocument)).health.store).toBe('UP');
    }, RECOVERY);
    for (const sentinel of redis.sentinels) sentinel.process().signal('SIGCONT');
    await late.close();
  });
});
