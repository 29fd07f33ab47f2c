import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LoginDocument, LogoutDocument, RefreshDocument } from '../../schema/generated/graphql.ts';
import { users } from '../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, keepSigningUp, underLoad } from '../support/load.ts';
import { PASSWORD, signUp } from '../support/people.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type Network, startProxy } from '../support/proxy.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  type RegisteredUser,
  refreshTokens,
  registerUser,
  WITHOUT_VERIFICATION,
} from '../support/sessions.ts';
import { startWiretap } from '../support/wiretap.ts';

/** Milliseconds, as the checklist has them. */
const [ACQUISITION, RECOVERY] = [500, 5_000];
/** For what happens beside the measured: scheduling, HTTP, JSON. */
const SLACK = 150;

describeServers('The service while PostgreSQL fails', ['own postgres'], () => {
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

  const someone = (of = app): Promise<RegisteredUser> => registerUser(of.client());
  const several = (count: number): Promise<RegisteredUser[]> =>
    Promise.all(Array.from({ length: count }, () => someone()));
  const throughPort = (port: number) => Object.assign(new URL(url), { port: String(port) }).href;
  const upstream = () => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

  /** Callers of every kind; nobody may be logged out and nothing may fail but by 503. */
  const everyKind = (people: readonly RegisteredUser[]) => {
    const refreshers = people.map((who) => createRefresher([app.client()], who));
    const habits = [
      ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
      keepSigningUp(app.client()),
      keepSigningUp(app.client()),
      ...people.slice(0, 2).map(({ email }) => keepLoggingIn(app.client(), email)),
    ];
    return { refreshers, habits };
  };
  const expectNoSessionEnded = async (refreshers: ReturnType<typeof everyKind>['refreshers']) => {
    for (const { present, access, seen } of refreshers) {
      expect(await isTokenAccepted(app.client(), access())).toBe(true);
      expect(seen).not.toContain((await refreshTokens(app.client(), present())).refreshToken);
    }
  };

  test('connections that PostgreSQL ends all the time cost some answers, but no process, no session and no half sign-up (F05)', async () => {
    const { refreshers, habits } = everyKind(await several(4));
    const tally = await underLoad(habits, async () => {
      for (let round = 0; round < 20; round++) {
        await admin`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'latchkey' and datname = current_database()`;
        await pause(100);
      }
    });
    expect(tally).toMatchObject({ wrong: [], lost: 0 });
    expect(tally.answered).toBeGreaterThan(20);
    await expectNoSessionEnded(refreshers);
  });

  test('a PostgreSQL that crashes and restarts under load answers 503, then serves within five seconds (F06)', async () => {
    const { refreshers, habits } = everyKind(await several(4));
    let [restarted, recovered] = [0, 0];
    const tally = await underLoad(habits, async () => {
      await pause(500);
      await server.restart('immediate');
      restarted = performance.now();
      await eventually(() => renewedAll(refreshers), RECOVERY);
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

  /** Throws until each of them has got an answer since it was first asked. */
  const renewedAll = (refreshers: ReturnType<typeof everyKind>['refreshers']) => {
    const before = refreshers.map(({ successes }) => successes());
    return eventually(() => {
      if (refreshers.some(({ successes }, index) => successes() === before[index])) throw new Error('not yet');
    }, RECOVERY);
  };

  test('while PostgreSQL is gone the process lives, says that it is not ready, and takes nobody’s session for ended (F06)', async () => {
    const who = await someone();
    await server.kill('SIGQUIT');
    const answer = await who.client.send(RefreshDocument, { input: { refreshToken: who.refreshToken } });
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(answer.headers.get('retry-after')).toBe('1');
    const me = await who.client.post({ query: '{ me { id } }' }, { token: who.accessToken });
    expect([me.status, me.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
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

  test('a reply that is cut between the commit and the client costs nothing: the client asks again and goes on (F07)', async () => {
    const network = await startProxy({ host: '127.0.0.1', port: Number(new URL(app.url).port) });
    const far = apiClient(`http://127.0.0.1:${network.port}`);
    const { refreshToken } = await someone();
    for (let present = refreshToken, round = 0; round < 3; round++) {
      network.swallowAnswers(true);
      await expect(far.ask(RefreshDocument, { input: { refreshToken: present } })).rejects.toThrow();
      await expect(far.ask(RefreshDocument, { input: { refreshToken: present } })).rejects.toThrow();
      network.swallowAnswers(false);
      const next = await refreshTokens(far, present);
      expect(next.refreshToken).not.toBe(present);
      expect(await isTokenAccepted(app.client(), next.accessToken)).toBe(true);
      present = next.refreshToken;
    }
    await network.close();
  });

  describe('behind a network that fails', () => {
    let network: Network;
    let far: TestApp;
    beforeEach(async () => {
      network = await startProxy(upstream());
      far = await startApp({
        ...WITHOUT_VERIFICATION,
        DATABASE_URL: throughPort(network.port),
        DATABASE_POOL_SIZE: '1',
      });
      return async () => {
        await far.close();
        await network.close();
      };
    });

    test('the same when it is PostgreSQL’s reply that is cut after it has committed (F07)', async () => {
      const who = await someone(far);
      const second = await refreshTokens(who.client, who.refreshToken);
      network.swallowAnswers(true);
      const cut = await who.client.send(RefreshDocument, { input: { refreshToken: second.refreshToken } });
      network.swallowAnswers(false);
      expect([cut.status, cut.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      const [row] = await admin`select generation from sessions where id = ${who.session.id}`;
      expect(row).toEqual({ generation: 2 }); // The statement was carried out.
      const third = await refreshTokens(who.client, second.refreshToken);
      expect(await isTokenAccepted(who.client, third.accessToken)).toBe(true);
      await refreshTokens(who.client, third.refreshToken);
    });

    test('a partition is a 503, not a hang, and when it heals everything goes on (F06)', async () => {
      const who = await someone(far);
      await pause(300); // The outbox has looked for messages, and leaves the connection to us.
      network.freeze();
      const started = performance.now();
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          who.client.send(RefreshDocument, { input: { refreshToken: who.refreshToken } }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
      expect(performance.now() - started).toBeLessThan(RECOVERY);
      network.thaw();
      await eventually(() => refreshTokens(who.client, who.refreshToken), RECOVERY);
    });
  });

  test('with every connection taken whoever waits is told so within half a second, and the process is well (F08)', async () => {
    const people = await several(30);
    const small = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: url, DATABASE_POOL_SIZE: '4' });
    const client = small.client();
    const durations: number[] = [];
    let healthy = 0;
    await admin.begin(async (tx) => {
      await tx`lock table users in access exclusive mode`;
      const requests = people.map(async ({ refreshToken }) => {
        const started = performance.now();
        const answer = await client.send(RefreshDocument, { input: { refreshToken } });
        durations.push(performance.now() - started);
        expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      });
      await pause(100);
      for (let look = 0; look < 3; look++) {
        if ((await fetch(`${small.url}/healthz`)).ok) healthy += 1;
        expect((await fetch(`${small.url}/readyz`)).status).toBe(503);
      }
      await Promise.all(requests);
    });
    expect(healthy).toBe(3);
    const waited = durations.toSorted((a, b) => a - b);
    expect(waited.filter((duration) => duration < ACQUISITION + SLACK)).toHaveLength(26);
    for (const { refreshToken } of people) await refreshTokens(client, refreshToken);
    await small.close();
  });

  test('whoever waits for a lock longer than the statement timeout gets a 503 that can be repeated, and no 500 (F09)', async () => {
    const [who, other] = await Promise.all([someone(), someone()]);
    const { client, email, refreshToken, accessToken } = who;
    await admin.begin(async (tx) => {
      await tx`select from users where id = ${who.user.id} for update`;
      await tx`select from sessions where id = ${who.session.id} for update`;
      const slow = await Promise.all([
        client.send(RefreshDocument, { input: { refreshToken } }),
        client.send(LogoutDocument, { input: { refreshToken } }),
        client.send(LoginDocument, { input: { identifier: email, password: PASSWORD } }),
        client.post({ query: 'mutation { logoutAll { __typename } }' }, { token: accessToken }),
      ]);
      for (const { status, errors } of slow)
        expect([status, errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      await refreshTokens(other.client, other.refreshToken);
    });
    await refreshTokens(client, refreshToken);
    expectType(await login(client, email, PASSWORD), 'Authenticated');
  });

  test('an account that is deactivated while its password is checked gets no session (T72)', async () => {
    const who = await someone();
    const before = await admin`select id from sessions where user_id = ${who.user.id}`;
    let answer: ReturnType<typeof login> | undefined;
    await admin.begin(async (tx) => {
      await tx`update users set is_active = false where id = ${who.user.id}`;
      answer = login(app.client(), who.email, PASSWORD); // Still sees an active account.
      await pause(500);
    });
    expect((await answer)?.__typename).toBe('AccountDisabled');
    expect(await admin`select id from sessions where user_id = ${who.user.id}`).toEqual(before);
    await app.app.services.sessionEnding.endAll(who.user.id, 'deactivated', undefined);
  });

  test('behind PgBouncer (?pgbouncer=true) a whole sign-up works, and no statement is kept on a connection', async () => {
    const wire = await startWiretap(upstream());
    const pooled = await startApp({ DATABASE_URL: `${throughPort(wire.port)}?pgbouncer=true` });
    const { client, email, refreshToken, user } = await signUp(pooled);
    const next = await refreshTokens(client, refreshToken);
    expect(await isTokenAccepted(client, next.accessToken)).toBe(true);
    expectType(await login(client, email, PASSWORD), 'Authenticated');
    await client.ask(LogoutDocument, { input: { refreshToken: next.refreshToken } });
    expect(await getRejectionReason(client, next.refreshToken)).toBe('REVOKED');
    const [found] = await pooled.app.services.db.select().from(users).where(eq(users.id, user.id));
    expect(found).toMatchObject({ email, roles: [] });
    await pooled.close();
    await wire.close();
    expect(new Set(wire.heard.map(({ statement = '' }) => statement))).toEqual(new Set(['']));
  });
});
