import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseEmail } from '../../src/core/identifiers.ts';
import type { Mail, Mailer } from '../../src/infra/mail/mailer.ts';
import { smtpMailer } from '../../src/infra/mail/smtp-mailer.ts';
import { type SmtpStandIn, startSmtp } from '../support/smtp.ts';

const FROM = '"Example, Inc." <no-reply@example.com>';

const mail = (changes: Partial<Mail> = {}): Mail => ({
  to: 'aziza@example.org',
  subject: 'Confirm your email address',
  text: 'Your code:\n\n048291\n',
  html: '<p>048291</p>',
  messageId: '0197c1b0-0000-7000-8000-000000000001',
  ...changes,
});

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
