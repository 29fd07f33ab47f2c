import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { metricsUrl, scrape } from '../../support/exposition.ts';
import { PASSWORD } from '../../support/people.ts';
import { runProgram } from '../../support/program.ts';
import { startReceiver, webhooksTo } from '../../support/receiver.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { describePostgres, describeServers, postgresServer, STARTS_PROGRAMS } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startSmtp } from '../../support/smtp.ts';

test('a port for metrics that another program uses stops the start with 69', STARTS_PROGRAMS, async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo; // Listens on TCP.
  const ended = await runProgram(['serve'], { env: { PORT: '0', METRICS_PORT: String(port) } });
  expect(ended).toMatchObject({
    code: 69,
    stderr: expect.stringMatching(/^latchkey: another program is using that address: stop it, or set METRICS_PORT; /),
  });
  taken.close();
});

describe('deliveries', () => {
  test('that wait and that were given up are shown by channel, with the requests to their servers', async () => {
    const smtp = await startSmtp();
    smtp.reply = { at: 'rcpt', code: 451, text: 'try later' };
    const receiver = await startReceiver();
    receiver.reply = { status: 500 };
    const app = await startApp({
      METRICS_PORT: '0',
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Example <no-reply@example.com>',
      EMAIL_VERIFICATION: 'login', // An account and a mail at once.
      ...webhooksTo(receiver),
    });
    try {
      const read = async (name: string, labels: Record<string, string>) => (await scrape(app)).value(name, labels);
      for (const channel of ['mail', 'sms', 'webhook'])
        for (const name of ['waiting', 'oldest_waiting_seconds', 'given_up'])
          expect(await read(`latchkey_deliveries_${name}`, { channel })).toBe(0);

      await registerUser(app.client());
      await expect.poll(() => read('latchkey_deliveries_waiting', { channel: 'mail' })).toBeGreaterThan(0);
      await expect.poll(() => read('latchkey_deliveries_waiting', { channel: 'webhook' })).toBeGreaterThan(0);
      const age = () => read('latchkey_deliveries_oldest_waiting_seconds', { channel: 'mail' });
      const before = (await age()) ?? 0;
      await expect.poll(age).toBeGreaterThan(before);
      const requests = (to: string, outcome: string) => read('latchkey_outgoing_requests_total', { to, outcome });
      await expect.poll(() => requests('mail-server', 'deferred')).toBeGreaterThan(0);
      await expect.poll(() => requests('webhook-receiver', 'refused')).toBeGreaterThan(0);

      smtp.reply = { at: 'rcpt', code: 550, text: 'no such user' };
      await expect.poll(() => read('latchkey_deliveries_given_up', { channel: 'mail' })).toBeGreaterThan(0);
      expect(await requests('mail-server', 'refused')).toBeGreaterThan(0);
    } finally {
      await app.close();
      await Promise.all([smtp.close(), receiver.stop()]);
    }
  });
});

describePostgres('the pool of connections', () => {
  let database: FreshDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    app = await startApp({
      ...WITHOUT_VERIFICATION,
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '2',
      METRICS_PORT: '0',
    });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  test('is shown while it is used up, although the scrape gets no connection either', async () => {
    const { email } = await registerUser(app.client());
    const idle = await scrape(app);
    expect(idle.value('latchkey_database_pool_size')).toBe(2);
    expect(idle.value('latchkey_database_pool_refusals_total')).toBe(0);
    const sql = postgres(database.url, { max: 1, onnotice: () => {} });
    const attempts: Promise<unknown>[] = [];
    await sql.begin(async (tx) => {
      await tx`lock table passwords in access exclusive mode`;
      for (let attempt = 0; attempt < 3; attempt++) attempts.push(login(app.client(), email, PASSWORD));
      await expect.poll(async () => (await scrape(app)).value('latchkey_database_pool_used')).toBe(2);
      await expect.poll(async () => (await scrape(app)).value('latchkey_database_pool_waiting')).toBeGreaterThan(0);
    });
    await Promise.allSettled(attempts);
    await sql.end({ timeout: 1 });
  });
});

describeServers('dependencies that are down', ['postgres', 'own redis'], () => {
  let database: FreshDatabase;
  let redis: RedisServer;
  let app: TestApp;
  beforeAll(async () => {
    [database, redis] = await Promise.all([postgresServer().then((url) => freshDatabase(url)), startRedis()]);
    app = await startApp({
      ...WITHOUT_VERIFICATION,
      DATABASE_URL: database.url,
      REDIS_URL: redis.urls[0],
      METRICS_PORT: '0',
    });
  });
  afterAll(async () => {
    await app?.close();
    await Promise.all([database?.drop(), redis?.stop()]);
  });

  test('are shown, and so are the calls that the database serves instead of Redis', async () => {
    const read = async (name: string, labels: Record<string, string>) => (await scrape(app)).value(name, labels);
    expect(await read('latchkey_dependency_up', { dependency: 'store' })).toBe(1);
    expect(await read('latchkey_store_fallbacks_total', { duty: 'rate-limits' })).toBe(0);
    await redis.kill();
    await expect.poll(() => read('latchkey_dependency_up', { dependency: 'store' })).toBe(0);
    await registerUser(app.client());
    expect(await read('latchkey_store_fallbacks_total', { duty: 'rate-limits' })).toBeGreaterThan(0);

    const old = await read('latchkey_deliveries_waiting', { channel: 'mail' });
    expect(old).toBeDefined();
    await database.drop(); // Ends the connections.
    await expect.poll(() => read('latchkey_dependency_up', { dependency: 'database' })).toBe(0);
    // Not the last known value.
    expect(await read('latchkey_deliveries_waiting', { channel: 'mail' })).toBeUndefined();
    expect((await fetch(`${metricsUrl(app)}/metrics`)).status).toBe(200);
  });
});
