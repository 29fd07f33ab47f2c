import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RefreshDocument } from '../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { freshDatabase } from '../support/databases.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createRefresher, keepLoggingIn, keepSigningUp, underLoad, untilAllRefreshed } from '../support/load.ts';
import { onABusyMachine } from '../support/own-time.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { isTokenAccepted, refreshTokens, registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';

/** Milliseconds. */
const RECOVERY = onABusyMachine(5_000);

describeServers('a primary with a standby', ['own postgres'], () => {
  let primary: PostgresServer;
  let standby: PostgresServer;
  /** On the primary, and on the standby. */
  let [url, standbyUrl] = ['', ''];
  const apps: TestApp[] = [];

  beforeAll(async () => {
    primary = await startPostgres();
    ({ url } = await freshDatabase(primary.url));
    standby = await startPostgres({ standbyOf: primary });
    standbyUrl = Object.assign(new URL(url), { host: new URL(standby.url).host }).href;
    // A commit returns when the standby has it, too: what a client was told is not lost with the primary.
    const admin = postgres(primary.url, { max: 1, onnotice: () => {} });
    await admin`alter system set synchronous_standby_names = '*'`;
    await admin`select pg_reload_conf()`;
    await eventually(async () =>
      expect(await admin`select sync_state from pg_stat_replication`).toEqual([{ sync_state: 'sync' }]),
    );
    await admin.end({ timeout: 1 });
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });
  afterAll(() => Promise.all([primary?.stop(), standby?.stop()]));

  async function start(databaseUrl: string): Promise<TestApp> {
    const app = await startApp({ ...WITHOUT_VERIFICATION, DATABASE_URL: databaseUrl });
    apps.push(app);
    return app;
  }
  const readiness = async ({ url }: TestApp) => {
    const response = await fetch(`${url}/readyz`);
    return [response.status, await response.json()];
  };
  const NOT_WRITABLE = [503, expect.objectContaining({ status: 'DOWN', database: 'UP', writes: 'DOWN', disk: 'UP' })];

  test('a service on a standby is not ready and says why, refuses writes with 503, and signs no session out (F31)', async () => {
    const user = await registerUser((await start(url)).client());
    await eventually(async () => {
      const sql = postgres(standbyUrl, { max: 1 });
      const rows = await sql`select from sessions where id = ${user.session.id}`.finally(() => sql.end({ timeout: 1 }));
      expect(rows).toHaveLength(1);
    });
    const app = await start(standbyUrl);
    expect(await readiness(app)).toEqual(NOT_WRITABLE);
    const client = app.client();
    const refused = await client.send(RefreshDocument, { input: { refreshToken: user.refreshToken } });
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);

    const { code, stdout } = await runCommand(['doctor', '--json'], {
      env: { NODE_ENV: 'development', DATABASE_URL: standbyUrl },
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      healthy: false,
      findings: expect.arrayContaining([
        {
          state: 'wrong',
          subject: 'database',
          text: 'the server is read-only or a standby, and the service writes',
          advice: expect.stringMatching(/the host of the primary/),
        },
      ]),
    });
  });

  test('when the primary dies and the standby is promoted under load, requests succeed again within five seconds, and no session is lost (F31)', async () => {
    const hosts = [primary, standby].map((server) => new URL(server.url).host).join(',');
    const app = await start(url.replace(new URL(url).host, hosts));
    const users = await Promise.all(Array.from({ length: 4 }, () => registerUser(app.client())));
    const refreshers = users.map((user) => createRefresher([app.client()], user));
    const actions = [
      ...refreshers.flatMap(({ refresh, me }) => [refresh, me]),
      keepSigningUp(app.client()),
      ...users.slice(0, 2).map(({ email }) => keepLoggingIn(app.client(), email)),
    ];
    let [promoted, recovered] = [0, 0];
    const tally = await underLoad(actions, async (soFar) => {
      await expect.poll(() => soFar.responses).toBeGreaterThan(50);
      await primary.kill('SIGQUIT');
      await eventually(async () => expect(await readiness(app)).toEqual(NOT_WRITABLE), RECOVERY);
      const admin = postgres(standby.url, { max: 1 });
      promoted = performance.now();
      await admin`select pg_promote()`;
      await eventually(async () => expect((await readiness(app))[0]).toBe(200), RECOVERY);
      await untilAllRefreshed(refreshers, RECOVERY);
      recovered = performance.now();
      await admin.end({ timeout: 1 });
      await pause(300);
    });
    expect(recovered - promoted).toBeLessThan(RECOVERY);
    expect(tally).toMatchObject({ wrong: [], lost: 0 });
    expect(tally.unavailable).toBeGreaterThan(0);
    for (const { current, access, seen } of refreshers) {
      expect(await isTokenAccepted(app.client(), access())).toBe(true);
      expect(seen).not.toContain((await refreshTokens(app.client(), current())).refreshToken);
    }
    await expectInvariants(standbyUrl);
  });
});
