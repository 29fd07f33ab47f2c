import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/core/clock.ts';
import { MAX_ATTEMPTS } from '../../src/features/outbox/outbox.ts';
import { Permit } from '../../src/features/outbox/permit.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import type { Message } from '../../src/messages/message.ts';
import { CODE, describeOutbox, message, openSmtpOutbox } from '../support/smtp-outbox.ts';

const suite = openSmtpOutbox();
const { stage, smtp, openOutbox, waitUntilDeferred } = suite;
const { envelope, readRow, state } = stage;

describeOutbox(suite, 'retries of the outbox', () => {
  test.each([
    ['4xx', { at: 'rcpt', code: 450, text: '4.2.0 greylisted' }],
    ['a connection dropped after the content', 'drop after data'],
  ] as const)(
    'retries with growing delays after %s, and sends once the server accepts (F13)',
    async (_title, reply) => {
      smtp().reply = reply;
      const outbox = openOutbox();
      outbox.start();
      const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope(DAY));
      const waits: number[] = [];
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        await expect
          .poll(async () => (await readRow(id)).lastError !== null && (await readRow(id)).attempts, {
            timeout: 60_000,
          })
          .toBe(attempt);
        await stage.database.db.update(table).set({ lastError: null });
        const wait = (await readRow(id)).nextAttemptAt.getTime() - stage.clock.now().getTime();
        waits.push(Math.round(wait / SECOND));
        if (attempt === 3) smtp().reply = 'accept';
        stage.ahead += wait + 1;
      }
      await state(id).toBe('sent');
      expect(waits[0]).toBeGreaterThanOrEqual(4);
      expect(waits[1]).toBeGreaterThan((waits[0] ?? 0) * 1.5);
      expect(waits[2]).toBeGreaterThan((waits[1] ?? 0) * 1.5);
      expect(smtp().accepted).toHaveLength(1);
    },
  );

  test('marks a message dead and logs it after the last attempt (F13)', async () => {
    smtp().reply = { at: 'data', code: 451, text: '4.3.0 busy' };
    const outbox = openOutbox();
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope(DAY));
    await stage.database.db.update(table).set({ attempts: MAX_ATTEMPTS - 1 });
    outbox.start();
    await state(id).toBe('dead');
    const dead = await readRow(id);
    expect(dead).toMatchObject({ attempts: MAX_ATTEMPTS, lastError: expect.stringContaining('451') });
    expect(stage.lines.some((line) => line.includes('gave up on a message') && line.includes(id))).toBe(true);
  });

  test('marks a message dead at once after 5xx (F13)', async () => {
    smtp().reply = { at: 'rcpt', code: 550, text: '5.1.1 no such user' };
    const outbox = openOutbox();
    outbox.start();
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    await state(id).toBe('dead');
    expect((await readRow(id)).attempts).toBe(1);
  });

  test('does not send a message whose code has expired (F13)', async () => {
    smtp().reply = { at: 'rcpt', code: 450, text: '4.2.0 greylisted' };
    const outbox = openOutbox();
    outbox.start();
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    await waitUntilDeferred(id);
    smtp().reply = 'accept';
    stage.ahead = 11 * MINUTE;
    await state(id).toBe('expired');
    expect(smtp().accepted).toHaveLength(0);
    expect((await readRow(id)).sealed).toBeNull();
  });

  test('omits an expired code from a late message and keeps the valid link (F13)', async () => {
    smtp().reply = { at: 'rcpt', code: 450, text: '4.2.0 greylisted' };
    const outbox = openOutbox();
    outbox.start();
    const both: Message = { ...message(), ...{ codeTtl: 10 * MINUTE, linkTtl: DAY } };
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), both, envelope(DAY));
    await waitUntilDeferred(id);
    smtp().reply = 'accept';
    stage.ahead = 11 * MINUTE;
    await state(id).toBe('sent');
    expect(smtp().accepted[0]?.raw).toContain('verify-email');
    expect(smtp().accepted[0]?.raw).not.toContain(CODE);
  });

  test('marks a message dead if it kills its worker at every attempt', async () => {
    const outbox = openOutbox();
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope(DAY));
    await stage.database.db.update(table).set({ attempts: MAX_ATTEMPTS });
    outbox.start();
    await state(id).toBe('dead');
    expect(smtp().accepted).toHaveLength(0);
  });
});
