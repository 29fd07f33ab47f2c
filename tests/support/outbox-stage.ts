import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import type { Log } from '../../src/core/log.ts';
import { createKeyring } from '../../src/core/secrets.ts';
import { createOutbox } from '../../src/features/outbox/outbox.service.ts';
import { KEEP_FINISHED } from '../../src/features/outbox/outbox.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { outbox as table } from '../../src/infra/db/tables.ts';
import type { Mailer } from '../../src/infra/mail/mailer.ts';
import type { SmsSender } from '../../src/infra/sms/sms-sender.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { OPEN_GATE } from './open-gate.ts';
import { EXAMPLE, exampleTexts } from './texts.ts';

const keyring = createKeyring([randomBytes(32)]);
const templates = createTemplates({ directory: undefined, product: EXAMPLE });

interface Options {
  mailer: Mailer;
  sms: SmsSender;
  /** Instead of the stage's database. */
  on?: Database | undefined;
  keepSealed?: boolean | undefined;
  poll?: number;
}

/** Outboxes without the rest of the service, on a database that the test sets, with a clock that it can put forward. */
export function createOutboxStage() {
  const running: { close(grace?: number): Promise<unknown> }[] = [];
  let database: Database | undefined;
  const stage = {
    /** Milliseconds by which the clock is ahead. */
    ahead: 0,
    lines: [] as string[],
    running,
    get database(): Database {
      if (!database) throw new Error('the test has not set a database');
      return database;
    },
    set database(next: Database) {
      database = next;
    },
    clock: { now: () => after(systemClock.now(), stage.ahead) },
    log: undefined as unknown as Log, // Set below.
    envelope: (ttl = 10 * MINUTE) => ({ locale: 'en' as const, expiresAt: after(stage.clock.now(), ttl) }),

    open({ mailer, sms, on, keepSealed = false, poll = 50 }: Options) {
      const outbox = createOutbox({
        gate: OPEN_GATE,
        db: (on ?? stage.database).db,
        clock: stage.clock,
        keyring,
        mailer,
        sms,
        texts: exampleTexts({ domain: 'auth.example.com' }),
        publicUrl: undefined,
        templates,
        log: stage.log,
        keepSealed,
        retention: KEEP_FINISHED,
        pollInterval: poll,
        random: () => 0.5,
      });
      running.push(outbox);
      return outbox;
    },

    async readRow(id: string) {
      const [found] = await stage.database.db.select().from(table).where(eq(table.id, id));
      if (!found) throw new Error('the row is gone');
      return found;
    },
    state: (id: string) => poll(async () => (await stage.readRow(id)).state),
    attempts: (id: string) => poll(async () => (await stage.readRow(id)).attempts),
    lastError: (id: string) => poll(async () => (await stage.readRow(id)).lastError),

    /** Before each test. */
    reset() {
      stage.lines = [];
      stage.ahead = 0;
    },
    /** After each test. @param grace milliseconds for messages that are being sent */
    async clear(grace: number) {
      for (const part of running.splice(0).reverse()) await part.close(grace);
      await stage.database.db.delete(table);
    },
  };
  const write = (facts: object, message: string) => void stage.lines.push(JSON.stringify({ ...facts, message }));
  stage.log = { debug: write, info: write, warn: write, error: write };
  return stage;
}

const poll = <T>(read: () => Promise<T>) => expect.poll(read);
