import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Unavailable } from '../../src/core/errors.ts';
import { LOCALES, preferredLocale } from '../../src/core/locale.ts';
import type { Log } from '../../src/core/log.ts';
import { scorePassword } from '../../src/features/credentials/password-strength.ts';
import type { SentMessage } from '../../src/features/outbox/outbox.ts';
import { changeEmailPage } from '../../src/http/pages/change-email.page.ts';
import { notMePage } from '../../src/http/pages/not-me.page.ts';
import { outboxPage } from '../../src/http/pages/outbox.page.ts';
import { resetPasswordPage } from '../../src/http/pages/reset-password.page.ts';
import { undoEmailChangePage } from '../../src/http/pages/undo-email-change.page.ts';
import { verifyEmailPage } from '../../src/http/pages/verify-email.page.ts';
import { EXAMPLE } from '../support/texts.ts';

const TOKEN = 'QvX3c0hV7bV9mB1nT2kL8zR5QvX3c0hV7bV9mB1nT2k';
const PASSWORD = 'correct horse battery staple';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

let app: FastifyInstance;
/** The tokens and passwords that the pages passed on. */
let used: string[];
let passwords: string[];
let outcome: unknown;
let oldAddress: string | Error | undefined;
let losesPassword: boolean;
let sent: SentMessage[];

beforeEach(() => {
  [used, passwords, sent] = [[], [], []];
  outcome = undefined;
  oldAddress = undefined;
  losesPassword = false;
  app = Fastify({ routerOptions: { maxParamLength: 200 } });
  // Records the token and returns the outcome that the test has set, or else the successful one.
  const createAction = <Outcome>(success: Outcome) => {
    return async (token: string) => {
      used.push(token);
      if (outcome instanceof Error) throw outcome;
      return (outcome ?? success) as Outcome;
    };
  };
  const parts = {
    publicUrl: 'https://auth.example.com',
    product: { ...EXAMPLE, name: 'Example <i>' },
    log,
    readClient: (request: FastifyRequest) => ({
      ip: request.ip,
      userAgent: null,
      locale: preferredLocale(request.headers['accept-language']),
      requestId: request.id,
    }),
  };
  const verify = createAction('VERIFIED' as const);
  verifyEmailPage(app, {
    ...parts,
    verify: (token, password) => {
      if (password !== undefined) passwords.push(password);
      return verify(token);
    },
    losesPassword: async () => losesPassword,
  });
  changeEmailPage(app, { ...parts, change: createAction('CHANGED' as const) });
  notMePage(app, { ...parts, secure: createAction('SECURED' as const) });
  undoEmailChangePage(app, {
    ...parts,
    undo: createAction('RESTORED' as const),
    oldAddress: async () => {
      if (oldAddress instanceof Error) throw oldAddress;
      return oldAddress;
    },
  });
  const reset = createAction('CHANGED' as const);
  resetPasswordPage(app, {
    ...parts,
    passwords: { minLength: 8, minStrength: 3 },
    reset: (token, password) => {
      passwords.push(password);
      return reset(token);
    },
  });
  outboxPage(app, { recent: async (limit) => sent.slice(0, limit) });
});
afterEach(() => app.close());

const post = (path: string, payload: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: path, payload, headers: { ...FORM, ...headers } });
const get = (url: string, language = 'en') => app.inject({ url, headers: { 'accept-language': language } });

const PAGES = [
  ['/verify-email', 'Confirm this address', 'Your email address is confirmed'],
  ['/change-email', 'Confirm this address', 'Your email address was changed'],
  ['/undo-email-change', 'Restore the old address and sign out everywhere', 'Your old address is restored'],
  ['/not-me', 'Sign out everywhere and set a new password', 'All devices are signed out'],
  ['/reset-password', 'Set password', 'Your password was changed'],
] as const;
const form = `token=${TOKEN}&password=${encodeURIComponent(PASSWORD)}`;

