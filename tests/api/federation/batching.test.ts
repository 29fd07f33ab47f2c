import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { apiClient } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { startGateway, type TestGateway } from '../../support/federation/gateway.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { eventually, removeDirectory, temporaryDirectory } from '../../support/server-process.ts';
import { describeServers } from '../../support/servers.ts';

const LOGGING = { log_statement: 'all', logging_collector: 'on', log_filename: 'statements.log' };
/** More than one of our own pages has. */
const USERS = 250;

describeServers('users of another subgraph', ['own postgres'], () => {
  const directory = temporaryDirectory('statements');
  chmodSync(directory, 0o777);
  const statements = () => readFileSync(join(directory, 'statements.log'), 'utf8');
  let server: PostgresServer;
  let app: TestApp;
  let gateway: TestGateway;
  let admin: UserWithRoles;
  let ada: UserWithRoles;

  beforeAll(async () => {
    server = await startPostgres({ settings: { ...LOGGING, log_directory: directory } });
    const { url } = await freshDatabase(server.url);
    app = await startApp({ DATABASE_URL: url, FEDERATION: 'on' });
    [admin, ada] = [await signInWithRoles(app, 'ADMIN'), await signInWithRoles(app)];
    const ids = [];
    for (let index = 0; index < USERS; index++) ids.push((await insertAccount(app)).id);
    gateway = await startGateway(app, 'shop', ids);
  });
  afterAll(async () => {
    await gateway?.close();
    await app?.close();
    await server?.stop();
    removeDirectory(directory);
  });

  /** How many statements looked up users by their IDs, and the users that the caller saw. */
  async function countLookups(token?: string): Promise<{ lookups: number; seen: number }> {
    const before = statements().length;
    const query = '{ orders { nodes { user { email } } } }';
    const { data } = await apiClient(gateway.url).post({ query }, { token });
    const { orders } = data as { orders: { nodes: { user: { email: string } | null }[] } };
    const seen = orders.nodes.filter(({ user }) => user?.email).length;
    await app.app.services.db.execute("select 'the end of the request'");
    const log = await eventually(() => {
      const since = statements().slice(before);
      expect(since).toContain('the end of the request');
      return since;
    });
    return { lookups: log.match(/from "users" where "users"\."id" = any/g)?.length ?? 0, seen };
  }

  test('are looked up in one query, however many there are', async () => {
    // One for the caller, one for the caller's role, one for all the others.
    expect(await countLookups(admin.token)).toEqual({ lookups: 3, seen: USERS });
  });

  test('are not looked up for callers who may not see them', async () => {
    expect(await countLookups()).toEqual({ lookups: 0, seen: 0 });
    expect(await countLookups(ada.token)).toEqual({ lookups: 1, seen: 0 });
  });
});
