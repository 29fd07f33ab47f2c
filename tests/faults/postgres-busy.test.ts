import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LoginDocument, LogoutDocument, RefreshDocument } from '../../schema/generated/graphql.ts';
import { users } from '../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { onABusyMachine, startOwnTime } from '../support/own-time.ts';
import { PASSWORD, signUp } from '../support/people.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
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

/** Milliseconds. */
const ACQUISITION = 500;

describeServers('the service while PostgreSQL is busy', ['own postgres'], () => {
  let server: PostgresServer;
  let url: string;
  let admin: postgres.Sql;
  let app: TestApp;

  beforeAll(async () => {
    server = await startPostgres();
    ({ url } = await freshDatabase(server.url));
    admin = postgres(url, { max: 4, onnotice: () => {} });
    // It registers the users: their number must not exhaust its pool.
    app = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: url, DATABASE_POOL_WAIT: '30s' });
  });
  afterEach(() => expectInvariants(url));
  afterAll(async () => {
    await app?.close();
    await admin?.end({ timeout: 1 });
    await server?.stop();
  });

  const registerOne = (): Promise<RegisteredUser> => registerUser(app.client());
  const registerMany = (count: number): Promise<RegisteredUser[]> =>
    Promise.all(Array.from({ length: count }, registerOne));
  const urlWithPort = (port: number) => Object.assign(new URL(url), { port: String(port) }).href;

  test('without a free connection requests get 503 within half a second, and the service stays alive (F08)', async () => {
    const registered = await registerMany(30);
    const small = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: url, DATABASE_POOL_SIZE: '4' });
    const client = small.client();
    const durations: number[] = [];
    let healthy = 0;
    await admin.begin(async (tx) => {
      await tx`lock table users in access exclusive mode`;
      const requests = registered.map(async ({ refreshToken }) => {
        const elapsed = startOwnTime();
        const response = await client.send(RefreshDocument, { input: { refreshToken } });
        durations.push(elapsed());
        expect([response.status, response.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      });
      await pause(100);
      for (let check = 0; check < 3; check++) {
        if ((await fetch(`${small.url}/healthz`)).ok) healthy += 1;
        expect((await fetch(`${small.url}/readyz`)).status).toBe(503);
      }
      await Promise.all(requests);
    });
    expect(healthy).toBe(3);
    const waited = durations.toSorted((a, b) => a - b);
    expect(waited.filter((duration) => duration < onABusyMachine(ACQUISITION))).toHaveLength(26);
    for (const { refreshToken } of registered) await refreshTokens(client, refreshToken);
    await small.close();
  });

  test('a request that waits too long for a lock gets 503, and a retry succeeds (F09)', async () => {
    const [who, other] = await Promise.all([registerOne(), registerOne()]);
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

  test('an account deactivated while its password is checked gets no session (T72)', async () => {
    const who = await registerOne();
    const before = await admin`select id from sessions where user_id = ${who.user.id}`;
    let loginResult: ReturnType<typeof login> | undefined;
    await admin.begin(async (tx) => {
      await tx`update users set is_active = false where id = ${who.user.id}`;
      loginResult = login(app.client(), who.email, PASSWORD); // Still reads an active account.
      await pause(500);
    });
    expect((await loginResult)?.__typename).toBe('AccountDisabled');
    expect(await admin`select id from sessions where user_id = ${who.user.id}`).toEqual(before);
    await app.app.services.sessionEnding.endAll(who.user.id, 'deactivated', undefined);
  });

  test('behind PgBouncer (?pgbouncer=true) a sign-up works, and no prepared statement is left behind', async () => {
    const wire = await startWiretap({ host: '127.0.0.1', port: Number(new URL(url).port) });
    const pooled = await startApp({ DATABASE_URL: `${urlWithPort(wire.port)}?pgbouncer=true` });
    const { client, email, refreshToken, user } = await signUp(pooled);
    const next = await refreshTokens(client, refreshToken);
    expect(await isTokenAccepted(client, next.accessToken)).toBe(true);
    expectType(await login(client, email, PASSWORD), 'Authenticated');
    await client.request(LogoutDocument, { input: { refreshToken: next.refreshToken } });
    expect(await getRejectionReason(client, next.refreshToken)).toBe('REVOKED');
    const [found] = await pooled.app.services.db.select().from(users).where(eq(users.id, user.id));
    expect(found).toMatchObject({ email, roles: [] });
    await pooled.close();
    await wire.close();
    expect(new Set(wire.heard.map(({ statement = '' }) => statement))).toEqual(new Set(['']));
  });
});
