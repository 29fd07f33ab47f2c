import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../src/core/log.ts';
import { parseSender } from '../../src/core/sender.ts';
import { logMailer } from '../../src/infra/mail/log-mailer.ts';
import type { Mail, Mailer } from '../../src/infra/mail/mailer.ts';
import { smtpMailer } from '../../src/infra/mail/smtp-mailer.ts';
import { type SmtpStandIn, startSilentServer, startSmtp } from '../support/smtp.ts';

const FROM = '"Example, Inc." <no-reply@example.com>';

const mail = (changes: Partial<Mail> = {}): Mail => ({
  to: 'aziza@example.org',
  subject: 'Confirm your email address',
  text: 'Your code:\n\n048291\n',
  html: '<p>048291</p>',
  messageId: '0197c1b0-0000-7000-8000-000000000001',
  ...changes,
});

function recordLog() {
  const lines: string[] = [];
  const write = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
  const log: Log = { debug: write, info: write, warn: write, error: write };
  return { log, lines };
}

let smtp: SmtpStandIn;
const opened: Mailer[] = [];

const openMailer = (url = smtp.url, deadline = 60_000): Mailer => {
  const mailer = smtpMailer({ url, from: FROM, deadline });
  opened.push(mailer);
  return mailer;
};

beforeAll(async () => {
  smtp = await startSmtp();
});

afterEach(async () => {
  smtp.reply = 'accept';
  smtp.accepted.length = 0;
  await Promise.all(opened.splice(0).map((mailer) => mailer.close()));
});

afterAll(() => smtp.close());

describe.each([
  ['smtp', () => openMailer()],
  ['log', () => logMailer({ log: recordLog().log, viewer: undefined })],
])('Mailer: %s', (_name, create) => {
  test('sends a message and reports sent', async () => {
    expect(await create().send(mail())).toEqual({ outcome: 'sent' });
  });

  test('verifies that it can send', async () => {
    expect(await create().verify()).toEqual({ outcome: 'sent' });
  });

  test('can be closed twice', async () => {
    const mailer = create();
    await mailer.close();
    await mailer.close();
  });
});

describe('Mailer: smtp, replies from the server', () => {
  test.each([
    ['421 at the greeting', { at: 'connect', code: 421, text: 'try later' }, 'deferred'],
    ['554 at the greeting', { at: 'connect', code: 554, text: 'no' }, 'deferred'],
    ['450 for the recipient (greylisting)', { at: 'rcpt', code: 450, text: '4.2.0 greylisted' }, 'deferred'],
    ['550 for the recipient', { at: 'rcpt', code: 550, text: '5.1.1 no such user' }, 'refused'],
    ['553 for the sender', { at: 'mail', code: 553, text: '5.7.1 not yours' }, 'refused'],
    ['451 for the content', { at: 'data', code: 451, text: '4.3.0 busy' }, 'deferred'],
    ['554 for the content', { at: 'data', code: 554, text: '5.6.0 spam' }, 'refused'],
  ] as const)('decides whether to retry: %s', async (_title, reply, outcome) => {
    smtp.reply = reply;
    const delivery = await openMailer().send(mail());
    expect(delivery.outcome).toBe(outcome);
    expect(smtp.accepted).toHaveLength(0);
  });

  test('defers the message if the connection drops after the content, and the library does not retry', async () => {
    smtp.reply = 'drop after data';
    const before = smtp.arrived();
    expect(await openMailer().send(mail())).toMatchObject({ outcome: 'deferred' });
    expect(smtp.arrived() - before).toBe(1);
  });

  test('defers the message if the connection drops before the greeting, and the library does not retry', async () => {
    smtp.reply = 'drop at connect';
    const before = smtp.connections();
    expect(await openMailer().send(mail())).toMatchObject({ outcome: 'deferred' });
    expect(smtp.connections() - before).toBe(1);
  });

  test('gives up at the deadline on a server that never replies to the content (F12)', async () => {
    smtp.reply = 'hang after data';
    expect(await openMailer(smtp.url, 1_000).send(mail())).toMatchObject({
      outcome: 'deferred',
      error: expect.stringContaining('EABORT'),
    });
  });

  test('gives up on a server that never sends a greeting, when sending and when verifying (F12)', async () => {
    const silent = await startSilentServer();
    const mailer = openMailer(silent.url, 400);
    expect(await mailer.send(mail())).toMatchObject({ outcome: 'deferred' });
    expect(await mailer.verify()).toMatchObject({ outcome: 'deferred' });
    await silent.close();
  });

  test('defers the message if the server is down', async () => {
    const stopped = await startSilentServer();
    await stopped.close();
    expect(await openMailer(stopped.url).send(mail())).toMatchObject({
      outcome: 'deferred',
      error: expect.stringMatching(/REFUSED|SOCKET|CONN/),
    });
  });

  test('a password is not sent to a server without encryption', async () => {
    // The same server, under a name that does not count as loopback.
    const url = smtp.url.replace('smtp://127.0.0.1', 'smtp://user:secret@127.1');
    expect(await openMailer(url).send(mail())).toMatchObject({
      outcome: 'deferred',
      error: expect.stringContaining('ETLS'),
    });
  });

  test('the recorded reply contains neither the address nor a code (T53)', async () => {
    const text =
      '5.1.1 <aziza@example.org> (aziza) refused, quoting "048291" https://example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5';
    smtp.reply = { at: 'rcpt', code: 550, text };
    const delivery = await openMailer().send(mail());
    expect(delivery).toMatchObject({ outcome: 'refused', error: expect.stringContaining('550 5.1.1') });
    expect(JSON.stringify(delivery)).not.toMatch(/aziza|048291|QvX3/);
  });
});

describe('Mailer: log', () => {
  test('logs that there is a message and where to read it, without code and address (T53)', async () => {
    const { log, lines } = recordLog();
    await logMailer({ log, viewer: 'http://localhost:4000/dev/outbox' }).send(mail());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('http://localhost:4000/dev/outbox');
    expect(lines[0]).toContain('a•••@example.org');
    expect(lines[0]).not.toMatch(/048291|aziza/);
  });
});

describe('MAIL_FROM', () => {
  test.each([
    ['no-reply@example.com', { name: '', address: 'no-reply@example.com' }],
    ['Example <no-reply@example.com>', { name: 'Example', address: 'no-reply@example.com' }],
    ['"Example, Inc." <No-Reply@Example.com>', { name: 'Example, Inc.', address: 'no-reply@example.com' }],
    ['Пример <no-reply@example.com>', { name: 'Пример', address: 'no-reply@example.com' }],
    ['Example\r\nBcc: eve@example.net <no-reply@example.com>', undefined],
    ['Example <no-reply>', undefined],
    ['', undefined],
  ])('is parsed or rejected: %j', (text, sender) => {
    expect(parseSender(text)).toEqual(sender);
  });
});
