import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, request } from 'node:http';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HealthDocument } from '../../schema/generated/graphql.ts';
import { login, register } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, type LoadAction, underLoad } from '../support/load.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { eventually } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { isTokenAccepted, logOut, type RegisteredUser, registerUser } from '../support/sessions.ts';
import { hasEnded, isRunning, startWorkers, type Workers } from '../support/workers.ts';

describePostgres('a service with two workers', () => {
  let fresh: FreshDatabase;
  let admin: postgres.Sql;
  let env: Record<string, string>;
  const started: Workers[] = [];

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    admin = postgres(fresh.url, { max: 2, onnotice: () => {} });
    env = {
      DATABASE_URL: fresh.url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      PUBLIC_URL: 'http://localhost:4000',
    };
  });
  afterEach(async () => {
    for (const service of started.splice(0)) {
      const pids = service.pids();
      await service.stop('SIGKILL');
      for (const pid of pids) if (isRunning(pid)) process.kill(pid, 'SIGKILL'); // One may be stopped.
      await Promise.all(pids.map(hasEnded));
    }
    await expectInvariants(fresh.url);
  });
  afterAll(async () => {
    await admin?.end({ timeout: 1 });
    await fresh?.drop();
  });

  const start = async (more: Record<string, string> = {}) => {
    const service = await startWorkers({ ...env, ...more });
    started.push(service);
    return service;
  };

  /** Waits until each worker has served GraphQL operations. */
  const expectServedByBoth = (service: Workers) =>
    expect
      .poll(() => new Set(service.lines('request').flatMap(({ operation, pid }) => (operation ? [pid] : []))))
      .toEqual(new Set(service.pids()));

  test('serves requests in both, and ends a session in both at once', async () => {
    const service = await start({ EMAIL_VERIFICATION: 'off' });
    const client = service.client();
    const user = await registerUser(client);
    for (let count = 0; count < 4; count++) expect(await isTokenAccepted(client, user.accessToken)).toBe(true);
    await logOut(client, user.refreshToken);
    for (let count = 0; count < 4; count++) expect(await isTokenAccepted(client, user.accessToken)).toBe(false);
    await expectServedByBoth(service);
    for (const message of ['starting', 'serving']) expect(service.lines(message)).toHaveLength(1);
    expect(service.lines('serving')[0]).toMatchObject({ pid: service.pid, workers: 2 });
  });

  test('a killed worker is replaced; no request is lost but its own (F37)', async () => {
    const service = await start({ EMAIL_VERIFICATION: 'off' });
    const users: RegisteredUser[] = [];
    for (let count = 0; count < 4; count++) users.push(await registerUser(service.client()));
    const refreshers = users.map((user) => createRefresher([service.client()], user));
    const actions = refreshers.flatMap(({ refresh, me }): LoadAction[] => [refresh, me]);
    const [killed = 0] = service.pids();
    let others = 0;
    const tally = await underLoad(actions, async (soFar) => {
      await expect.poll(() => soFar.responses).toBeGreaterThan(50);
      process.kill(killed, 'SIGKILL');
      await hasEnded(killed);
      for (; others < 20; others++) await service.client().request(HealthDocument);
      await expect.poll(() => service.lines('a worker process serves').length).toBe(3);
      const before = soFar.responses;
      await expect.poll(() => soFar.responses).toBeGreaterThan(before + 50);
    });
    expect(tally.wrong).toEqual([]);
    expect(tally.unavailable).toBe(0);
    expect(tally.lost).toBeLessThanOrEqual(actions.length);
    const replacement = service.pids().at(-1) ?? 0;
    expect(service.lines('request').filter(({ pid }) => pid === replacement)).not.toHaveLength(0);
    expect(service.lines('a worker process ended: another one takes its place')).toMatchObject([
      { worker: killed, exitCode: null, signal: 'SIGKILL', pause: 0 },
    ]);
  });

  test('a connection on its way to a worker that dies is closed, not left waiting (F37)', async () => {
    const service = await start();
    const [stuck = 0] = service.pids();
    process.kill(stuck, 'SIGSTOP');
    const outcomes: string[] = [];
    const { port } = new URL(service.url);
    for (let count = 0; count < 6; count++)
      get({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
        response.resume().on('end', () => outcomes.push('served'));
      }).on('error', () => outcomes.push('closed'));
    await expect.poll(() => outcomes).toEqual(Array(5).fill('served'));
    process.kill(stuck, 'SIGKILL');
    await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual([...Array(5).fill('served'), 'closed']);
  });

  test('a worker that dies again and again is replaced after a growing pause (F37)', async () => {
    const service = await start();
    for (let count = 2; count <= 5; count++) {
      process.kill(service.pids().at(-1) ?? 0, 'SIGKILL');
      await expect.poll(() => service.pids()).toHaveLength(count + 1);
    }
    const ends = service.lines('a worker process ended: another one takes its place');
    expect(ends.map(({ pause }) => pause)).toEqual([0, 250, 500, 1_000]);
    await service.client().request(HealthDocument);
  });

  test('the background work is taken over when its worker dies (F37)', async () => {
    const service = await start();
    const sent = async () => {
      expectType(await register(service.client(), { email: uniqueEmail(), password: PASSWORD }), 'Challenge');
      await eventually(async () => {
        const [row] = await admin`select count(*) filter (where state <> 'sent')::int as unsent from outbox`;
        expect(row?.unsent).toBe(0);
      });
    };
    await sent();
    const first = await service.background();
    process.kill(first, 'SIGKILL');
    await hasEnded(first);
    await sent();
    expect(await service.background()).not.toBe(first);
  });

  test('after SIGTERM both complete their requests, and the service exits with 0 (F16)', async () => {
    const service = await start();
    const requests = await Promise.all(Array.from({ length: 4 }, () => startRequest(service.url)));
    const stopped = service.stop('SIGTERM');
    await expect.poll(() => fetch(`${service.url}/healthz`).catch(() => 'refused')).toBe('refused');
    expect(await Promise.all(requests.map(({ finish }) => finish()))).toEqual([200, 200, 200, 200]);
    expect((await stopped).code).toBe(0);
    await expectServedByBoth(service);
    for (const pid of service.pids()) expect(isRunning(pid)).toBe(false);
    for (const message of ['stopping', 'draining', 'drained'])
      expect(service.lines(message).filter(({ level }) => level === 'info')).toHaveLength(1);
  });

  test('Ctrl-C, which signals all processes, stops it once and without errors', async () => {
    const service = await start();
    for (const pid of service.pids()) process.kill(pid, 'SIGINT');
    expect((await service.stop('SIGINT')).code).toBe(0);
    expect(service.lines('stopping').map(({ level, signal }) => [level, signal])).toEqual([['info', 'SIGINT']]);
    expect(service.lines().filter(({ level }) => level !== 'info' && level !== 'debug')).toEqual([]);
  });

  test('workers end with the process that started them', async () => {
    const service = await start();
    const pids = service.pids();
    await service.stop('SIGKILL');
    await Promise.all(pids.map(hasEnded));
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });

  test('the limits of the hash queue are those of both together (F10)', async () => {
    const service = await start({ EMAIL_VERIFICATION: 'off', HASH_CONCURRENCY: '1', HASH_QUEUE_LIMIT: '1' });
    const { email, user } = await registerUser(service.client());
    await admin.begin(async (tx) => {
      await tx`select from users where id = ${user.id} for update`;
      const held = [1, 2].map(() => login(service.client(), email, PASSWORD));
      for (const signIn of held) signIn.catch(() => {});
      await eventually(async () => {
        const waiting = await tx`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        expect(waiting.length).toBe(2);
      });
      const refused = await Promise.all(Array.from({ length: 6 }, () => login(service.client(), email, PASSWORD)));
      expect(refused.map(({ __typename }) => __typename)).toEqual(Array(6).fill('RateLimited'));
    });
    await expectServedByBoth(service);
  });

  test('a flood from one network keeps no other one from signing in, at either worker (T94)', async () => {
    const service = await start({ HASH_CONCURRENCY: '1', HASH_QUEUE_LIMIT: '32', ARGON2_PASSES: '20' });
    const flooder = service.client();
    const outcomes: string[] = [];
    const flood = Array.from({ length: 80 }, async () => {
      outcomes.push((await login(flooder, uniqueEmail(), PASSWORD)).__typename);
    });
    await expect.poll(() => outcomes).toContain('RateLimited');
    const others = await Promise.all(Array.from({ length: 6 }, () => login(service.client(), uniqueEmail(), PASSWORD)));
    expect(others.map(({ __typename }) => __typename)).toEqual(Array(6).fill('InvalidCredentials'));
    await Promise.all(flood);
    await expectServedByBoth(service);
  });
});

/** Sends all of a request but its body, and waits until a worker asks for that. `finish` resolves with the status. */
async function startRequest(url: string): Promise<{ finish(): Promise<number> }> {
  const body = JSON.stringify({ query: '{ health { status } }' });
  const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' };
  const outgoing = request(`${url}/graphql`, { method: 'POST', headers, agent: false });
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  return {
    async finish() {
      outgoing.end(body);
      const [response] = await once(outgoing, 'response');
      response.resume();
      return response.statusCode;
    },
  };
}
