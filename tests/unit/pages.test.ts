import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { preferredLocale } from '../../src/core/locale.ts';
import type { Log } from '../../src/core/log.ts';
import { Unavailable } from '../../src/core/problems.ts';
import type { SentMessage } from '../../src/features/outbox/outbox.ts';
import { outboxPage } from '../../src/http/pages/outbox.page.ts';
import { verifyEmailPage } from '../../src/http/pages/verify-email.page.ts';
import type { VerifyEmailOutcome } from '../../src/http/pages/words.ts';

const TOKEN = 'QvX3c0hV7bV9mB1nT2kL8zR5QvX3c0hV7bV9mB1nT2k';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

let app: FastifyInstance;
let verified: string[];
let outcome: VerifyEmailOutcome | Error;
let sent: SentMessage[];

beforeEach(() => {
  verified = [];
  outcome = 'VERIFIED';
  sent = [];
  app = Fastify({ routerOptions: { maxParamLength: 200 } });
  verifyEmailPage(app, {
    publicUrl: 'https://auth.example.com',
    site: 'Example <i>',
    log,
    clientOf: (request) => ({
      ip: request.ip,
      userAgent: null,
      locale: preferredLocale(request.headers['accept-language']),
      requestId: request.id,
    }),
    verify: async (token) => {
      verified.push(token);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  });
  outboxPage(app, { recent: async (limit) => sent.slice(0, limit) });
});
afterEach(() => app.close());

const post = (payload: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/verify-email', payload, headers: { ...FORM, ...headers } });

describe('/verify-email', () => {
  test('a mail scanner that follows the link, with GET or HEAD, consumes nothing', async () => {
    const page = await app.inject(`/verify-email?token=${TOKEN}`);
    const head = await app.inject({ method: 'HEAD', url: `/verify-email?token=${TOKEN}` });
    expect([page.statusCode, head.statusCode]).toEqual([200, 200]);
    expect(page.body).toContain(`value="${TOKEN}"`);
    expect(page.body).toContain('<button type="submit">Confirm this address</button>');
    expect(page.body).toContain('Example &lt;i&gt;');
    expect(verified).toEqual([]);
  });

  test('the button proves the address and says what to do next', async () => {
    const page = await post(`token=${TOKEN}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Your address is confirmed');
    expect(page.body).toContain('Go back to the app and sign in.');
    expect(verified).toEqual([TOKEN]);
  });

  test.each([
    ['EXPIRED', 410, 'This link has expired'],
    ['ALREADY_USED', 410, 'This link has already been used'],
    ['UNKNOWN', 404, 'This link is not valid'],
    ['TOO_MANY_ATTEMPTS', 429, 'Too many attempts'],
    ['RATE_LIMITED', 429, 'Too many attempts'],
    ['ACCOUNT_DISABLED', 403, 'This account is deactivated'],
  ] as const)('%s is answered with %i and a sentence', async (word, status, sentence) => {
    outcome = word;
    const page = await post(`token=${TOKEN}`);
    expect(page.statusCode).toBe(status);
    expect(page.body).toContain(sentence);
  });

  test.each([
    ['no token', ''],
    ['an empty one', '?token='],
    ['two', `?token=${TOKEN}&token=${TOKEN}`],
    ['markup', '?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'],
    ['8 KB', `?token=${'a'.repeat(8192)}`],
    ['broken percent signs', '?token=%E0%A4%A'],
    ['NUL', `?token=${TOKEN}%00`],
  ])('a link with %s is not complete, and the page says so without repeating it', async (_title, query) => {
    const page = await app.inject(`/verify-email${query}`);
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain('This link is not complete');
    expect(page.body).not.toMatch(/<button|<script|aaaa/);
  });

  test.each([
    ['no token', ''],
    ['garbage', 'token=%22%3E%3Cscript%3E'],
    ['two tokens', `token=${TOKEN}&token=${TOKEN}`],
    ['8 KB', `token=${'a'.repeat(8192)}`],
  ])('a form with %s never comes to the check', async (_title, payload) => {
    const page = await post(payload);
    expect(page.statusCode).toBe(400);
    expect(page.headers['content-type']).toContain('text/html');
    expect(verified).toEqual([]);
  });

  test('T07 another content type is not read', async () => {
    const page = await post(JSON.stringify({ token: TOKEN }), { 'content-type': 'application/json' });
    expect(page.statusCode).toBe(400);
    expect(verified).toEqual([]);
  });

  test.each([
    ['by Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://auth.example.com' }],
    ['by Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['by Origin', { origin: 'https://evil.example' }],
    ['by Origin with our name as its beginning', { origin: 'https://auth.example.com.evil.example' }],
  ])('a form that another site posts is refused: told %s', async (_title, headers) => {
    expect((await post(`token=${TOKEN}`, headers)).statusCode).toBe(403);
    expect(verified).toEqual([]);
  });

  test.each([
    [
      'a browser on our page (its Origin is null under our referrer policy)',
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
    ],
    ['an old browser', { origin: 'https://auth.example.com' }],
    ['a program', {}],
  ])('%s is served', async (_title, headers: Record<string, string>) => {
    expect((await post(`token=${TOKEN}`, headers)).statusCode).toBe(200);
  });

  test('T17 the token in the address is not stored, not told on, not framed, and no script runs', async () => {
    for (const page of [
      await app.inject(`/verify-email?token=${TOKEN}`),
      await post(`token=${TOKEN}`),
      await app.inject('/verify-email'),
    ]) {
      expect(page.headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'content-type': 'text/html; charset=utf-8',
      });
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(page.body).not.toMatch(/<script|javascript:| on\w+=|https?:\/\//);
    }
  });

  test.each([
    ['ru-RU,ru;q=0.9', 'ru', 'Подтвердить адрес'],
    ['uz', 'uz', 'Manzilni tasdiqlash'],
    ['de', 'en', 'Confirm this address'],
  ])('Accept-Language %s is answered in %s', async (header, locale, button) => {
    const page = await app.inject({ url: `/verify-email?token=${TOKEN}`, headers: { 'accept-language': header } });
    expect(page.body).toContain(`<html lang="${locale}">`);
    expect(page.body).toContain(button);
  });

  test('T12 a failure is a page with a status, and says nothing of itself', async () => {
    outcome = new Unavailable('database', { cause: new Error('select secret from users') });
    const down = await post(`token=${TOKEN}`);
    expect([down.statusCode, down.headers['retry-after']]).toEqual([503, '1']);
    outcome = new Error('select secret from users');
    const broken = await post(`token=${TOKEN}`);
    expect(broken.statusCode).toBe(500);
    expect(broken.body + down.body).not.toContain('secret');
  });
});

describe('/dev/outbox', () => {
  const message = (changes: Partial<SentMessage> = {}): SentMessage => ({
    id: '0197c1b0-0000-7000-8000-000000000001',
    to: 'aziza@example.org',
    kind: 'sign-up',
    locale: 'en',
    state: 'sent',
    createdAt: systemClock.now(),
    subject: 'Confirm <b>your</b> address',
    text: 'Your code:\n\n048291\n',
    html: '<p style="color:red">048291</p>',
    code: '048291',
    link: 'https://auth.example.com/verify-email?token=a&b',
    lastError: null,
    ...changes,
  });

  test('people see the code alone in its element and a link to follow, everything escaped', async () => {
    sent = [
      message(),
      message({ subject: null, to: null, text: null, html: null, code: null, link: null, state: 'dead' }),
    ];
    const page = await app.inject({ url: '/dev/outbox', headers: { accept: 'text/html,application/json;q=0.9' } });
    expect(page.body).toContain('<p class="code">048291</p>');
    expect(page.body).toContain('href="https://auth.example.com/verify-email?token=a&amp;b"');
    expect(page.body).toContain('Confirm &lt;b&gt;your&lt;/b&gt; address');
    expect(page.body).toContain('http-equiv="refresh"');
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('an empty outbox says so', async () => {
    expect((await app.inject('/dev/outbox')).body).toContain('No message yet');
  });

  test('programs get JSON', async () => {
    sent = [message()];
    const answer = await app.inject({ url: '/dev/outbox', headers: { accept: 'application/json' } });
    expect(answer.json()).toMatchObject([{ to: 'aziza@example.org', code: '048291', state: 'sent', kind: 'sign-up' }]);
    expect(answer.headers['content-type']).toContain('application/json');
  });

  test('a mail is shown as it looks, and nothing in it runs', async () => {
    sent = [message()];
    const mail = await app.inject(`/dev/outbox/${sent[0]?.id}`);
    expect(mail.body).toBe('<p style="color:red">048291</p>');
    expect(mail.headers['content-security-policy']).toContain('sandbox');
    expect(String(mail.headers['content-security-policy'])).not.toContain('script');
    expect((await app.inject('/dev/outbox/nothing')).statusCode).toBe(404);
  });
});
