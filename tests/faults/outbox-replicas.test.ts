import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/core/clock.ts';
import { LEASE } from '../../src/features/outbox/outbox.ts';
import { Permit } from '../../src/features/outbox/permit.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import type { Mail, Mailer } from '../../src/infra/mail/mailer.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { message, openSmtpOutbox } from '../support/smtp-outbox.ts';

const { stage, smtp, openOutbox } = openSmtpOutbox();
const { envelope, readRow, state, attempts } = stage;

describePostgres('several replicas of the outbox', () => {
  let fresh: FreshDatabase;
  let other: Database;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    other = await openPostgresDatabase(fresh.url);
    stage.database = await openPostgresDatabase(fresh.url);
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await stage.database.close();
    await fresh.drop();
  });

  test('two workers send fifty messages once each (F14)', async () => {
    const workers = [openOutbox(), openOutbox({ on: other })];
    const to = Array.from({ length: 50 }, (_, n) => `person-${n}@example.org`);
    for (const address of to)
      await workers[0]?.enqueue(stage.database.db, Permit.consumed(), message(address), envelope());
    for (const worker of workers) worker.start();
    await expect.poll(() => smtp().accepted.length, { timeout: 60_000 }).toBe(50);
    await expect
      .poll(async () => (await stage.database.db.select().from(table).where(eq(table.state, 'sent'))).length, {
        timeout: 60_000,
      })
      .toBe(50);
    expect(
      smtp()
        .accepted.flatMap((mail) => mail.to)
        .sort(),
    ).toEqual([...to].sort());
  });

  test('two workers share the messages (F14)', async () => {
    const sent: [number, number] = [0, 0];
    const slowMailer = (n: 0 | 1): Mailer => ({
      send: async () => {
        sent[n] += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { outcome: 'sent' };
      },
      verify: async () => ({ outcome: 'sent' }),
      close: async () => {},
    });
    const workers = [openOutbox({ mailer: slowMailer(0) }), openOutbox({ mailer: slowMailer(1), on: other })];
    for (let n = 0; n < 24; n += 1)
      await workers[0]?.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    for (const worker of workers) worker.start();
    await expect.poll(() => sent[0] + sent[1], { timeout: 60_000 }).toBe(24);
    expect(Math.min(...sent)).toBeGreaterThan(0);
  });

  test('when a worker dies, another one sends its message when the lease ends, and not before (F14)', async () => {
    const lost: Mail[] = [];
    const dyingWorker = openOutbox({ mailer: hangingMailer(lost) });
    const id = await dyingWorker.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    dyingWorker.start();
    await expect.poll(() => lost.length).toBe(1);
    await dyingWorker.close(0);

    const next = openOutbox({ on: other });
    next.start();
    stage.ahead = LEASE - 5 * SECOND;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(smtp().accepted).toHaveLength(0);
    stage.ahead = LEASE + SECOND;
    await state(id).toBe('sent');
    expect(smtp().accepted).toHaveLength(1);
    expect(smtp().accepted[0]?.raw).toContain(lost[0]?.messageId);
  });

  test('a hung SMTP server does not delay new messages, and the worker recovers (F12)', async () => {
    smtp().reply = 'hang after data';
    const before = smtp().arrived();
    const outbox = openOutbox({ deadline: 1500 });
    outbox.start();
    const ids = [];
    for (let n = 0; n < 4; n += 1)
      ids.push(await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope()));
    await expect.poll(() => smtp().arrived() - before).toBe(4); // All slots are taken.
    for (let n = 0; n < 20; n += 1)
      ids.push(await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope()));
    const unfinished = await stage.database.db.select().from(table).where(eq(table.state, 'pending'));
    expect(unfinished.filter(({ lastError }) => lastError === null)).toHaveLength(24); // Written while all four hang.
    smtp().reply = 'accept';
    await expect.poll(() => smtp().accepted.length, { timeout: 60_000 }).toBe(20);
    stage.ahead = MINUTE; // The four are retried.
    await expect.poll(() => smtp().accepted.length, { timeout: 60_000 }).toBe(24);
    for (const id of ids) await state(id).toBe('sent');
  });

  test('a closing outbox takes no more messages and waits, up to a limit, for those being sent', async () => {
    let release = () => {};
    const held: Mailer = {
      send: () => new Promise((resolve) => (release = () => resolve({ outcome: 'sent' }))),
      verify: async () => ({ outcome: 'sent' }),
      close: async () => {},
    };
    const outbox = openOutbox({ mailer: held });
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    outbox.start();
    await attempts(id).toBe(1);
    const closing = outbox.close(5000);
    const late = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    release();
    await closing;
    expect((await readRow(id)).state).toBe('sent');
    expect(await readRow(late)).toMatchObject({ state: 'pending', attempts: 0 });

    const stuck = openOutbox({ mailer: hangingMailer([]) });
    stuck.start();
    await attempts(late).toBe(1);
    await stuck.close(50);
  });
});

/** A mailer that never responds, as if its process had died. */
const hangingMailer = (received: Mail[]): Mailer => ({
  send: (mail) => {
    received.push(mail);
    return new Promise(() => {});
  },
  verify: async () => ({ outcome: 'sent' }),
  close: async () => {},
});
