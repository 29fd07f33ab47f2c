import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src/core/clock.ts';
import type { Phone } from '../../src/core/identifiers.ts';
import { KEEP_DEAD } from '../../src/features/outbox/outbox.ts';
import { Permit } from '../../src/features/outbox/permit.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import { createTransact, type Effect, type Tx } from '../../src/infra/db/transact.ts';
import { CODE, describeOutbox, message, openSmtpOutbox } from '../support/smtp-outbox.ts';

const suite = openSmtpOutbox();
const { stage, smtp, openOutbox, waitUntilDeferred } = suite;
const { envelope, readRow, state } = stage;

const VARYING = { id: 0, sealed: 0, state: 0, createdAt: 0, nextAttemptAt: 0, expiresAt: 0, finishedAt: 0 };

describeOutbox(suite, 'the outbox', () => {
  test('sends one mail to exactly that address when the transaction commits (T31)', async () => {
    const outbox = openOutbox({ poll: MINUTE });
    outbox.start();
    const transact = createTransact({ db: stage.database.db, log: stage.log });
    const id = await transact((tx) => outbox.enqueue(tx, Permit.consumed(), message(), envelope()));
    await state(id).toBe('sent');
    expect(smtp().accepted.map(({ to }) => to)).toEqual([['aziza@example.org']]);
  });

  test('wakes the worker after the commit, even for decoys', async () => {
    const outbox = openOutbox();
    const sms = { kind: 'otp', to: '+998901234567' as Phone, code: CODE } as const; // Parsed by hand.
    const writes: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => outbox.enqueue(tx, Permit.consumed(), message(), envelope()),
      async (tx) => outbox.write(tx, await outbox.draftDecoy(Permit.consumed(), message(), envelope())),
      (tx) => outbox.enqueueSms(tx, Permit.consumed(), sms, envelope()),
      (tx) => outbox.enqueueSmsDecoy(tx, Permit.consumed(), sms, envelope()),
    ];
    for (const write of writes) {
      const effects: Effect[] = [];
      await stage.database.db.transaction((tx) =>
        write(Object.assign(tx, { after: (effect: Effect) => void effects.push(effect) })),
      );
      expect(effects).toHaveLength(1);
    }
  });

  test('never sends a message of a transaction that failed', async () => {
    const outbox = openOutbox();
    const failing = stage.database.db.transaction(async (tx) => {
      await outbox.enqueue(tx, Permit.consumed(), message(), envelope());
      throw new Error('the transaction failed');
    });
    await expect(failing).rejects.toThrow('the transaction failed');
    expect(await stage.database.db.select().from(table)).toHaveLength(0);
  });

  test('keeps code, link and address out of the table and the log at all times (T53)', async () => {
    smtp().reply = { at: 'rcpt', code: 450, text: `4.2.0 <aziza@example.org> ${CODE} greylisted` };
    const outbox = openOutbox();
    const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
    const tables = [JSON.stringify(await readRow(id))];
    outbox.start();
    await waitUntilDeferred(id);
    tables.push(JSON.stringify(await readRow(id)));
    smtp().reply = 'accept';
    stage.ahead = MINUTE;
    await state(id).toBe('sent');
    tables.push(JSON.stringify(await readRow(id)));
    expect((await readRow(id)).sealed).toBeNull();
    expect(stage.lines.length).toBeGreaterThan(0);
    expect([...tables, ...stage.lines].join('\n')).not.toMatch(/aziza|048291|QvX3c0hV/);
  });

  test('writes a decoy as a finished row of the same size and never sends it', async () => {
    const outbox = openOutbox();
    const real = await readRow(await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope()));
    const { id } = await outbox.write(
      stage.database.db,
      await outbox.draftDecoy(Permit.consumed(), message(), envelope()),
    );
    const decoy = await readRow(id);
    expect(decoy.state).toBe('discarded');
    expect(decoy.sealed).toHaveLength(real.sealed?.length ?? 0);
    expect({ ...decoy, ...VARYING }).toEqual({ ...real, ...VARYING });
    outbox.start();
    await state(real.id).toBe('sent');
    expect(smtp().accepted).toHaveLength(1);
    expect(await outbox.recent(10)).toHaveLength(1);
  });

  test('deletes finished rows after a day, dead ones after thirty days, and pending ones never', async () => {
    const outbox = openOutbox();
    const insertRow = async (state: 'pending' | 'sent' | 'dead' | 'discarded') => {
      const id = await outbox.enqueue(stage.database.db, Permit.consumed(), message(), envelope());
      const finishedAt = state === 'pending' ? null : stage.clock.now();
      await stage.database.db.update(table).set({ state, finishedAt }).where(eq(table.id, id));
      return id;
    };
    const [pending, , dead] = [
      await insertRow('pending'),
      await insertRow('sent'),
      await insertRow('dead'),
      await insertRow('discarded'),
    ];
    const remainingIds = async () =>
      (await stage.database.db.select({ id: table.id }).from(table)).map(({ id }) => id).sort();
    expect(await outbox.prune(10)).toBe(0);
    stage.ahead = DAY + MINUTE;
    expect(await outbox.prune(1)).toBe(1);
    expect(await outbox.prune(10)).toBe(1);
    expect(await remainingIds()).toEqual([pending, dead].sort());
    stage.ahead = KEEP_DEAD + MINUTE;
    expect(await outbox.prune(10)).toBe(1);
    expect(await remainingIds()).toEqual([pending]);
  });

  test('shows sent messages in the viewer, newest first, in their language', async () => {
    const outbox = openOutbox({ keepSealed: true });
    const first = await outbox.enqueue(stage.database.db, Permit.consumed(), message('first@example.org'), envelope());
    stage.ahead = SECOND;
    const second = await outbox.enqueue(stage.database.db, Permit.consumed(), message('second@example.org'), {
      ...envelope(),
      locale: 'ru',
    });
    outbox.start();
    await state(first).toBe('sent');
    await state(second).toBe('sent');
    const shown = await outbox.recent(10);
    expect(shown.map(({ id, to, locale, code }) => ({ id, to, locale, code }))).toEqual([
      { id: second, to: 'second@example.org', locale: 'ru', code: CODE },
      { id: first, to: 'first@example.org', locale: 'en', code: CODE },
    ]);
    expect(shown[0]?.subject).toContain('Подтвердите');
    expect(await outbox.recent(1)).toHaveLength(1);
  });
});
