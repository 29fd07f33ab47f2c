import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import type { Email } from '../../src/core/identifiers.ts';
import type { Database } from '../../src/infra/db/client.ts';
import type { Mailer } from '../../src/infra/mail/mailer.ts';
import { smtpMailer } from '../../src/infra/mail/smtp-mailer.ts';
import { logSender } from '../../src/infra/sms/log-sender.ts';
import type { Message } from '../../src/messages/message.ts';
import { embeddedDatabase, type FreshDatabase, freshDatabase, openPostgresDatabase } from './databases.ts';
import { createOutboxStage } from './outbox-stage.ts';
import { describePostgres, postgresServer } from './servers.ts';
import { type SmtpStandIn, startSmtp } from './smtp.ts';

export const CODE = '048291';

export const message = (to = 'aziza@example.org'): Message => ({
  kind: 'sign-up',
  to: to as Email, // Parsed by hand.
  code: CODE,
  link: 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5',
  origin: { device: 'Firefox on Linux', ip: '203.0.113.7' },
});

interface Options {
  mailer?: Mailer;
  keepSealed?: boolean;
  /** Milliseconds for a message. */
  deadline?: number;
  on?: Database;
  poll?: number;
}

/** An outbox stage beside a mail server, for the tests of the surrounding file. The server accepts everything at first. */
export function openSmtpOutbox() {
  const stage = createOutboxStage();
  const smtp: { server: SmtpStandIn | undefined } = { server: undefined };
  const server = (): SmtpStandIn => {
    if (!smtp.server) throw new Error('started in beforeAll');
    return smtp.server;
  };
  beforeAll(async () => {
    smtp.server = await startSmtp();
  });
  beforeEach(() => {
    stage.reset();
    server().reply = 'accept';
    server().accepted.length = 0;
  });
  afterEach(() => stage.clear(0));
  afterAll(() => server().close());

  /** Opens an outbox that sends by SMTP, as in the service, or through `mailer`. */
  function openOutbox(options: Options = {}) {
    const settings = { url: server().url, from: 'no-reply@example.com', deadline: options.deadline ?? 2000 };
    const mailer = options.mailer ?? smtpMailer(settings);
    stage.running.push(mailer);
    return stage.open({ ...options, mailer, sms: logSender({ log: stage.log, viewer: undefined }) });
  }
  /** Waits until the first attempt has failed and is recorded. */
  const waitUntilDeferred = (id: string) => stage.lastError(id).toContain('450');

  return { stage, smtp: server, openOutbox, waitUntilDeferred };
}

/** A suite for the outbox, once on the embedded database and once on PostgreSQL. */
export function describeOutbox({ stage }: ReturnType<typeof openSmtpOutbox>, title: string, body: () => void): void {
  describe(`${title}, embedded`, () => {
    beforeAll(async () => {
      stage.database = await embeddedDatabase();
    });
    afterAll(() => stage.database.close());
    body();
  });
  describePostgres(`${title}, on PostgreSQL`, () => {
    let fresh: FreshDatabase;
    beforeAll(async () => {
      fresh = await freshDatabase(await postgresServer());
      stage.database = await openPostgresDatabase(fresh.url);
    });
    afterAll(async () => {
      await stage.database.close();
      await fresh.drop();
    });
    body();
  });
}
