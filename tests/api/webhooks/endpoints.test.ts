import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { WEBHOOK_TYPES } from '../../../src/core/webhook-types.ts';
import { VOCABULARY } from '../../../src/features/audit/audit.ts';
import { findWebhookType } from '../../../src/features/webhooks/webhook-events.ts';
import { auditEvents, webhookDeliveries } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type Receiver, startReceiver, WEBHOOK_SECRET, webhooksTo } from '../../support/receiver.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { validateWebhook } from '../../support/webhook-schema.ts';

const NEW_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let all: Receiver;
let sessionsOnly: Receiver;
let app: TestApp;
let selective: TestApp;
beforeAll(async () => {
  all = await startReceiver();
  sessionsOnly = await startReceiver();
  app = await startApp({ ...WITHOUT_VERIFICATION, ...webhooksTo(all) });
  const url = sessionsOnly.url.replace('http://', 'http://ada:pa%20ss@');
  selective = await startApp({
    ...WITHOUT_VERIFICATION,
    ...webhooksTo({ url: `${url}?key=canary-query` }),
    WEBHOOK_SECRET: `${NEW_SECRET} ${WEBHOOK_SECRET}`,
    WEBHOOK_EVENTS: 'session.*',
  });
});
afterAll(async () => {
  await Promise.all([app.close(), selective.close()]);
  await Promise.all([all.stop(), sessionsOnly.stop()]);
});

test('during a rotation of the secret, each webhook has a signature of either', async () => {
  await registerUser(selective.client());
  await expect.poll(() => sessionsOnly.types()).toEqual(['session.created']);
  const [received] = sessionsOnly.received;
  if (!received) throw new Error('nothing was received');
  const { headers, body, path } = received;
  expect(String(headers['webhook-signature']).split(' ')).toHaveLength(2);
  for (const secret of [NEW_SECRET, WEBHOOK_SECRET])
    new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(path).toBe('/webhooks?key=canary-query');
  expect(headers.authorization).toBe(`Basic ${Buffer.from('ada:pa ss').toString('base64')}`);
  const rows = await selective.app.services.db.select().from(webhookDeliveries);
  expect(rows).toHaveLength(1); // WEBHOOK_EVENTS selects no other type.
  expect(JSON.stringify(rows)).not.toMatch(/canary-query|pa%20ss|ada:/);
});

test('a webhook of every type is valid by docs/webhooks/event.schema.json', async () => {
  const { user } = await registerUser(app.client());
  await expect.poll(() => all.received.length).toBe(2);
  const events = Object.entries(VOCABULARY).flatMap(([type, { recorded }]) =>
    recorded
      .filter((outcome: string) => findWebhookType({ type, outcome }))
      .map((outcome: string) => ({
        id: newId(new Date()),
        at: new Date(),
        type,
        outcome,
        userId: type === 'user-import' ? null : user.id,
        detail: {
          ...(type === 'user-update' && { changed: 'firstName,roles' }),
          ...(type === 'identity' && { provider: 'github', identity: crypto.randomUUID() }),
          ...(type === 'user-import' && { format: 'csv', ...IMPORTED }),
          reason: 'canary-reason',
        },
        webhookPending: true,
      })),
  );
  const many = { ...events[0], id: newId(new Date()), type: 'session-end', outcome: 'revoked', count: 1_500 };
  await app.app.services.db.insert(auditEvents).values([...events, { ...many, at: new Date() }]);
  await expect.poll(() => all.received.length).toBe(events.length + 3);
  for (const { payload } of all.received) expect(validateWebhook(payload), JSON.stringify(payload)).toEqual([]);
  expect([...new Set(all.types())].sort()).toEqual(Object.keys(WEBHOOK_TYPES).sort());
  expect(JSON.stringify(all.received)).not.toContain('canary-reason');
  const counts = all.received.map(({ payload }) => payload.data.count);
  expect(counts).toContain(1_500);
});

const IMPORTED = { rows: 9, created: 5, present: 3, refused: 1, identities: 0, secondFactors: 0, leftOut: 2 };

test('an event whose transaction is rolled back sends nothing', async () => {
  const { audit, db } = app.app.services;
  const userId = crypto.randomUUID();
  const event = { type: 'sign-up', outcome: 'completed', userId } as const;
  await expect(
    db.transaction(async (tx) => {
      await audit.record(tx, event);
      throw new Error('the transaction failed');
    }),
  ).rejects.toThrow('the transaction failed');
  const kept = crypto.randomUUID();
  await db.transaction((tx) => audit.record(tx, { ...event, userId: kept }));
  await expect.poll(() => all.ofUser(kept)).toHaveLength(1);
  expect(all.ofUser(userId)).toEqual([]);
});
