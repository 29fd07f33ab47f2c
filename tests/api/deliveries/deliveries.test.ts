import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { after, MINUTE } from '../../../src/core/clock.ts';
import { BEING_SENT } from '../../../src/features/outbox/outbox.ts';
import { auditEvents, outbox, webhookDeliveries } from '../../../src/infra/db/tables.ts';
import { auditEvents as listEvents, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { insertMessage, insertWebhook, listDeliveries, MINUTE_AGO, retryDelivery } from '../../support/deliveries.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.app.services.db.delete(outbox);
  await app.app.services.db.delete(webhookDeliveries);
});
const db = () => app.app.services.db;
const ids = (page: Awaited<ReturnType<typeof listDeliveries>>) => page.nodes.map(({ id }) => id);

describe('deliveries', () => {
  test('lists mail, text messages and webhooks, newest first, with their states', async () => {
    const pending = await insertMessage(db(), { lastError: '450 greylisted' }, MINUTE_AGO(9));
    const text = await insertMessage(
      db(),
      { channel: 'SMS', kind: 'otp', state: 'sent', recipient: '+998*****67' },
      MINUTE_AGO(8),
    );
    const dead = await insertWebhook(db(), { state: 'dead', lastError: 'HTTP 500' }, MINUTE_AGO(7));
    const expired = await insertMessage(db(), { state: 'expired' }, MINUTE_AGO(6));
    const waiting = await insertWebhook(db(), {}, MINUTE_AGO(5));
    const { nodes } = await listDeliveries(admin);
    expect(nodes.map(({ id, channel, state }) => [id, channel, state])).toEqual([
      [waiting, 'WEBHOOK', 'WAITING'],
      [expired, 'MAIL', 'EXPIRED'],
      [dead, 'WEBHOOK', 'GIVEN_UP'],
      [text, 'SMS', 'SENT'],
      [pending, 'MAIL', 'WAITING'],
    ]);
    expect(nodes[2]).toMatchObject({
      kind: 'user.updated',
      recipient: 'https://app.example.com/hooks',
      error: 'HTTP 500',
      nextAttemptAt: null,
    });
    expect(nodes[4]).toMatchObject({ recipient: 'a***@example.org', error: '450 greylisted', attempts: 1 });
    expect(nodes[4]?.nextAttemptAt).not.toBeNull();
  });

  test('leaves out decoys and cancelled messages', async () => {
    await insertMessage(db(), { state: 'discarded', sealed: 'blank', attempts: 0 });
    await insertMessage(db(), { state: 'discarded' });
    expect((await listDeliveries(admin)).nodes).toEqual([]);
  });

  test('shows a text message that is being sent as waiting, and after its lease as given up', async () => {
    const marked = { channel: 'SMS', state: 'dead', lastError: BEING_SENT } as const;
    const current = await insertMessage(db(), { ...marked, nextAttemptAt: after(new Date(), MINUTE) });
    const interrupted = await insertMessage(db(), { ...marked, nextAttemptAt: MINUTE_AGO(1) });
    expect(ids(await listDeliveries(admin, { filter: { state: 'WAITING' } }))).toEqual([current]);
    expect(ids(await listDeliveries(admin, { filter: { state: 'GIVEN_UP' } }))).toEqual([interrupted]);
  });

  test('filters by channel, state and time, and pages in both directions', async () => {
    const mails: string[] = [];
    const hooks: string[] = [];
    for (const minutes of [60, 50, 40, 30, 20]) {
      mails.unshift(await insertMessage(db(), { state: 'dead' }, MINUTE_AGO(minutes)));
      hooks.unshift(await insertWebhook(db(), {}, MINUTE_AGO(minutes - 5)));
    }
    const all = hooks.flatMap((hook, index) => [hook, mails[index]]);
    expect(ids(await listDeliveries(admin, { filter: { channel: 'MAIL' } }))).toEqual(mails);
    expect(ids(await listDeliveries(admin, { filter: { channel: 'SMS' } }))).toEqual([]);
    expect(ids(await listDeliveries(admin, { filter: { channel: 'WEBHOOK', state: 'WAITING' } }))).toEqual(hooks);
    const times = { since: MINUTE_AGO(41).toISOString(), until: MINUTE_AGO(29).toISOString() };
    expect(ids(await listDeliveries(admin, { filter: times }))).toEqual([mails[1], hooks[2], mails[2]]);

    const forwards: string[] = [];
    for (let cursor: string | null | undefined; ; ) {
      const page = await listDeliveries(admin, { first: 3, after: cursor ?? null });
      forwards.push(...ids(page));
      cursor = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(forwards).toEqual(all);
    const last = await listDeliveries(admin, { last: 3 });
    expect(ids(last)).toEqual(all.slice(-3));
    const before = await listDeliveries(admin, { last: 3, before: last.pageInfo.startCursor ?? null });
    expect(ids(before)).toEqual(all.slice(-6, -3));
  });
});

describe('retryDelivery', () => {
  test('makes a webhook that was given up due again, and records who did it', async () => {
    const id = await insertWebhook(db(), { state: 'dead', lastError: 'HTTP 500', attempts: 15 });
    const { delivery } = expectType(await retryDelivery(admin, id), 'DeliveryRetried');
    expect(delivery).toMatchObject({ id, state: 'WAITING', attempts: 0 });
    expectType(await retryDelivery(admin, id), 'NotRetriable');
    const [event] = (await listEvents(admin, { filter: { kind: 'delivery' } })).nodes;
    expect(event).toMatchObject({ outcome: 'retried', actorId: admin.id, userId: null });
    expect(event?.facts).toContainEqual({ name: 'delivery', value: id });
    const events = await db().select().from(auditEvents).where(eq(auditEvents.type, 'delivery'));
    expect(events).toHaveLength(1);
  });

  test('makes a mail that was given up due again while its code and link are valid', async () => {
    const dead = { state: 'dead', sealed: 'cannot be opened' } as const;
    const valid = await insertMessage(db(), dead);
    const expired = await insertMessage(db(), { ...dead, expiresAt: MINUTE_AGO(1) });
    const deleted = await insertMessage(db(), { state: 'dead', sealed: null });
    expectType(await retryDelivery(admin, expired), 'NotRetriable');
    expectType(await retryDelivery(admin, deleted), 'NotRetriable');
    expectType(await retryDelivery(admin, valid), 'DeliveryRetried');
  });

  test('never sends a text message again', async () => {
    const id = await insertMessage(db(), { channel: 'SMS', state: 'dead', sealed: 'kept for the viewer' });
    expectType(await retryDelivery(admin, id), 'NotRetriable');
  });

  test('refuses what is waiting, was sent or has expired, and what does not exist', async () => {
    for (const state of ['pending', 'sent', 'expired'] as const)
      expectType(await retryDelivery(admin, await insertMessage(db(), { state })), 'NotRetriable');
    for (const state of ['pending', 'sent'] as const)
      expectType(await retryDelivery(admin, await insertWebhook(db(), { state })), 'NotRetriable');
    for (const id of [crypto.randomUUID(), 'nonsense']) expectType(await retryDelivery(admin, id), 'NotFound');
    const decoy = await insertMessage(db(), { state: 'discarded', sealed: 'blank' });
    expectType(await retryDelivery(admin, decoy), 'NotFound');
  });
});

test('housekeeping deletes the content of a mail that was given up once it has expired, and finished webhooks', async () => {
  const { outbox: messages, webhooks } = app.app.services;
  const old = MINUTE_AGO(4 * 24 * 60);
  const sent = await insertWebhook(db(), { state: 'sent' }, old);
  const dead = await insertWebhook(db(), { state: 'dead' }, old);
  const unlisted = await insertWebhook(db(), { nextAttemptAt: old }, old);
  expect(await webhooks.prune(10)).toBe(1);
  expect(await webhooks.giveUpUnlisted(10)).toBe(1);
  const left = (await db().select().from(webhookDeliveries)).map(({ id, state }) => [id, state]);
  expect(left).toEqual(
    expect.arrayContaining([
      [dead, 'dead'],
      [unlisted, 'dead'],
    ]),
  );
  expect(left).not.toContainEqual([sent, 'sent']);
  expect(await messages.forgetExpired(10)).toBe(0); // The outbox viewer is on.
});
