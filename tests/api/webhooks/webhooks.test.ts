import { eq } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, userMetadata, webhookDeliveries } from '../../../src/infra/db/tables.ts';
import { changePassword, deleteAccount } from '../../support/account-changes.ts';
import { deleteUser, endSessions, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD } from '../../support/people.ts';
import { type Receiver, startReceiver, WEBHOOK_SECRET, webhooksTo } from '../../support/receiver.ts';
import { dumpTables } from '../../support/rows.ts';
import { logOut, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { validateWebhook } from '../../support/webhook-schema.ts';

let receiver: Receiver;
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  receiver = await startReceiver();
  app = await startApp({ ...WITHOUT_VERIFICATION, ...webhooksTo(receiver) });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(async () => {
  await app.close();
  await receiver.stop();
});

/** Waits until the receiver has these types about the user, in any order. */
async function expectTypes(userId: string, ...types: string[]) {
  await expect
    .poll(() =>
      receiver
        .ofUser(userId)
        .map(({ payload }) => payload.type)
        .sort(),
    )
    .toEqual(types.toSorted());
  return receiver.ofUser(userId);
}

const find = (received: Awaited<ReturnType<typeof expectTypes>>, type: string) => {
  const found = received.find(({ payload }) => payload.type === type);
  if (!found) throw new Error(`no ${type}`);
  return found;
};

/** The attempts to deliver user.created. */
const attempts = (id: string) => receiver.ofUser(id).filter(({ payload }) => payload.type === 'user.created');

describe('webhooks', () => {
  test('tell a receiver about a sign-up and a sign-in, signed as Standard Webhooks says (T111)', async () => {
    const { user, email } = await registerUser(app.client(), { device: 'Kitchen tablet' });
    const received = await expectTypes(user.id, 'session.created', 'user.created');
    const { headers, body, payload } = find(received, 'session.created');
    expect(payload.data.user).toMatchObject({
      id: user.id,
      email,
      emailVerified: false,
      roles: [],
      publicMetadata: {},
    });
    expect(payload.data.session).toMatchObject({ device: 'Kitchen tablet', endedAt: null });
    expect(payload.data.method).toBe('password');
    expect(headers['content-type']).toBe('application/json');
    expect(headers['webhook-id']).toMatch(/^[\da-f-]{36}$/);
    const signed = headers as Record<string, string>;
    expect(new Webhook(WEBHOOK_SECRET).verify(body, signed)).toEqual(payload);
    expect(() => new Webhook(WEBHOOK_SECRET).verify(body.replace('false', 'true'), signed)).toThrow();
    expect(() => new Webhook(WEBHOOK_SECRET).verify(body, { ...signed, 'webhook-id': 'x' })).toThrow();
    expect(receiver.problems).toEqual([]);
  });

  test('are about changes by administrators, too, with their id and without their reason', async () => {
    const { user } = await registerUser(app.client());
    const reason = 'Asked for by phone: ticket 4711';
    expectType(await updateUser(admin, user.id, { firstName: 'Ada', roles: ['STAFF'] }, reason), 'AdminUser');
    expectType(await endSessions(admin, user.id, reason), 'LoggedOut');
    expectType(await deleteUser(admin, user.id, reason), 'AdminUser');
    const types = ['user.created', 'session.created', 'user.updated', 'session.ended', 'user.deleted'];
    const received = await expectTypes(user.id, ...types);
    expect(find(received, 'user.updated').payload.data).toMatchObject({
      changed: expect.arrayContaining(['firstName', 'roles']),
      actorId: admin.id,
    });
    expect(find(received, 'session.ended').payload.data).toMatchObject({ reason: 'revoked', count: 1 });
    expect(find(received, 'user.deleted').payload.data.user).toEqual({ id: user.id, isDeleted: true });
    expect(JSON.stringify(received)).not.toContain('4711');
    const rows = await app.app.services.db.select().from(webhookDeliveries);
    expect(JSON.stringify(rows)).not.toContain('4711');
  });

  test('show the user as of the time of sending, and of a deleted user only the id', async () => {
    receiver.reply = ({ payload }) => ({ status: payload.type === 'user.created' ? 500 : 204 });
    const person = await registerUser(app.client());
    const { id } = person.user;
    await expect.poll(() => attempts(id).length).toBeGreaterThan(0);
    expectType(await deleteAccount(person), 'AccountDeleted');
    receiver.reply = { status: 204 };
    await app.app.services.db
      .update(webhookDeliveries)
      .set({ nextAttemptAt: new Date(0) })
      .where(eq(webhookDeliveries.state, 'pending'));
    await expect
      .poll(() => attempts(id).at(-1)?.payload.data.user, { timeout: 120_000 })
      .toEqual({ id, isDeleted: true });
    expect(attempts(id)[0]?.payload.data.user).toMatchObject({ isDeleted: false, email: person.email });
    expect(new Set(attempts(id).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(attempts(id).map(({ payload }) => payload.timestamp)).size).toBe(1);
  });

  test('contain no secrets and no private metadata (T111)', async () => {
    const person = await registerUser(app.client());
    await app.app.services.db.insert(userMetadata).values({
      userId: person.user.id,
      public: { plan: 'pro' },
      private: { note: 'canary-private-note' },
      updatedAt: new Date(),
    });
    expectType(await changePassword(person, 'another-horse-battery-77-lantern'), 'PasswordChanged');
    await logOut(person.client, person.refreshToken);
    await expectTypes(person.user.id, 'user.created', 'session.created', 'user.password.changed', 'session.ended');
    expect(find(receiver.ofUser(person.user.id), 'session.ended').payload.data.user).toMatchObject({
      publicMetadata: { plan: 'pro' },
    });
    const text = JSON.stringify(receiver.received);
    expect(text).not.toMatch(/canary-private|argon2|digest|sealed|whsec_/i);
    for (const secret of [PASSWORD, 'another-horse', person.accessToken, person.refreshToken])
      expect(text).not.toContain(secret.split('.').at(-1));
    expect(await dumpTables(app.app.services.db)).not.toContain(WEBHOOK_SECRET);
    expect(app.logged.join()).not.toContain(WEBHOOK_SECRET);
  });

  test('are valid by docs/webhooks/event.schema.json', () => {
    expect(receiver.received.length).toBeGreaterThan(10);
    for (const { payload } of receiver.received) expect(validateWebhook(payload), JSON.stringify(payload)).toEqual([]);
    const { payload } = receiver.received[0] ?? { payload: undefined };
    expect(validateWebhook({ ...payload, secret: 1 })).not.toEqual([]);
    expect(validateWebhook({ ...payload, data: { ...payload?.data, secret: 1 } })).not.toEqual([]);
    const user = { ...payload?.data.user, hash: 1 };
    expect(validateWebhook({ ...payload, data: { ...payload?.data, user } })).not.toEqual([]);
  });

  test('leave no mark on their audit events, and none of events without a webhook', async () => {
    await expect
      .poll(() => app.app.services.db.select().from(auditEvents).where(eq(auditEvents.webhookPending, true)))
      .toEqual([]);
  });
});
