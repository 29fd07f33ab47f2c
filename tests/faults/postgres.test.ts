import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RefreshDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { apiClient } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, keepSigningUp, underLoad, untilAllRefreshed } from '../support/load.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type Network, startProxy } from '../support/proxy.ts';
import { requestFeed } from '../support/revocation-feed.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import {
  isTokenAccepted,
  type RegisteredUser,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';

/** Milliseconds. */
const RECOVERY = onABusyMachine(5_000);

describeServers('the service while PostgreSQL fails', ['own postgres'], () => {
  let server: PostgresServer;
  let url: string;
  let admin: postgres.Sql;
  let app: TestApp;

  beforeAll(async () => {
    server = await startPostgres();
    ({ url } = await freshDatabase(server.url));
    admin = postgres(url, { max: 4, onnotice: () => {} });
    app = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: url });
  });
  afterEach(() => expectInvariants(url));
  afterAll(async () => {
    await app?.close();
    await admin?.end({ timeout: 1 });
    await server?.stop();
  });

  const registerOne = (replica = app): Promise<RegisteredUser> => registerUser(replica.client());
  const registerMany = (count: number): Promise<RegisteredUser[]> =>
    Promise.all(Array.from({ length: count }, () => registerOne()));
  const urlWithPort = (port: number) => Object.assign(new URL(url), { port: String(port) }).href;
  const upstream = () => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

  /** Creates callers of every kind. None of them may be signed out, and the only acceptable failure is 503. */
  const createCallers = (registered: readonly RegisteredUser[]) => {
    const refreshers = registered.map((user) => createRefresher([app.client()], user));
    const actions = [
      ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
      keepSigningUp(app.client()),
      keepSigningUp(app.client()),
      ...registered.slice(0, 2).map(({ email }) => keepLoggingIn(app.client(), email)),
    ];
    return { refreshers, actions };
  };
  const expectNoSessionEnded = async (refreshers: ReturnType<typeof createCallers>['refreshers']) => {
    for (const { current, access, seen } of refreshers) {
      expect(await isTokenAccepted(app.client(), access())).toBe(true);
      expect(seen).not.toContain((await refreshTokens(app.client(), current())).refreshToken);
    }
  };

  test('killed connections fail single requests, but end no process or session and leave no half-written sign-up (F05)', async () => {
    const { refreshers, actions } = createCallers(await registerMany(4));
    const tally = await underLoad(actions, async (soFar) => {
      for (let round = 0; round < 20 || soFar.responses <= 20; round++) {
        await admin`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'latchkey' and datname = current_database()`;
        await pause(100);
      }
    });
    expect(tally).toMatchObject({ wrong: [], lost: 0 });
    await expectNoSessionEnded(refreshers);
  });

  test('when PostgreSQL crashes and restarts under load, requests get 503 and succeed again within five seconds (F06)', async () => {
    const { refreshers, actions } = createCallers(await registerMany(4));
    let [restarted, recovered] = [0, 0];
    const tally = await underLoad(actions, async () => {
      await pause(500);
      await server.restart('immediate');
      restarted = performance.now();
      await untilAllRefreshed(refreshers, RECOVERY);
      recovered = performance.now();
      await pause(300);
    });
    expect(recovered - restarted).toBeLessThan(RECOVERY);
    expect(tally).toMatchObject({ wrong: [], lost: 0 });
    expect(tally.unavailable).toBeGreaterThan(0);
    expect(tally.slowest).toBeLessThan(RECOVERY);
    await expectNoSessionEnded(refreshers);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  test('while PostgreSQL is down the service is alive but not ready, and rejects no session (F06)', async () => {
    const who = await registerOne();
    await server.kill('SIGQUIT');
    const response = await who.client.send(RefreshDocument, { input: { refreshToken: who.refreshToken } });
    expect([response.status, response.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(response.headers.get('retry-after')).toBe('1');
    const me = await who.client.post({ query: '{ me { id } }' }, { token: who.accessToken });
    expect([me.status, me.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect((await requestFeed(app.url)).status).toBe(503);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'DOWN', database: 'DOWN' }),
    ]);

    await server.restart('immediate');
    await eventually(() => refreshTokens(who.client, who.refreshToken), RECOVERY);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  test('a client whose response is lost after the commit can repeat the request (F07)', async () => {
    const network = await startProxy({ host: '127.0.0.1', port: Number(new URL(app.url).port) });
    const remote = apiClient(`http://127.0.0.1:${network.port}`);
    const { refreshToken } = await registerOne();
    for (let current = refreshToken, round = 0; round < 3; round++) {
      network.dropResponses(true);
      await expect(remote.request(RefreshDocument, { input: { refreshToken: current } })).rejects.toThrow();
      await expect(remote.request(RefreshDocument, { input: { refreshToken: current } })).rejects.toThrow();
      network.dropResponses(false);
      const next = await refreshTokens(remote, current);
      expect(next.refreshToken).not.toBe(current);
      expect(await isTokenAccepted(app.client(), next.accessToken)).toBe(true);
      current = next.refreshToken;
    }
    await network.close();
  });

  describe('behind a failing network', () => {
    let network: Network;
    let remote: TestApp;
    beforeEach(async () => {
      network = await startProxy(upstream());
      remote = await startApp({
        ...WITHOUT_VERIFICATION,
        DATABASE_URL: urlWithPort(network.port),
        DATABASE_POOL_SIZE: '1',
      });
      return async () => {
        await remote.close();
        await network.close();
      };
    });

    test('a client can repeat the request if PostgreSQL’s reply is lost after the commit (F07)', async () => {
      const who = await registerOne(remote);
      const second = await refreshTokens(who.client, who.refreshToken);
      network.dropResponses(true);
      const cut = await who.client.send(RefreshDocument, { input: { refreshToken: second.refreshToken } });
      network.dropResponses(false);
      expect([cut.status, cut.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      const [row] = await admin`select generation from sessions where id = ${who.session.id}`;
      expect(row).toEqual({ generation: 2 }); // The statement was committed.
      const third = await refreshTokens(who.client, second.refreshToken);
      expect(await isTokenAccepted(who.client, third.accessToken)).toBe(true);
      await refreshTokens(who.client, third.refreshToken);
    });

    test('during a partition requests get 503 instead of hanging, and they succeed when it ends (F06)', async () => {
      const who = await registerOne(remote);
      await pause(300); // Until the outbox has released the only connection.
      network.freeze();
      const started = performance.now();
      const responses = await Promise.all(
        Array.from({ length: 4 }, () =>
          who.client.send(RefreshDocument, { input: { refreshToken: who.refreshToken } }),
        ),
      );
      expect(responses.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
      expect(performance.now() - started).toBeLessThan(RECOVERY);
      network.thaw();
      await eventually(() => refreshTokens(who.client, who.refreshToken), RECOVERY);
    });
  });
});
