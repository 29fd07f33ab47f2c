import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { after, DAY, MINUTE, SECOND, systemClock } from '../../src/core/clock.ts';
import type { Email, Phone } from '../../src/core/identifiers.ts';
import type { Log } from '../../src/core/log.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { createOutbox } from '../../src/features/outbox/outbox.service.ts';
import { KEEP_DEAD, LEASE, MAX_ATTEMPTS } from '../../src/features/outbox/outbox.ts';
import { Permit } from '../../src/features/outbox/permit.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import { createTransact, type Effect, type Tx } from '../../src/infra/db/transact.ts';
import type { Mail, Mailer } from '../../src/infra/mail/mailer.ts';
import { smtpMailer } from '../../src/infra/mail/smtp-mailer.ts';
import { logSender } from '../../src/infra/sms/log-sender.ts';
import type { Message } from '../../src/messages/message.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { embeddedDatabase, type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { OPEN_GATE } from '../support/open-gate.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { type SmtpStandIn, startSmtp } from '../support/smtp.ts';
import { EXAMPLE, exampleTexts } from '../support/texts.ts';

const keyring = createKeyring([randomBytes(32)]);
const templates = createTemplates({ directory: undefined, product: EXAMPLE });
const CODE = '048291';

let smtp: SmtpStandIn;
let database: Database;
let lines: string[];
let ahead: number;
const running: { close(grace?: number): Promise<void> }[] = [];

const clock = { now: () => after(systemClock.now(), ahead) };
const write = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
const log: Log = { debug: write, info: write, warn: write, error: write };

const message = (to = 'aziza@example.org'): Message => ({
  kind: 'sign-up',
  to: to as Email, // Parsed by hand.
  code: CODE,
  link: 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5',
  origin: { device: 'Firefox on Linux', ip: '203.0.113.7' },
});
const envelope = (ttl = 10 * MINUTE) => ({ locale: 'en' as const, expiresAt: after(clock.now(), ttl) });

/** Opens an outbox that sends by SMTP, as in the service, or through `mailer`. */
function openOutbox(
  options: { mailer?: Mailer; keepSealed?: boolean; deadline?: number; on?: Database; poll?: number } = {},
) {
  const { mailer = smtpMailer({ url: smtp.url, from: 'no-reply@example.com', deadline: options.deadline ?? 2000 }) } =
    options;
  const { db } = options.on ?? database;
  const keepSealed = options.keepSealed ?? false;
  const pollInterval = options.poll ?? 50;
  const outbox = createOutbox({
    gate: OPEN_GATE,
    db,
    clock,
    keyring,
    mailer,
    sms: logSender({ log, viewer: undefined }),
    texts: exampleTexts({ domain: 'auth.example.com' }),
    publicUrl: undefined,
    templates,
    log,
    keepSealed,
    pollInterval,
    random: () => 0.5,
  });
  running.push(outbox, mailer);
  return outbox;
}

const readRow = async (id: string) => {
  const [found] = await database.db.select().from(table).where(eq(table.id, id));
  if (!found) throw new Error('the row is gone');
  return found;
};
const state = (id: string) => expect.poll(async () => (await readRow(id)).state, { timeout: 60_000, interval: 20 });
const attempts = (id: string) =>
  expect.poll(async () => (await readRow(id)).attempts, { timeout: 60_000, interval: 20 });

/** Waits until the first attempt has failed and is recorded. */
const waitUntilDeferred = (id: string) =>
  expect.poll(async () => (await readRow(id)).lastError, { timeout: 60_000 }).toContain('450');

beforeAll(async () => {
  smtp = await startSmtp();
});
beforeEach(() => {
  lines = [];
  ahead = 0;
  smtp.reply = 'accept';
  smtp.accepted.length = 0;
});
afterEach(async () => {
  for (const part of running.splice(0)) await part.close(0);
  await database.db.delete(table);
});
afterAll(() => smtp.close());

