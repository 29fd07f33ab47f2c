import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import type { Overrides } from '../../src/app/infrastructure.ts';
import type { Environment } from '../../src/config.ts';
import { SECOND } from '../../src/core/clock.ts';
import { type WebhookState, webhookDeliveries } from '../../src/infra/db/tables.ts';
import { boundedWeb } from '../../src/infra/web/bounded-web.ts';
import { isPublic } from '../../src/infra/web/public-lookup.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { insertWebhook } from '../support/deliveries.ts';
import { PASSWORD } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { type Receiver, type Reply, startReceiver, webhooksTo } from '../support/receiver.ts';
import { dumpTables } from '../support/rows.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../support/sessions.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});

async function receive(reply: Reply = { status: 204 }, port = 0): Promise<Receiver> {
  const receiver = await startReceiver({ port });
  receiver.reply = reply;
  opened.push({ close: receiver.stop });
  return receiver;
}

async function open(env: Environment, overrides: Partial<Overrides> = {}): Promise<TestApp> {
  const app = await startApp({ ...WITHOUT_VERIFICATION, ...env }, overrides);
  opened.push(app);
  return app;
}

const rowsOf = ({ app }: TestApp, state?: WebhookState) =>
  app.services.db
    .select()
    .from(webhookDeliveries)
    .where(state && eq(webhookDeliveries.state, state));
const firstRow = async (app: TestApp) => (await rowsOf(app))[0];
const makeDue = ({ app }: TestApp) =>
  app.services.db
    .update(webhookDeliveries)
    .set({ nextAttemptAt: new Date(0) })
    .where(eq(webhookDeliveries.state, 'pending'));
const ONE = { WEBHOOK_EVENTS: 'user.created' };

describe('a webhook receiver', () => {
  test.each([
    [{ status: 500, body: 'canary-response' }, 'HTTP 500'],
    [{ status: 404 }, 'HTTP 404'],
    [{ status: 410 }, 'HTTP 410'],
    ['close', 'ECONNRESET'],
  ] as [Reply, string][])(
    'that responds with %j is retried, and its response is not stored (T111)',
    async (reply, error) => {
      const receiver = await receive(reply);
      const app = await open({ ...webhooksTo(receiver), ...ONE });
      await registerUser(app.client());
      await expect.poll(async () => (await firstRow(app))?.lastError).toBe(error);
      receiver.reply = { status: 200 };
      await makeDue(app);
      await expect.poll(async () => (await firstRow(app))?.state).toBe('sent');
      expect(receiver.received.length).toBeGreaterThan(1);
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect((await dumpTables(app.app.services.db)) + app.logged.join()).not.toContain('canary-response');
    },
  );

  test.each([301, 302, 307, 308])('that redirects with %i is not followed (T111)', async (status) => {
    const target = await receive();
    const receiver = await receive({ status, headers: { location: target.url } });
    const app = await open({ ...webhooksTo(receiver), ...ONE });
    await registerUser(app.client());
    await expect.poll(async () => (await firstRow(app))?.lastError).toBe(`HTTP ${status}: redirects are not followed`);
    expect(target.received).toEqual([]);
  });

  test.each(['flood', 'drip', 'short'] as const)(
    'that accepts and sends a body (%s) is not read to its end (T111)',
    async (reply) => {
      const receiver = await receive(reply);
      const app = await open({ ...webhooksTo(receiver), ...ONE });
      await registerUser(app.client());
      await expect.poll(async () => (await firstRow(app))?.state).toBe('sent');
      await expect.poll(() => receiver.connections()).toBe(0);
      expect(receiver.bytesSent()).toBeLessThan(20 * 1024 * 1024); // Of 100 MB; the rest of the system has buffers.
      expect(receiver.received).toHaveLength(1);
    },
  );

  test('that hangs delays neither other receivers nor mail nor sign-ins (F35)', async () => {
    const hanging = await receive('hang');
    const other = await receive();
    const app = await open(
      { ...webhooksTo(hanging, other), EMAIL_VERIFICATION: 'login' },
      { openWeb: (bounds) => boundedWeb(bounds.publicExcept ? { ...bounds, deadline: SECOND } : bounds) },
    );
    const people = await Promise.all(Array.from({ length: 10 }, () => registerLater(app)));
    await expect.poll(() => other.types().filter((type) => type === 'user.created')).toHaveLength(10);
    for (const email of people) expect(await app.mail(email)).toHaveLength(1);
    await expect
      .poll(async () => (await rowsOf(app, 'pending')).map(({ lastError }) => lastError))
      .toContain('no response in time');
    // Eight at once at most, and one after failures.
    expect(hanging.connections()).toBeLessThanOrEqual(8);
  });

  test('at a private address of a public name is refused (T111)', async (context) => {
    const { address = '' } = await lookup(hostname()).catch(() => ({ address: '' }));
    if (address === '' || isPublic(address)) return context.skip('the name of this machine has no private address');
    const receiver = await receive();
    const url = `http://${hostname().toLowerCase()}:${receiver.port}/webhooks`;
    const app = await open({ ...webhooksTo({ url }), WEBHOOK_PRIVATE_HOSTS: 'another.internal', ...ONE });
    await registerUser(app.client());
    await expect.poll(async () => (await firstRow(app))?.lastError).toContain('has a private address');
    expect(receiver.received).toEqual([]);
  });
});

