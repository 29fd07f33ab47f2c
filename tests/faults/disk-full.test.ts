import { chownSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../schema/generated/graphql.ts';
import { openDatabase } from '../../src/infra/db/client.ts';
import { insertAccount } from '../support/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login, me, register } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { dataDirectory, freshDatabase } from '../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';
import { unprivilegedUser } from '../support/server-process.ts';
import { describeServers } from '../support/servers.ts';
import { mountSmallDisk, type SmallDisk, smallDiskProblem } from '../support/small-disk.ts';

/** Writes until one is refused, and returns the refusal: pages that have gaps take writes on a full disk, too. */
async function writeUntilRefused(app: TestApp) {
  for (let attempt = 0; attempt < 500; attempt++) {
    const input = { email: uniqueEmail(), password: PASSWORD };
    const response = await app.client().send(RegisterEmailDocument, { input });
    if (response.status !== 200) return response;
  }
  throw new Error('every write was accepted');
}

const countLines = ({ logged }: TestApp, text: string) => logged.filter((line) => line.includes(text)).length;

async function expectRefusalAndRecovery(app: TestApp, disk: SmallDisk): Promise<void> {
  const client = app.client();
  const { email } = await insertAccount(app);
  const { accessToken } = expectType(await login(client, email, PASSWORD), 'Authenticated');
  const ready = () => fetch(`${app.url}/readyz`);
  expect((await ready()).status).toBe(200);

  disk.fill();
  const refused = await writeUntilRefused(app);
  expect([refused.status, refused.errors[0]?.extensions.code, refused.headers.get('retry-after')]).toEqual([
    503,
    'SERVICE_UNAVAILABLE',
    '1',
  ]);
  for (let again = 0; again < 20; again++) await writeUntilRefused(app);
  const notReady = await ready();
  expect([notReady.status, await notReady.json()]).toEqual([
    503,
    expect.objectContaining({ status: 'DOWN', database: 'UP', disk: 'DOWN' }),
  ]);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  expect((await me(client, accessToken))?.email).toBe(email); // Reads are served.
  expect(countLines(app, 'disk full')).toBe(1);
  expect(countLines(app, 'a dependency is unavailable')).toBeLessThan(10);

  disk.free();
  await expect.poll(async () => (await ready()).status).toBe(200);
  expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  expectType(await register(app.client(), { email: uniqueEmail(), password: PASSWORD }), 'Challenge');
  expect(countLines(app, 'disk full')).toBe(1);
  expect(countLines(app, 'has space for writes again')).toBe(1);
}

const LIMITS = { LOGIN_BUDGET_IP: '100000/15m', HASH_QUEUE_LIMIT: '10000' };
const problem = smallDiskProblem();
const title = (where: string) => `a full disk, ${where}${problem ? ` (skipped: ${problem})` : ''}`;

describe.skipIf(problem)(title('embedded'), () => {
  let disk: SmallDisk;
  let app: TestApp;
  const open = () =>
    openDatabase({
      kind: 'embedded',
      directory: join(disk.directory, 'data', 'database'),
      isDurable: true,
      schema: 'public',
    });
  beforeAll(async () => {
    disk = mountSmallDisk(200);
    cpSync(await dataDirectory(), join(disk.directory, 'data'), { recursive: true });
    app = await startApp(LIMITS, { database: await open() });
  });
  afterAll(() => disk.unmount());

  test('refuses writes with 503, is not ready, serves again when there is space, and loses nothing (F34)', async () => {
    await expectRefusalAndRecovery(app, disk);
    const { id } = await insertAccount(app);
    await app.close();
    const { db, close } = await open();
    expect(await rows(db, sql`select id from users where id = ${id}`)).toEqual([{ id }]);
    await close();
  });
});

if (problem === undefined)
  describeServers(title('PostgreSQL'), ['own postgres'], () => {
    let disk: SmallDisk;
    let server: PostgresServer;
    const closing: (() => Promise<unknown>)[] = [];
    beforeAll(async () => {
      disk = mountSmallDisk(64);
      server = await startPostgres();
    });
    afterEach(async () => {
      for (const close of closing.splice(0).reverse()) await close();
    });
    afterAll(async () => {
      await server.stop();
      disk.unmount();
    });

    test('refuses writes with 503, is not ready, and serves again when there is space (F34)', async () => {
      const location = join(disk.directory, 'tablespace');
      mkdirSync(location);
      const user = unprivilegedUser();
      if (user) chownSync(location, user.uid, user.gid);
      const database = await freshDatabase(server.url, { tablespace: location });
      const app = await startApp({ ...LIMITS, DATABASE_URL: database.url });
      closing.push(database.drop, () => app.close());
      await expectRefusalAndRecovery(app, disk);
    });
  });