function describeOutbox(name: string, connect: () => Promise<Database>) {
  describe(`Outbox: ${name}`, () => {
    beforeAll(async () => {
      database = await connect();
    }, 30_000);
    afterAll(() => database.close());

    test('sends one mail to exactly that address when the transaction commits (T31)', async () => {
      const outbox = openOutbox({ poll: MINUTE });
      outbox.start();
      const transact = createTransact({ db: database.db, log });
      const id = await transact((tx) => outbox.enqueue(tx, Permit.consumed(), message(), envelope()));
      await state(id).toBe('sent');
      expect(smtp.accepted.map(({ to }) => to)).toEqual([['aziza@example.org']]);
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
        await database.db.transaction((tx) =>
          write(Object.assign(tx, { after: (effect: Effect) => void effects.push(effect) })),
        );
        expect(effects).toHaveLength(1);
      }
    });

    test('never sends a message of a transaction that failed', async () => {
      const outbox = openOutbox();
      const failing = database.db.transaction(async (tx) => {
        await outbox.enqueue(tx, Permit.consumed(), message(), envelope());
        throw new Error('the transaction failed');
      });
      await expect(failing).rejects.toThrow('the transaction failed');
      expect(await database.db.select().from(table)).toHaveLength(0);
    });

    test('keeps code, link and address out of the table and the log at all times (T53)', async () => {
      smtp.reply = { at: 'rcpt', code: 450, text: `4.2.0 <aziza@example.org> ${CODE} greylisted` };
      const outbox = openOutbox();
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
      const tables = [JSON.stringify(await readRow(id))];
      outbox.start();
      await waitUntilDeferred(id);
      tables.push(JSON.stringify(await readRow(id)));
      smtp.reply = 'accept';
      ahead = MINUTE;
      await state(id).toBe('sent');
      tables.push(JSON.stringify(await readRow(id)));
      expect((await readRow(id)).sealed).toBeNull();
      expect(lines.length).toBeGreaterThan(0);
      expect([...tables, ...lines].join('\n')).not.toMatch(/aziza|048291|QvX3c0hV/);
    });

    test('writes a decoy as a finished row of the same size and never sends it', async () => {
      const outbox = openOutbox();
      const real = await readRow(await outbox.enqueue(database.db, Permit.consumed(), message(), envelope()));
      const { id } = await outbox.write(database.db, await outbox.draftDecoy(Permit.consumed(), message(), envelope()));
      const decoy = await readRow(id);
      expect(decoy.state).toBe('discarded');
      expect(decoy.sealed).toHaveLength(real.sealed?.length ?? 0);
      expect({ ...decoy, ...VARYING }).toEqual({ ...real, ...VARYING });
      outbox.start();
      await state(real.id).toBe('sent');
      expect(smtp.accepted).toHaveLength(1);
      expect(await outbox.recent(10)).toHaveLength(1);
    });

    test.each([
      ['4xx', { at: 'rcpt', code: 450, text: '4.2.0 greylisted' }],
      ['a connection dropped after the content', 'drop after data'],
    ] as const)(
      'retries with growing delays after %s, and sends once the server accepts (F13)',
      async (_title, reply) => {
        smtp.reply = reply;
        const outbox = openOutbox();
        outbox.start();
        const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope(DAY));
        const waits: number[] = [];
        for (let attempt = 1; attempt <= 3; attempt += 1) {
          await expect
            .poll(async () => (await readRow(id)).lastError !== null && (await readRow(id)).attempts, {
              timeout: 60_000,
            })
            .toBe(attempt);
          await database.db.update(table).set({ lastError: null });
          const wait = (await readRow(id)).nextAttemptAt.getTime() - clock.now().getTime();
          waits.push(Math.round(wait / SECOND));
          if (attempt === 3) smtp.reply = 'accept';
          ahead += wait + 1;
        }
        await state(id).toBe('sent');
        expect(waits[0]).toBeGreaterThanOrEqual(4);
        expect(waits[1]).toBeGreaterThan((waits[0] ?? 0) * 1.5);
        expect(waits[2]).toBeGreaterThan((waits[1] ?? 0) * 1.5);
        expect(smtp.accepted).toHaveLength(1);
      },
    );

    test('marks a message dead and logs it after the last attempt (F13)', async () => {
      smtp.reply = { at: 'data', code: 451, text: '4.3.0 busy' };
      const outbox = openOutbox();
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope(DAY));
      await database.db.update(table).set({ attempts: MAX_ATTEMPTS - 1 });
      outbox.start();
      await state(id).toBe('dead');
      const dead = await readRow(id);
      expect(dead).toMatchObject({ attempts: MAX_ATTEMPTS, lastError: expect.stringContaining('451') });
      expect(lines.some((line) => line.includes('gave up on a message') && line.includes(id))).toBe(true);
    });

    test('marks a message dead at once after 5xx (F13)', async () => {
      smtp.reply = { at: 'rcpt', code: 550, text: '5.1.1 no such user' };
      const outbox = openOutbox();
      outbox.start();
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
      await state(id).toBe('dead');
      expect((await readRow(id)).attempts).toBe(1);
    });

    test('does not send a message whose code has expired (F13)', async () => {
      smtp.reply = { at: 'rcpt', code: 450, text: '4.2.0 greylisted' };
      const outbox = openOutbox();
      outbox.start();
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
      await waitUntilDeferred(id);
      smtp.reply = 'accept';
      ahead = 11 * MINUTE;
      await state(id).toBe('expired');
      expect(smtp.accepted).toHaveLength(0);
      expect((await readRow(id)).sealed).toBeNull();
    });

    test('omits an expired code from a late message and keeps the valid link (F13)', async () => {
      smtp.reply = { at: 'rcpt', code: 450, text: '4.2.0 greylisted' };
      const outbox = openOutbox();
      outbox.start();
      const both: Message = { ...message(), ...{ codeTtl: 10 * MINUTE, linkTtl: DAY } };
      const id = await outbox.enqueue(database.db, Permit.consumed(), both, envelope(DAY));
      await waitUntilDeferred(id);
      smtp.reply = 'accept';
      ahead = 11 * MINUTE;
      await state(id).toBe('sent');
      expect(smtp.accepted[0]?.raw).toContain('verify-email');
      expect(smtp.accepted[0]?.raw).not.toContain(CODE);
    });

    test('marks a message dead if it kills its worker at every attempt', async () => {
      const outbox = openOutbox();
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope(DAY));
      await database.db.update(table).set({ attempts: MAX_ATTEMPTS });
      outbox.start();
      await state(id).toBe('dead');
      expect(smtp.accepted).toHaveLength(0);
    });

    test('deletes finished rows after a day, dead ones after thirty days, and pending ones never', async () => {
      const outbox = openOutbox();
      const insertRow = async (state: 'pending' | 'sent' | 'dead' | 'discarded') => {
        const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
        const finishedAt = state === 'pending' ? null : clock.now();
        await database.db.update(table).set({ state, finishedAt }).where(eq(table.id, id));
        return id;
      };
      const [pending, , dead] = [
        await insertRow('pending'),
        await insertRow('sent'),
        await insertRow('dead'),
        await insertRow('discarded'),
      ];
      const remainingIds = async () =>
        (await database.db.select({ id: table.id }).from(table)).map(({ id }) => id).sort();
      expect(await outbox.prune(10)).toBe(0);
      ahead = DAY + MINUTE;
      expect(await outbox.prune(1)).toBe(1);
      expect(await outbox.prune(10)).toBe(1);
      expect(await remainingIds()).toEqual([pending, dead].sort());
      ahead = KEEP_DEAD + MINUTE;
      expect(await outbox.prune(10)).toBe(1);
      expect(await remainingIds()).toEqual([pending]);
    });

    test('shows sent messages in the viewer, newest first, in their language', async () => {
      const outbox = openOutbox({ keepSealed: true });
      const first = await outbox.enqueue(database.db, Permit.consumed(), message('first@example.org'), envelope());
      ahead = SECOND;
      const second = await outbox.enqueue(database.db, Permit.consumed(), message('second@example.org'), {
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
}

const VARYING = { id: 0, sealed: 0, state: 0, createdAt: 0, nextAttemptAt: 0, expiresAt: 0, finishedAt: 0 };

describeOutbox('embedded', embeddedDatabase);

describePostgres('Outbox on PostgreSQL', () => {
  let fresh: FreshDatabase;
  let other: Database;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    other = await openPostgresDatabase(fresh.url);
    database = await openPostgresDatabase(fresh.url);
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await database.close();
    await fresh.drop();
  });

  describeOutbox('PostgreSQL', () => openPostgresDatabase(fresh.url));

  describe('several replicas', () => {
    beforeAll(async () => {
      database = await openPostgresDatabase(fresh.url);
    });

    test('two workers send fifty messages once each (F14)', async () => {
      const workers = [openOutbox(), openOutbox({ on: other })];
      const to = Array.from({ length: 50 }, (_, n) => `person-${n}@example.org`);
      for (const address of to) await workers[0]?.enqueue(database.db, Permit.consumed(), message(address), envelope());
      for (const worker of workers) worker.start();
      await expect.poll(() => smtp.accepted.length, { timeout: 60_000 }).toBe(50);
      await expect
        .poll(async () => (await database.db.select().from(table).where(eq(table.state, 'sent'))).length, {
          timeout: 60_000,
        })
        .toBe(50);
      expect(smtp.accepted.flatMap((mail) => mail.to).sort()).toEqual([...to].sort());
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
      for (let n = 0; n < 24; n += 1) await workers[0]?.enqueue(database.db, Permit.consumed(), message(), envelope());
      for (const worker of workers) worker.start();
      await expect.poll(() => sent[0] + sent[1], { timeout: 60_000 }).toBe(24);
      expect(Math.min(...sent)).toBeGreaterThan(0);
    });

    test('when a worker dies, another one sends its message when the lease ends, and not before (F14)', async () => {
      const lost: Mail[] = [];
      const dyingWorker = openOutbox({ mailer: hangingMailer(lost) });
      const id = await dyingWorker.enqueue(database.db, Permit.consumed(), message(), envelope());
      dyingWorker.start();
      await expect.poll(() => lost.length).toBe(1);
      await dyingWorker.close(0);

      const next = openOutbox({ on: other });
      next.start();
      ahead = LEASE - 5 * SECOND;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(smtp.accepted).toHaveLength(0);
      ahead = LEASE + SECOND;
      await state(id).toBe('sent');
      expect(smtp.accepted).toHaveLength(1);
      expect(smtp.accepted[0]?.raw).toContain(lost[0]?.messageId);
    });

    test('a hung SMTP server does not delay new messages, and the worker recovers (F12)', async () => {
      smtp.reply = 'hang after data';
      const before = smtp.arrived();
      const outbox = openOutbox({ deadline: 1500 });
      outbox.start();
      const ids = [];
      for (let n = 0; n < 4; n += 1)
        ids.push(await outbox.enqueue(database.db, Permit.consumed(), message(), envelope()));
      await expect.poll(() => smtp.arrived() - before).toBe(4); // All slots are taken.
      for (let n = 0; n < 20; n += 1)
        ids.push(await outbox.enqueue(database.db, Permit.consumed(), message(), envelope()));
      const unfinished = await database.db.select().from(table).where(eq(table.state, 'pending'));
      expect(unfinished.filter(({ lastError }) => lastError === null)).toHaveLength(24); // Written while all four hang.
      smtp.reply = 'accept';
      await expect.poll(() => smtp.accepted.length, { timeout: 60_000 }).toBe(20);
      ahead = MINUTE; // The four are retried.
      await expect.poll(() => smtp.accepted.length, { timeout: 60_000 }).toBe(24);
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
      const id = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
      outbox.start();
      await attempts(id).toBe(1);
      const closing = outbox.close(5000);
      const late = await outbox.enqueue(database.db, Permit.consumed(), message(), envelope());
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