async function registerLater(app: TestApp): Promise<string> {
  const { email } = await registerUser(app.client());
  return email;
}

describe('a webhook receiver that is down', () => {
  test('does not affect sign-ins, and gets everything when it is back (F35)', async () => {
    const port = await freePort();
    const app = await open(webhooksTo({ url: `http://127.0.0.1:${port}/webhooks` }));
    const person = await registerUser(app.client());
    for (let index = 0; index < 5; index++)
      expectType(await login(app.client(), person.email, PASSWORD), 'Authenticated');
    await expect.poll(async () => (await rowsOf(app)).length).toBe(7);
    await expect.poll(async () => (await rowsOf(app))[0]?.lastError).toBe('ECONNREFUSED');
    const receiver = await receive({ status: 204 }, port);
    await makeDue(app);
    await expect.poll(async () => (await rowsOf(app, 'sent')).length).toBe(7);
    expect(receiver.types().sort()).toEqual(['user.created', ...Array(6).fill('session.created')].sort());
  });

  test('is probed by single deliveries, and after two days all of them are given up in the open (F35)', async () => {
    const receiver = await receive({ status: 503 });
    const app = await open(webhooksTo(receiver));
    const { db } = app.app.services;
    const past = new Date(0);
    for (let batch = 0; batch < 20; batch++)
      await Promise.all(
        Array.from({ length: 50 }, () =>
          insertWebhook(db, { endpoint: receiver.url, attempts: 0, nextAttemptAt: past, giveUpAt: past }),
        ),
      );
    await expect.poll(async () => (await rowsOf(app, 'dead')).length).toBe(1_000);
    expect(receiver.received.length).toBeLessThan(50);
    for (const row of await rowsOf(app, 'dead')) expect(row.lastError).toBe('HTTP 503');
    const gaveUp = app.logged.filter((line) => line.includes('gave up on webhooks'));
    expect(gaveUp.length).toBeGreaterThan(0);
    expect(gaveUp.length).toBeLessThan(50);

    // A command retries them.
    receiver.reply = { status: 204 };
    const counts = await app.app.services.deliveries.retryAll({ channel: 'WEBHOOK' }, {});
    expect(counts).toEqual({ retried: 1_000, skipped: 0 });
    await expect.poll(async () => (await rowsOf(app, 'sent')).length).toBe(1_000);
    const before = await db
      .select()
      .from(webhookDeliveries)
      .where(and(eq(webhookDeliveries.state, 'pending')));
    expect(before).toEqual([]);
  });
});
