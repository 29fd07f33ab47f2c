import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { auditEvents, webhookDeliveries } from '../../../src/infra/db/tables.ts';
import { signInWithRoles } from '../../support/admins.ts';
import { insertMessage, insertWebhook, retryDelivery } from '../../support/deliveries.ts';
import { useReplicas } from '../../support/replicas.ts';
import { describePostgres } from '../../support/servers.ts';

describePostgres('ten retries of one delivery at once, on two replicas', () => {
  const { app, replica } = useReplicas({});

  test.each(['webhook', 'mail'])('make a %s due once', async (kind) => {
    const { db } = app().app.services;
    const admin = await signInWithRoles(app(), 'ADMIN');
    const dead = { state: 'dead', lastError: 'HTTP 500' } as const;
    const id = kind === 'webhook' ? await insertWebhook(db, dead) : await insertMessage(db, { ...dead, sealed: 'x' });
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => retryDelivery({ ...admin, client: replica(index).client() }, id)),
    );
    const retried = results.filter((result) => result.__typename === 'DeliveryRetried');
    expect(retried).toHaveLength(1);
    const events = await db.select().from(auditEvents).where(eq(auditEvents.type, 'delivery'));
    expect(events.filter(({ detail }) => detail.delivery === id)).toHaveLength(1);
    await db.delete(webhookDeliveries);
  });
});
