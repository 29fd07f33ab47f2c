import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseEmail } from '../../src/core/identifiers.ts';
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

describe('Mailer: smtp, the message on the wire', () => {
  test('a message goes to exactly one recipient (T31)', async () => {
    await openMailer().send(mail());
    expect(smtp.accepted).toHaveLength(1);
    expect(smtp.accepted[0]).toMatchObject({ from: 'no-reply@example.com', to: ['aziza@example.org'] });
    expect(header('To')).toBe('aziza@example.org');
    expect(header('From')).toBe('"Example, Inc." <no-reply@example.com>');
    expect(header('Cc') ?? header('Bcc')).toBeUndefined();
  });

  test('the Message-ID is the same at every attempt, and auto-replies are suppressed', async () => {
    const mailer = openMailer();
    await mailer.send(mail());
    await mailer.send(mail());
    const ids = smtp.accepted.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim());
    expect(ids).toEqual(Array(2).fill('<0197c1b0-0000-7000-8000-000000000001@example.com>'));
    expect(header('Auto-Submitted')).toBe('auto-generated');
  });

  test.each([
    ['plain words', { subject: 'Confirm', text: 'Your code:\n\n.048291\n..\n', html: '<p>.048291</p>' }, '7bit'],
    [
      'other alphabets',
      { subject: 'Подтвердите адрес '.repeat(9), text: 'Ваш код:\n', html: '<p>oʻzbekcha</p>' },
      'base64',
    ],
    ['a line that is too long for SMTP', { text: 'x'.repeat(999), html: 'y '.repeat(5000) }, 'base64'],
  ])('texts and subject arrive unchanged: %s', async (_title, content, encoding) => {
    const sent = mail(content);
    await openMailer().send(sent);
    const raw = smtp.accepted[0]?.raw ?? '';
    expect(raw.split('\r\n').every((line) => /^[\x20-\x7e\t]{0,998}$/.test(line))).toBe(true);
    expect(decodeSubject(raw)).toBe(sent.subject.trim());
    expect(decodeParts(raw)).toEqual(
      [
        { type: 'text/plain; charset=utf-8', encoding, content: sent.text.replaceAll('\n', '\r\n') },
        { type: 'text/html; charset=utf-8', encoding, content: sent.html },
      ].map((part) => (encoding === 'base64' ? { ...part, content: part.content.replaceAll('\r\n', '\n') } : part)),
    );
  });

  test.each([
    ['in the subject', { subject: 'Hello\r\nBcc: eve@example.net\r\n\r\nnew body' }],
    ['in the recipient', { to: 'aziza@example.org\r\nRCPT TO:<eve@example.net>' }],
    ['as a second recipient', { to: 'aziza@example.org, eve@example.net' }],
    ['in the message id', { messageId: 'x>\r\nBcc: eve@example.net' }],
  ])('an injection %s reaches no other recipient (T31)', async (_title, changes) => {
    await openMailer().send(mail(changes));
    for (const { to, raw } of smtp.accepted) {
      expect(to).not.toContain('eve@example.net');
      expect(raw).not.toMatch(/^(Bcc|Cc|To):.*eve@/im);
    }
  });

  test.each([
    'a@example.org,eve@example.net',
    'a@example.org\r\nBcc: eve@example.net',
    'a@example.org <eve@example.net>',
    '"a@example.org,"@example.net',
    'a@[127.0.0.1]',
    'a@example.org>\r\nRCPT TO:<eve@example.net',
  ])('%j is not an address and never becomes a recipient (T31)', (address) => {
    expect(parseEmail(address)).toBeUndefined();
  });

  const header = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(smtp.accepted[0]?.raw.split('\r\n\r\n', 1)[0] ?? '')?.[1]?.trim();
});

/** RFC 2047: adjacent encoded words are joined, even across folded lines. */
function decodeSubject(raw: string): string {
  const folded = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw)?.[1] ?? '';
  return folded
    .replace(/\r\n/g, '')
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word) => Buffer.from(word, 'base64').toString())
    .trim();
}

function decodeParts(raw: string) {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  const [, ...parts] = raw.split(`--${boundary}`);
  expect(parts.pop()?.trim()).toBe('--');
  return parts.map((part) => {
    const [head = '', ...body] = part.trimStart().split('\r\n\r\n');
    const [, type, encoding] = /^Content-Type: (.*)\r\nContent-Transfer-Encoding: (.*)$/.exec(head) ?? [];
    const text = body.join('\r\n\r\n').replace(/\r\n$/, '');
    return { type, encoding, content: encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text };
  });
}

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
