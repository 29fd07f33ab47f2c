import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { silent } from '../../../src/core/log.ts';
import { createWebhooks } from '../../../src/features/webhooks/webhooks.service.ts';
import type { Database } from '../../../src/infra/db/client.ts';
import { webhookDeliveries } from '../../../src/infra/db/tables.ts';
import { createTransact } from '../../../src/infra/db/transact.ts';
import { boundedWeb } from '../../../src/infra/web/bounded-web.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { loadTestConfig } from '../../support/config.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../../support/databases.ts';
import { insertWebhook } from '../../support/deliveries.ts';
import { type Receiver, startReceiver, webhooksTo } from '../../support/receiver.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

describePostgres('ten workers for one receiver', () => {
  let fresh: FreshDatabase;
  let database: Database;
  let receiver: Receiver;
  let app: TestApp;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    database = await openPostgresDatabase(fresh.url, 20);
    receiver = await startReceiver();
    app = await startApp({ DATABASE_URL: fresh.url });
  });
  afterAll(async () => {
    await app?.close();
    await database?.close();
    await receiver?.stop();
    await fresh?.drop();
  });

  test('send each delivery once while nothing fails', async () => {
    const { db } = database;
    const past = new Date(0);
    for (let index = 0; index < 300; index++)
      await insertWebhook(db, { endpoint: receiver.url, attempts: 0, nextAttemptAt: past });
    const { webhooks } = loadTestConfig(webhooksTo(receiver));
    const workers = Array.from({ length: 10 }, () =>
      createWebhooks({
        db,
        transact: createTransact({ db, log: silent }),
        clock: systemClock,
        log: silent,
        audit: app.app.services.audit,
        openWeb: boundedWeb,
        webhooks,
        pollInterval: 500,
      }),
    );
    for (const worker of workers) worker.start();
    await expect
      .poll(async () => (await db.select().from(webhookDeliveries)).filter(({ state }) => state === 'sent').length, {
        timeout: 240_000,
        interval: 500,
      })
      .toBe(300);
    await Promise.all(workers.map((worker) => worker.close()));
    const rows = await db.select().from(webhookDeliveries);
    // A lease that ends on a busy machine is another attempt.
    const sent = (id: string) => receiver.received.filter(({ headers }) => headers['webhook-id'] === id).length;
    expect(rows.filter(({ eventId, attempts }) => sent(eventId) > attempts)).toEqual([]);
    expect(rows.filter(({ eventId }) => sent(eventId) === 0)).toEqual([]);
  });
});
