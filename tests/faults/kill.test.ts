import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { VerifyEmailDocument } from '../../schema/generated/graphql.ts';
import { register, verify } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { attempt, createRefresher, keepLoggingIn, keepSigningUp, type LoadAction, underLoad } from '../support/load.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { type RunningService, startService } from '../support/program.ts';
import { eventually } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { isTokenAccepted, logOut, refreshTokens, registerUser, verifyToken } from '../support/sessions.ts';

describePostgres('a service that is stopped or killed', () => {
  let fresh: FreshDatabase;
  let admin: postgres.Sql;
  let env: Record<string, string>;
  const started: RunningService[] = [];

  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    admin = postgres(fresh.url, { max: 2, onnotice: () => {} });
    env = {
      DATABASE_URL: fresh.url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      PUBLIC_URL: 'http://localhost:4000',
      TRUSTED_PROXIES: '127.0.0.1/32',
      OUTBOX_VIEWER: 'on',
      LOG_LEVEL: 'warn',
    };
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((service) => service.stop('SIGKILL')));
    await expectInvariants(fresh.url);
  });
  afterAll(async () => {
    await admin?.end({ timeout: 1 });
    await fresh?.drop();
  });

  const start = async (more: Record<string, string> = {}) => {
    const service = await startService({ ...env, ...more });
    started.push(service);
    return service;
  };

  test('after SIGTERM the service is not ready, completes requests in flight, and exits within a second of the last (F16)', async () => {
    const service = await start({ EMAIL_VERIFICATION: 'off', DRAIN_DELAY: '300ms' });
    const client = apiClient(service.url);
    const user = await registerUser(client);
    const port = Number(new URL(service.url).port);
    const idle = new Agent({ keepAlive: true, maxSockets: 20 });
    await Promise.all(Array.from({ length: 20 }, () => get(port, '/healthz', idle)));

    let hasResponded = false;
    let stopped: ReturnType<typeof service.stop> | undefined;
    let slow: ReturnType<typeof refreshTokens> | undefined;
    await admin.begin(async (tx) => {
      await tx`select from sessions where id = ${user.session.id} for update`;
      slow = refreshTokens(client, user.refreshToken).finally(() => {
        hasResponded = true;
      });
      await pause(100);
      stopped = service.stop('SIGTERM');
      await pause(100);
      expect(await get(port, '/readyz')).toBe(503);
      expect(await get(port, '/healthz')).toBe(200);
      await pause(1_200);
      await expect(get(port, '/healthz')).rejects.toThrow(); // New connections are refused.
      expect(hasResponded).toBe(false);
    });
    const respondedAt = performance.now();
    const next = await slow;
    expect(next?.refreshToken).not.toBe(user.refreshToken);
    expect((await stopped)?.code).toBe(0);
    expect(performance.now() - respondedAt).toBeLessThan(onABusyMachine(1_000));
    idle.destroy();

    const successor = await start({ EMAIL_VERIFICATION: 'off' });
    expect(await isTokenAccepted(apiClient(successor.url), next?.accessToken ?? '')).toBe(true);
  });

  test('after SIGTERM a service without requests exits within a second, despite idle connections (F16)', async () => {
    const service = await start();
    const idle = new Agent({ keepAlive: true });
    await get(Number(new URL(service.url).port), '/healthz', idle);
    const startedAt = performance.now();
    expect((await service.stop('SIGTERM')).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(onABusyMachine(1_000));
    idle.destroy();
  });

  test('kill -9 under load leaves nothing half-done or done twice, and users stay signed in (F17)', async () => {
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}`;
    const settings = {
      EMAIL_VERIFICATION: 'off',
      PORT: port,
      LOGIN_BUDGET_ACCOUNT: '100000/1h',
      LOGIN_BUDGET_IP: '100000/1h',
    };
    let service = await start(settings);
    const client = () => apiClient(address);
    const users = [];
    for (let count = 0; count < 4; count++) users.push(await registerUser(client()));
    const refreshers = users.map((user) => createRefresher([client()], user));
    const actions = [
      ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
      keepSigningUp(client()),
      keepSigningUp(client()),
      ...users.slice(0, 2).map(({ email }) => keepLoggingIn(client(), email)),
    ];
    const tally = await underLoad(actions, async () => {
      for (let round = 0; round < 3; round++) {
        await pause(600 + Math.random() * 200);
        await service.stop('SIGKILL');
        service = await start(settings);
      }
      await pause(600);
    });
    expect(tally.wrong).toEqual([]);
    expect(tally.lost).toBeGreaterThan(0);
    for (const { current, seen } of refreshers) {
      const checked = await Promise.all(seen.map((token) => verifyToken(client(), token)));
      expect(checked.filter(({ active }) => active).length).toBeLessThanOrEqual(1);
      const next = await refreshTokens(client(), current());
      expect(await isTokenAccepted(client(), next.accessToken)).toBe(true);
    }
  });

  /** Locks the table, and kills the service while the request waits for the lock. */
  async function killDuring(service: RunningService, table: string, request: () => Promise<unknown>): Promise<void> {
    const ofService = admin`application_name = 'latchkey' and datname = current_database()`;
    await admin.begin(async (tx) => {
      await tx`lock table ${tx(table)} in access exclusive mode`;
      const lost = expect(request()).rejects.toThrow();
      await eventually(async () => {
        const waiting = await admin`select from pg_stat_activity where ${ofService} and wait_event_type = 'Lock'`;
        if (waiting.length === 0) throw new Error('nothing waits for the lock');
      }, 1_500);
      await service.stop('SIGKILL');
      await lost;
    });
    await eventually(async () => {
      const remaining = await admin`select from pg_stat_activity where ${ofService}`;
      if (remaining.length > 0) throw new Error('PostgreSQL has not noticed yet');
    });
    await expectInvariants(fresh.url);
  }

  test('kill -9 in the middle of a sign-up or logout leaves no trace of it, and a retry succeeds (F17)', async () => {
    const port = String(await freePort());
    const client = apiClient(`http://127.0.0.1:${port}`);
    const email = uniqueEmail();
    const first = await start({ PORT: port });
    const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
    const submission = { challengeId: challenge.id, code: (await readCode(first.url, email)) ?? '' };
    await killDuring(first, 'passwords', () => verify(client, submission));
    expect(await admin`select from users where email = ${email}`).toHaveLength(0);
    expect(await admin`select used_at from challenges where id = ${challenge.id}`).toEqual([{ used_at: null }]);

    const second = await start({ PORT: port });
    const signedIn = expectType(await verify(client, submission), 'Authenticated');
    await killDuring(second, 'audit_events', () => logOut(client, signedIn.refreshToken ?? ''));
    expect(await admin`select ended_at from sessions where id = ${signedIn.session.id}`).toEqual([{ ended_at: null }]);

    await start({ PORT: port });
    expect(await isTokenAccepted(client, signedIn.accessToken)).toBe(true);
    expect(await logOut(client, signedIn.refreshToken ?? '')).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(client, signedIn.accessToken)).toBe(false);
  });

  test('kill -9 while codes are redeemed never creates two accounts or sessions from one code (F17)', async () => {
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}`;
    let service = await start({ PORT: port });
    const signedUp = new Map<string, number>();
    const actions = Array.from({ length: 4 }, () => verifyRepeatedly(address, signedUp));
    const tally = await underLoad(actions, async () => {
      for (let round = 0; round < 2; round++) {
        await pause(900 + Math.random() * 300);
        await service.stop('SIGKILL');
        service = await start({ PORT: port });
      }
      await pause(900);
      await expect.poll(() => signedUp.size).toBeGreaterThan(0);
    });
    expect(tally.wrong).toEqual([]);
    expect([...signedUp.values()].filter((times) => times > 1)).toEqual([]);
  });
});

/** Signs up and submits the code up to three times, like a client on a bad connection. */
function verifyRepeatedly(address: string, signedUp: Map<string, number>): LoadAction {
  const client = apiClient(address);
  return async (tally) => {
    const email = uniqueEmail('verify');
    const challenge = await register(client, { email, password: PASSWORD }).catch(() => undefined);
    if (challenge?.__typename !== 'Challenge') return;
    const code = await readCode(address, email);
    if (!code) return;
    for (let repeat = 0; repeat < 3; repeat++) {
      const input = { challengeId: challenge.id, code };
      const data = await attempt(tally, () => client.send(VerifyEmailDocument, { input }));
      const outcome = data?.verifyEmail;
      if (outcome?.__typename === 'Authenticated') signedUp.set(email, (signedUp.get(email) ?? 0) + 1);
      else if (outcome && outcome.__typename !== 'ChallengeFailed') tally.wrong.push(JSON.stringify(outcome));
      if (!outcome) await pause(200);
    }
  };
}

async function readCode(address: string, email: string): Promise<string | undefined> {
  for (let poll = 0; poll < 10; poll++) {
    const messages = await fetch(`${address}/dev/outbox`, { headers: { accept: 'application/json' } })
      .then((response) => response.json() as Promise<{ to: string; code: string | null }[]>)
      .catch(() => []);
    const code = messages.find(({ to }) => to === email)?.code;
    if (code) return code;
    await pause(50);
  }
  return undefined;
}

const get = (port: number, path: string, agent = new Agent()): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
