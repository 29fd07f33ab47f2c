import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/core/clock.ts';
import type { Phone } from '../../src/core/identifiers.ts';
import { LEASE, MAX_ATTEMPTS } from '../../src/features/outbox/outbox.ts';
import { Permit } from '../../src/features/outbox/permit.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import { logMailer } from '../../src/infra/mail/log-mailer.ts';
import type { SmsSender } from '../../src/infra/sms/sms-sender.ts';
import { twilioSender } from '../../src/infra/sms/twilio/twilio-sender.ts';
import type { SmsMessage } from '../../src/messages/sms.ts';
import { embeddedDatabase, type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { createOutboxStage } from '../support/outbox-stage.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import type { SmsFault } from '../support/sms-provider.ts';
import { startTwilio, TWILIO_ACCOUNT, TWILIO_TOKEN, type TwilioStandIn } from '../support/twilio.ts';

// At most one text message per request, whatever fails.

const stage = createOutboxStage();
const { envelope, readRow, state, lastError } = stage;
const CODE = '048291';
const TO = '+998901234567' as Phone; // Parsed by hand.
let provider: TwilioStandIn;

const message = (to: Phone = TO): SmsMessage => ({ kind: 'otp', to, code: CODE });

/** Opens an outbox that sends through the provider, without the circuit breaker, which has its own tests. */
async function openOutbox({ sms, on }: { sms?: SmsSender; on?: Database } = {}) {
  const account = { accountSid: TWILIO_ACCOUNT, authToken: TWILIO_TOKEN, phoneNumber: '+12025550100' };
  return stage.open({
    mailer: logMailer({ log: stage.log, viewer: undefined }),
    sms: sms ?? (await twilioSender({ apiUrl: provider.origin, ...account, deadline: 1_500 })),
    on,
    poll: 20,
  });
}

/** Long enough for a worker to send something. */
const waitForPolls = () => new Promise((resolve) => setTimeout(resolve, 200));

beforeAll(async () => {
  provider = await startTwilio();
  stage.database = await embeddedDatabase();
});
beforeEach(() => {
  stage.reset();
  provider.fault = 'none';
  provider.arrived.length = 0;
});
afterEach(() => stage.clear(300));
afterAll(async () => {
  await provider.close();
  await stage.database.close();
});

describe('a text message in the outbox', () => {
  test('is sent once, in its language, and names the host that the code is for (F14)', async () => {
    const outbox = await openOutbox();
    const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
    outbox.start();
    await state(id).toBe('sent');
    expect(provider.arrived).toEqual([
      {
        to: TO,
        text: `Example: your sign-in code is ${CODE}. Don't share it with anyone.\n@auth.example.com #${CODE}`,
      },
    ]);
    expect(await readRow(id)).toMatchObject({ channel: 'SMS', sealed: null, attempts: 1, lastError: null });
  });

  test.each<SmsFault>(['responds with 500', 'hangs up', 'never responds', 'rejects the number', 'never ends'])(
    'is not sent again when the provider %s (F15)',
    async (fault) => {
      provider.fault = fault;
      const outbox = await openOutbox();
      const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
      outbox.start();
      await lastError(id).toMatch(/^Twilio: /);
      provider.fault = 'none';
      for (const later of [LEASE, 5 * MINUTE]) {
        stage.ahead = later + SECOND;
        await waitForPolls();
      }
      expect(provider.arrived).toHaveLength(1);
      expect(await readRow(id)).toMatchObject({ state: 'dead', sealed: null });
      expect(stage.lines.some((line) => line.includes('gave up on a text message') && line.includes(id))).toBe(true);
    },
  );

  test('is retried with growing delays while the provider responds with 429, and sent once (F13, F15)', async () => {
    provider.fault = 'responds with 429';
    const outbox = await openOutbox();
    const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
    outbox.start();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await expect
        .poll(async () => (await readRow(id)).attempts === attempt && (await readRow(id)).state, { timeout: 60_000 })
        .toBe('pending');
      const wait = (await readRow(id)).nextAttemptAt.getTime() - stage.clock.now().getTime();
      waits.push(Math.round(wait / SECOND));
      if (attempt === 4) provider.fault = 'none';
      stage.ahead += wait + 1;
    }
    await state(id).toBe('sent');
    // Not before the seven seconds of Retry-After.
    expect(waits[0]).toBeGreaterThanOrEqual(6);
    expect(waits[2]).toBeGreaterThan((waits[1] ?? 0) * 1.5);
    expect(waits[3]).toBeGreaterThan((waits[2] ?? 0) * 1.5);
    expect(provider.arrived).toHaveLength(5); // Four rejected requests and an accepted one.
  });

  test('is not sent once its code has expired (F13)', async () => {
    provider.fault = 'responds with 429';
    const outbox = await openOutbox();
    const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
    outbox.start();
    await lastError(id).toContain('429');
    await state(id).toBe('pending');
    provider.fault = 'none';
    stage.ahead = 11 * MINUTE;
    await state(id).toBe('expired');
    expect(provider.arrived).toHaveLength(1);
    expect((await readRow(id)).sealed).toBeNull();
  });

  test('is marked dead after the last attempt (F13)', async () => {
    provider.fault = 'responds with 429';
    const outbox = await openOutbox();
    const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope(HOUR));
    await stage.database.db.update(table).set({ attempts: MAX_ATTEMPTS - 1 });
    outbox.start();
    await lastError(id).toContain('429'); // The state alone proves nothing: a row is marked dead before its message is sent.
    expect(await readRow(id)).toMatchObject({ attempts: MAX_ATTEMPTS, state: 'dead' });
  });

  test('keeps code and number out of the table and the stage.log at all times (T53)', async () => {
    provider.fault = 'rejects the number';
    const outbox = await openOutbox();
    const id = await outbox.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
    const seen = [JSON.stringify(await readRow(id))];
    outbox.start();
    await state(id).toBe('dead');
    await lastError(id).toContain('21211');
    seen.push(JSON.stringify(await readRow(id)), ...stage.lines);
    expect(seen.join('\n')).not.toMatch(/048291|998901234567/);
  });
});

