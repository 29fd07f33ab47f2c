import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvents } from '../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { insertMessage, insertWebhook, MINUTE_AGO } from '../support/deliveries.ts';
import { type Receiver, startReceiver, webhooksTo } from '../support/receiver.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

describePostgres('latchkey deliveries', () => {
  let database: FreshDatabase;
  let receiver: Receiver;
  let app: TestApp;
  let env: Record<string, string>;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    receiver = await startReceiver();
    env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('base64'), ...webhooksTo(receiver) };
    app = await startApp(env);
  });
  afterAll(async () => {
    await app?.close();
    await receiver?.stop();
    await database?.drop();
  });
  const run = (...args: string[]) => runCommand(['deliveries', ...args], { env });

  test('lists what was given up, and retries one or all, which the running service then sends (F35)', async () => {
    const { db } = app.app.services;
    expect(await run('list')).toMatchObject({ code: 0, stdout: 'there are none\n' });
    const dead = { endpoint: receiver.url, state: 'dead', lastError: 'HTTP 500' } as const;
    const old = await insertWebhook(db, dead, MINUTE_AGO(600));
    const first = await insertWebhook(db, dead, MINUTE_AGO(5));
    await insertWebhook(db, dead, MINUTE_AGO(4));
    const text = await insertMessage(db, { channel: 'SMS', state: 'dead' }, MINUTE_AGO(3));

    const listed = await run('list', '--channel', 'webhook', '--state', 'given-up', '--since', '1h', '--json');
    const rows = listed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ id: first, state: 'GIVEN_UP', error: 'HTTP 500', recipient: receiver.url });
    expect((await run('list', '--limit', '1')).stdout.trim().split('\n')).toHaveLength(1);

    expect(await run('retry', first)).toMatchObject({ code: 0, stdout: expect.stringContaining('it will be retried') });
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(await run('retry', text)).toMatchObject({ code: 1, stderr: expect.stringContaining('text message') });
    expect(await run('retry', crypto.randomUUID())).toMatchObject({ code: 1 });

    expect(await run('retry', '--all', '--since', '1h', '--json')).toMatchObject({
      code: 0,
      stdout: '{"retried":1,"skipped":1}\n',
    });
    await expect.poll(() => receiver.received.length).toBe(2);
    expect((await run('retry', '--all', '--channel', 'webhook')).stdout).toBe('1 will be retried; 0 cannot be\n');
    await expect.poll(() => receiver.received.length).toBe(3);
    expect((await run('list', '--state', 'sent')).stdout).toContain(old);
    const events = await db.select().from(auditEvents);
    expect(events.filter(({ type }) => type === 'delivery')).toHaveLength(3);
    expect(events.find(({ type }) => type === 'delivery')?.method).toBe('command-line');
  });

  test.each([
    [['retry']],
    [['retry', 'x', '--all']],
    [['retry', 'x', '--channel', 'sms']],
    [['list', '--state', 'lost']],
    [['list', '--since', 'yesterday']],
    [['list', '--limit', '0']],
  ])('%j is refused with the exit code for wrong usage', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 64, stdout: '' });
  });
});
