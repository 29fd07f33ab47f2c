import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/core/clock.ts';
import { register, verify } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { recordOwnTime } from '../support/own-time-of-program.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { startPostgres } from '../support/postgres.ts';
import { type RunningService, runProgram, startService } from '../support/program.ts';
import { eventually, temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, describeServers, postgresServer } from '../support/servers.ts';
import { getRejectionReason, isTokenAccepted, refreshTokens, verifyToken } from '../support/sessions.ts';

const started: RunningService[] = [];
afterEach(() => Promise.all(started.splice(0).map((service) => service.stop('SIGKILL'))));
const start = async (env: Record<string, string>): Promise<RunningService> => {
  const service = await startService({ TRUSTED_PROXIES: '127.0.0.1/32', OUTBOX_VIEWER: 'on', ...env });
  started.push(service);
  return service;
};

describe('a database that is down at startup', () => {
  const waitTwoSeconds = async (url: string) => {
    const ownTime = recordOwnTime();
    const env = { DATABASE_URL: url, DATA_DIR: temporaryDirectory('data'), PORT: '0' };
    const result = await runProgram(['serve', '--wait', '2s'], { env, node: ownTime.node });
    return { ...result, seconds: ownTime.read() / 1_000 };
  };

  test('serve waits for the duration of --wait, then exits with 69 and prints the reason (F30)', async () => {
    const url = `postgres://user:canary@127.0.0.1:${await freePort()}/latchkey`;
    const { code, stderr, seconds } = await waitTwoSeconds(url);
    expect(code).toBe(69);
    expect(stderr).toMatch(/nothing is listening at that address \(ECONNREFUSED\)/);
    expect(stderr).not.toContain('canary');
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(8);
  });

  test('serve waits no longer if the server accepts connections but never responds (F30)', async () => {
    const sockets = new Set<Socket>();
    const port = await freePort();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => {}))).listen(port, '127.0.0.1');
    const { code, stderr, seconds } = await waitTwoSeconds(`postgres://user@127.0.0.1:${port}/latchkey`);
    expect(code).toBe(69);
    expect(stderr).toMatch(/no response in time/);
    expect(seconds).toBeLessThan(13);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});

describeServers('a database that goes down while serving', ['own postgres'], () => {
  test('leaves the process alive but not ready, until the database is back (F30)', async () => {
    const server = await startPostgres();
    const { url } = await freshDatabase(server.url);
    const service = await start({ DATABASE_URL: url, DATA_DIR: temporaryDirectory('data') });
    const probe = async () => [
      (await fetch(`${service.url}/healthz`)).status,
      (await fetch(`${service.url}/readyz`)).status,
    ];
    expect(await probe()).toEqual([200, 200]);
    await server.kill('SIGQUIT');
    await eventually(async () => expect(await probe()).toEqual([200, 503]));
    await pause(1_500); // Long enough for the periodic cleanup to fail, too.
    expect(await probe()).toEqual([200, 503]);
    await server.restart('immediate');
    await eventually(async () => expect(await probe()).toEqual([200, 200]), 5_000);
    expect((await service.stop()).code).toBe(0);
    await server.stop();
  });
});

describePostgres('replicas with clocks five minutes off (F21)', () => {
  let fresh: FreshDatabase;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    return () => fresh.drop();
  });
  afterEach(() => expectInvariants(fresh.url));

  /** Starts a replica with a shifted clock. @param milliseconds negative for earlier */
  const startShifted = (milliseconds: number, env: Record<string, string>) => {
    const file = join(temporaryDirectory('shift'), 'shift.mjs');
    writeFileSync(
      file,
      `const Real = Date;
       globalThis.Date = class extends Real {
         constructor(...args) { args.length ? super(...args) : super(Real.now() + ${milliseconds}); }
         static now() { return Real.now() + ${milliseconds}; }
       };`,
    );
    return start({ ...env, NODE_OPTIONS: `--import=${file}` });
  };

  test('accept each other’s tokens and codes, and agree on what has expired (F21)', async () => {
    const env = {
      DATABASE_URL: fresh.url,
      SECRET_KEY: randomBytes(32).toString('base64'),
      PUBLIC_URL: 'http://localhost:4000',
      ACCESS_TOKEN_TTL: '10m',
      REFRESH_GRACE: '1s',
      OTP_TTL: '1m',
    };
    const [accurate, fast, slow] = await Promise.all([
      start(env),
      startShifted(5 * MINUTE, env),
      startShifted(-5 * MINUTE, env),
    ]);
    const clients = [accurate, fast, slow].map(({ url }) => apiClient(url));
    for (const [index, client] of clients.entries()) {
      const email = uniqueEmail();
      const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
      expect(Math.abs(Date.parse(challenge.expiresAt) - Date.now() - MINUTE)).toBeLessThan(5_000);
      const code = await eventually(async () => {
        const messages = await fetch(`${accurate.url}/dev/outbox`, { headers: { accept: 'application/json' } });
        const found = ((await messages.json()) as { to: string; code: string }[]).find(({ to }) => to === email);
        if (!found) throw new Error('no message');
        return found.code;
      });
      const other = clients[(index + 1) % clients.length] ?? client;
      const first = expectType(await verify(other, { challengeId: challenge.id, code }), 'Authenticated');
      for (const eachClient of clients) {
        expect(await isTokenAccepted(eachClient, first.accessToken)).toBe(true);
        const { expiresAt } = await verifyToken(eachClient, first.accessToken);
        expect(Math.abs(Date.parse(expiresAt ?? '') - Date.now() - 10 * MINUTE)).toBeLessThan(5_000);
      }
      const second = await refreshTokens(client, first.refreshToken ?? '');
      expect((await refreshTokens(other, first.refreshToken ?? '')).refreshToken).toBe(second.refreshToken);
      expect(await isTokenAccepted(other, second.accessToken)).toBe(true);
      await pause(1_200);
      expect(await getRejectionReason(other, first.refreshToken ?? '')).toBe('REUSED');
      for (const eachClient of clients)
        await eventually(async () => expect(await isTokenAccepted(eachClient, second.accessToken)).toBe(false), 1_000);
    }
    for (const { stop } of [accurate, fast, slow]) expect((await stop()).code).toBe(0);
  });
});