/** Accepts the message and never responds, as if its process had died. */
const createHangingSender = (recipients: string[]): SmsSender => ({
  send: ({ to }) => {
    recipients.push(to);
    return new Promise(() => {});
  },
  verify: async () => ({ outcome: 'sent' }),
  close: async () => {},
});

function describeCrashes(name: string) {
  describe(`a worker that crashes: ${name} (F14)`, () => {
    test('while it sends a message does not cause a second one, and the row says why', async () => {
      const recipients: string[] = [];
      const dyingWorker = await openOutbox({ sms: createHangingSender(recipients) });
      const id = await dyingWorker.enqueueSms(stage.database.db, Permit.consumed(), message(), envelope());
      dyingWorker.start();
      await expect.poll(() => recipients.length, { timeout: 60_000 }).toBe(1);
      expect(await readRow(id)).toMatchObject({ state: 'dead', sealed: null });
      const survivor = await openOutbox();
      survivor.start();
      stage.ahead = LEASE + SECOND;
      await waitForPolls();
      expect(provider.arrived).toEqual([]);
      expect((await readRow(id)).lastError).toContain('may or may not have been sent');
    });

    test('before it sends a message leaves it to another worker, which sends it once after the lease has ended', async () => {
      const dyingWorker = await openOutbox();
      const { id } = await dyingWorker.prepareSms(stage.database.db, Permit.consumed(), message(), envelope());
      const survivors = [await openOutbox(), await openOutbox()];
      for (const survivor of survivors) survivor.start();
      await waitForPolls();
      expect(provider.arrived).toEqual([]);
      stage.ahead = LEASE + SECOND;
      await state(id).toBe('sent');
      await waitForPolls();
      expect(provider.arrived).toHaveLength(1);
    });

    test('and resumes late does not send a message that another worker has sent', async () => {
      const slow = await openOutbox();
      const pendingText = await slow.prepareSms(stage.database.db, Permit.consumed(), message(), envelope());
      stage.ahead = LEASE + SECOND;
      const other = await openOutbox();
      other.start();
      await state(pendingText.id).toBe('sent');
      expect(await slow.sendNow(pendingText, 1000)).toBe('unknown');
      expect(provider.arrived).toHaveLength(1);
    });
  });
}

describeCrashes('embedded');

describePostgres('on PostgreSQL', () => {
  let fresh: FreshDatabase;
  let embedded: Database;
  let other: Database;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    embedded = stage.database;
    stage.database = await openPostgresDatabase(fresh.url);
    other = await openPostgresDatabase(fresh.url);
  }, 60_000);
  afterAll(async () => {
    await stage.database.close();
    await other.close();
    stage.database = embedded;
    await fresh.drop();
  });

  describeCrashes('PostgreSQL');

  test('two workers send fifty messages once each (F14)', async () => {
    const workers = [await openOutbox(), await openOutbox({ on: other })];
    const to = Array.from({ length: 50 }, (_, n) => `+9989012300${10 + n}` as Phone);
    for (const phone of to)
      await workers[0]?.enqueueSms(stage.database.db, Permit.consumed(), message(phone), envelope());
    for (const worker of workers) worker.start();
    await expect
      .poll(async () => (await stage.database.db.select().from(table).where(eq(table.state, 'sent'))).length, {
        timeout: 60_000,
      })
      .toBe(50);
    expect(provider.arrived.map((sms) => sms.to).sort()).toEqual([...to].sort());
  });
});