describe.each(PAGES)('%s', (path, button, success) => {
  test('leaves the link unused when a mail scanner follows it with GET or HEAD', async () => {
    const page = await app.inject(`${path}?token=${TOKEN}`);
    const head = await app.inject({ method: 'HEAD', url: `${path}?token=${TOKEN}` });
    expect([page.statusCode, head.statusCode]).toEqual([200, 200]);
    expect(page.body).toContain(`value="${TOKEN}"`);
    expect(page.body).toContain(`<form method="post" action="${path.slice(1)}">`);
    expect(page.body).toContain(`<button type="submit">${button}</button>`);
    expect(page.body).toContain('Example &lt;i&gt;');
    expect(used).toEqual([]);
  });

  test('acts once when the button is pressed, and says what to do next', async () => {
    const page = await post(path, form);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`<h1 class="good">${success}</h1>`);
    expect(page.body).toMatch(/<p>.{20,}<\/p>/);
    expect(page.body).not.toContain('<form');
    expect(used).toEqual([TOKEN]);
  });

  test.each([
    ['EXPIRED', 410, 'This link has expired'],
    ['ALREADY_USED', 410, 'This link has already been used'],
    ['UNKNOWN', 404, 'This link is not valid'],
    ['WRONG_CODE', 404, 'This link is not valid'],
    ['TOO_MANY_ATTEMPTS', 429, 'Too many attempts'],
    ['RATE_LIMITED', 429, 'Too many attempts'],
  ] as const)('responds to %s with %i and a sentence', async (failure, status, sentence) => {
    outcome = failure;
    const page = await post(path, form);
    expect(page.statusCode).toBe(status);
    expect(page.body).toContain(`<h1 class="bad">${sentence}</h1>`);
  });

  test.each([
    ['no token', ''],
    ['an empty one', '?token='],
    ['two', `?token=${TOKEN}&token=${TOKEN}`],
    ['markup', '?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E'],
    ['8 KB', `?token=${'a'.repeat(8192)}`],
    ['broken percent signs', '?token=%E0%A4%A'],
    ['NUL', `?token=${TOKEN}%00`],
  ])('rejects a link with %s without repeating it', async (_title, query) => {
    const page = await app.inject(`${path}${query}`);
    expect(page.statusCode).toBe(400);
    expect(page.body).toContain('This link is not complete');
    expect(page.body).not.toMatch(/<button|<script|aaaa/);
  });

  test.each([
    ['no token', `password=${PASSWORD}`],
    ['garbage', 'token=%22%3E%3Cscript%3E&password=x'],
    ['two tokens', `token=${TOKEN}&token=${TOKEN}&password=x`],
    ['32 KB', `token=${TOKEN}&password=${'a'.repeat(32_768)}`],
  ])('rejects a form with %s before the token is checked', async (_title, payload) => {
    const page = await post(path, payload);
    expect(page.statusCode).toBe(400);
    expect(page.headers['content-type']).toContain('text/html');
    expect(used).toEqual([]);
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'rejects a body of type %s (T07)',
    async (type) => {
      const payload = type === 'application/json' ? JSON.stringify({ token: TOKEN, password: PASSWORD }) : form;
      const page = await post(path, payload, { 'content-type': type });
      expect(page.statusCode).toBe(400);
      expect(used).toEqual([]);
    },
  );

  test.each([
    ['by Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://auth.example.com' }],
    ['by Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['by Origin', { origin: 'https://evil.example' }],
    ['by an Origin that begins with our name', { origin: 'https://auth.example.com.evil.example' }],
  ])('rejects a form from another site, detected %s', async (_title, headers) => {
    expect((await post(path, form, headers)).statusCode).toBe(403);
    expect(used).toEqual([]);
  });

  test.each([
    [
      'a browser on our page (its Origin is null under our referrer policy)',
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
    ],
    ['an old browser', { origin: 'https://auth.example.com' }],
    ['a program', {}],
  ])('serves %s', async (_title, headers: Record<string, string>) => {
    expect((await post(path, form, headers)).statusCode).toBe(200);
  });

  test('the token in the URL is not stored, not sent on and not framed, and nothing inline runs (T17)', async () => {
    for (const page of [await get(`${path}?token=${TOKEN}`), await post(path, form), await get(path)]) {
      expect(page.headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'content-type': 'text/html; charset=utf-8',
      });
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(page.body).not.toMatch(/<script>|javascript:| on\w+=|https?:\/\/| style=/);
      const needsScript = path === '/reset-password' && page.body.includes('<form');
      expect(page.body.includes('<script')).toBe(needsScript);
      expect(policy.includes('script-src')).toBe(needsScript);
    }
  });

  test('each language has its own texts for the question and every outcome', async () => {
    const outcomes = ['EXPIRED', 'UNKNOWN', 'ALREADY_USED', 'RATE_LIMITED', undefined];
    const textsByLocale = new Map<string, string[]>();
    for (const locale of LOCALES) {
      const page = await get(`${path}?token=${TOKEN}`, locale);
      expect(page.body).toContain(`<html lang="${locale}">`);
      expect(page.headers['content-language']).toBe(locale);
      expect(page.body).not.toMatch(/\{\w+\}|undefined/);
      const texts = [page.body.replace(/<html.*?>/, '')];
      for (const each of outcomes) {
        outcome = each;
        texts.push((await post(path, form, { 'accept-language': locale })).body.replace(/<html.*?>/, ''));
      }
      textsByLocale.set(locale, texts);
      outcome = undefined;
    }
    for (const [index] of outcomes.entries()) {
      expect(new Set(LOCALES.map((locale) => textsByLocale.get(locale)?.[index])).size, String(index)).toBe(
        LOCALES.length,
      );
    }
    expect((await get(`${path}?token=${TOKEN}`, 'de')).body).toContain(button);
  });

  test('an error is shown as a page with its status and without details (T12)', async () => {
    outcome = new Unavailable('database', { cause: new Error('select secret from users') });
    const down = await post(path, form);
    expect([down.statusCode, down.headers['retry-after']]).toEqual([503, '1']);
    outcome = new Error('select secret from users');
    const broken = await post(path, form);
    expect(broken.statusCode).toBe(500);
    expect(broken.body + down.body).not.toContain('secret');
  });
});

