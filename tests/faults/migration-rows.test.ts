import postgres from 'postgres';
import { expect, test } from 'vitest';
import { migratePostgres } from '../../src/infra/db/migrate.ts';
import { listMigrations } from '../../src/infra/db/migrations/files.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase, settingsFor } from '../support/databases.ts';
import { migrateTo } from '../support/old-database.ts';
import { startReceiver, webhooksTo } from '../support/receiver.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

/** How many migrations come before this one. */
const before = (name: string): number => listMigrations().findIndex((migration) => migration.name === name);

describePostgres('rows from before a migration', () => {
  test('webhooks that wait without a time to give up are kept, and are sent', async () => {
    const receiver = await startReceiver();
    const fresh = await freshDatabase(await postgresServer(), { migrated: false });
    await migrateTo(fresh.url, before('0012_webhook_give_up'));
    const sql = postgres(fresh.url, { max: 1, onnotice: () => {} });
    const event = { at: '2026-11-30T03:00:00Z', userId: null, sessionId: null, actorId: null, method: null, facts: {} };
    for (const state of ['pending', 'sent', 'dead'])
      await sql`insert into webhook_deliveries (id, event_id, type, endpoint, event, state, next_attempt_at, created_at, finished_at)
        values (gen_random_uuid(), gen_random_uuid(), 'user.deleted', ${receiver.url}, ${sql.json(event)}, ${state},
          now(), now() - interval '1 day', ${state === 'pending' ? null : sql`now()`})`;
    const kept = () =>
      sql`select id, event_id, type, endpoint, event, attempts, created_at from webhook_deliveries order by id`;
    const rows = await kept();
    const [waiting] = await sql<{ eventId: string }[]>`
      select event_id as "eventId" from webhook_deliveries where state = 'pending'`;

    expect(await migratePostgres(settingsFor(fresh.url))).toBeGreaterThan(0);
    expect(await kept()).toEqual(rows);
    // As long as a new one.
    const [time] =
      await sql`select extract(epoch from give_up_at - now()) / 3600 as hours from webhook_deliveries limit 1`;
    expect(Number(time?.hours)).toBeGreaterThan(47);

    const app = await startApp({ DATABASE_URL: fresh.url, ...webhooksTo(receiver) });
    await expect.poll(() => receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([waiting?.eventId]);
    await app.close();
    await receiver.stop();
    await sql.end();
    await fresh.drop();
  });
});