test.each([
  ['/verify-email', 'ACCOUNT_DISABLED', 403, 'This account is deactivated'],
  ['/change-email', 'EMAIL_TAKEN', 409, 'This address is already in use'],
  ['/undo-email-change', 'EMAIL_TAKEN', 409, 'This address is already in use'],
])('%s responds to %s with %i', async (path, failure, status, sentence) => {
  outcome = failure;
  const page = await post(path, form);
  expect(page.statusCode).toBe(status);
  expect(page.body).toContain(sentence);
});

describe('/verify-email', () => {
  test('asks for the password only if the link alone would remove it (T98)', async () => {
    expect((await get(`/verify-email?token=${TOKEN}`)).body).not.toContain('type="password"');
    losesPassword = true;
    const page = await get(`/verify-email?token=${TOKEN}`);
    expect(page.body).toContain('autocomplete="current-password"');
    await post('/verify-email', form);
    await post('/verify-email', `token=${TOKEN}&password=`);
    expect(passwords).toEqual([PASSWORD]);
  });

  test.each(['en', 'ru', 'uz'])(
    'says in %s that a password is wrong, or that it was removed (T98)',
    async (language) => {
      outcome = 'WRONG_PASSWORD';
      const again = await post('/verify-email', form, { 'accept-language': language });
      expect(again.statusCode).toBe(422);
      expect(again.body).toContain('id="problem"');
      expect(again.body).not.toContain(PASSWORD);
      outcome = 'VERIFIED_WITHOUT_PASSWORD';
      const done = await post('/verify-email', form, { 'accept-language': language });
      expect(done.statusCode).toBe(200);
      expect(done.body).toMatch(/<p>.{40,}<\/p>/);
    },
  );
});

describe('/undo-email-change', () => {
  test('the button names the restored address, masked and escaped', async () => {
    oldAddress = 'aziza<b>@example.org';
    const page = await get(`/undo-email-change?token=${TOKEN}`);
    expect(page.body).toContain('Restore a•••@example.org and sign out everywhere');
    expect(page.body).not.toContain('ziza');
  });

  test('the page asks the user to come back if the address cannot be looked up (T12)', async () => {
    oldAddress = new Unavailable('database');
    const page = await get(`/undo-email-change?token=${TOKEN}`);
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('It is still valid.');
  });
});

describe('/reset-password', () => {
  const PROBLEMS = ['Too <short>.', 'Too common.'];

  test('password managers recognise the field as a new password, and the rule is shown in advance', async () => {
    const { body } = await get(`/reset-password?token=${TOKEN}`);
    expect(body).toContain('<label for="password">New password</label>');
    expect(body).toMatch(/<input id="password" name="password" type="password" autocomplete="new-password" required/);
    expect(body).toMatch(/aria-describedby="hint"/);
    expect(body).toMatch(/id="hint">Use at least 8 characters\./);
    expect(body).not.toMatch(/aria-invalid=|autofocus|id="problems"/);
  });

  test('problems are shown at the field, the link stays valid, and the typed password is not repeated', async () => {
    outcome = { problems: PROBLEMS };
    const { statusCode, body } = await post('/reset-password', form);
    expect(statusCode).toBe(422);
    expect(body).toContain('<ul class="bad" id="problems"><li>Too &lt;short&gt;.</li><li>Too common.</li></ul>');
    expect(body).toMatch(/<input id="password"[^>]*aria-describedby="problems hint" aria-invalid="true" autofocus>/);
    expect(body).toContain(`<input type="hidden" name="token" value="${TOKEN}">`);
    expect(body).not.toContain('horse');

    outcome = undefined;
    expect((await post('/reset-password', form)).body).toContain('All devices are signed out.');
    expect(used).toEqual([TOKEN, TOKEN]);
  });

  test('a password is passed on as it was typed (T27)', async () => {
    const typed = ['  two  spaces ', 'a+b%20c&d=e', 'пароль ключ 🔑'.repeat(3), '', '\u00e9e\u0301'];
    for (const password of typed)
      await post('/reset-password', new URLSearchParams({ token: TOKEN, password }).toString());
    expect(passwords).toEqual(typed);
  });

  test('the longest password fits into the form in any encoding (T23)', async () => {
    const longest = '🔑'.repeat(256);
    await post('/reset-password', new URLSearchParams({ token: TOKEN, password: longest }).toString());
    expect(passwords).toEqual([longest]);
  });

  test('an overlong password is reported as such, not as a broken link (T24)', async () => {
    const long = 'a'.repeat(5000);
    outcome = { problems: ['Too long.'] };
    expect((await post('/reset-password', `token=${TOKEN}&password=${long}`)).statusCode).toBe(422);
    expect(passwords).toEqual([long]);
  });
});

describe('the script that estimates password strength', () => {
  beforeAll(() => {
    const script = fileURLToPath(new URL('../../scripts/build-pages.mjs', import.meta.url));
    execFileSync(process.execPath, [script, '--if-missing']);
  });

  test('is served by this server only, compressed when accepted', async () => {
    const plain = await app.inject('/pages/strength.js');
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
    });
    expect(plain.body).toContain('./estimate.js');
    expect(plain.body).not.toMatch(/https?:\/\/|eval\(|innerHTML/);
    const packed = await app.inject({ url: '/pages/strength.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body);
  });

  test.each(['/pages/other.js', '/pages/..%2f..%2fpackage.json', '/pages/strength.js.br'])(
    'no other file is served: %s',
    async (url) => {
      expect((await app.inject(url)).statusCode).toBe(404);
    },
  );

  test('gives the same estimates as the server', async () => {
    const { scorePassword: inBrowser } = await import(new URL('../../assets/pages/estimate.js', import.meta.url).href);
    for (const password of ['password', 'hello1234', 'aziza1990', 'Tr0ub4dor&3', PASSWORD, '🔑'.repeat(15)])
      expect(inBrowser(password), password).toBe(scorePassword(password));
    expect([inBrowser('password'), inBrowser(PASSWORD)]).toEqual([0, 4]);
  });

  test('is not used by other pages', async () => {
    for (const [path] of PAGES.filter(([path]) => path !== '/reset-password'))
      expect((await get(`${path}?token=${TOKEN}`)).body).not.toContain('<script');
  });
});

describe('/dev/outbox', () => {
  const message = (changes: Partial<SentMessage> = {}): SentMessage => ({
    id: '0197c1b0-0000-7000-8000-000000000001',
    channel: 'EMAIL',
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

  test('shows browsers the code in one element and a link, both escaped', async () => {
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

  test('says when the outbox is empty', async () => {
    expect((await app.inject('/dev/outbox')).body).toContain('No messages yet');
  });

  test('returns JSON to programs', async () => {
    sent = [message()];
    const response = await app.inject({ url: '/dev/outbox', headers: { accept: 'application/json' } });
    expect(response.json()).toMatchObject([
      { to: 'aziza@example.org', code: '048291', state: 'sent', kind: 'sign-up' },
    ]);
    expect(response.headers['content-type']).toContain('application/json');
  });

  test('shows a mail as recipients see it, and runs nothing in it', async () => {
    sent = [message()];
    const mail = await app.inject(`/dev/outbox/${sent[0]?.id}`);
    expect(mail.body).toBe('<p style="color:red">048291</p>');
    expect(mail.headers['content-security-policy']).toContain('sandbox');
    expect(String(mail.headers['content-security-policy'])).not.toContain('script');
    expect((await app.inject('/dev/outbox/nothing')).statusCode).toBe(404);
  });
});
