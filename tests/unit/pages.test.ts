import { describe, expect, test } from 'vitest';
import { Unavailable } from '../../src/core/errors.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { openPages, PASSWORD, TOKEN } from '../support/link-pages.ts';

const pages = openPages();
const { get, post } = pages;

const PAGES = [
  ['/verify-email', 'Confirm this address', 'Your email address is confirmed'],
  ['/change-email', 'Confirm this address', 'Your email address was changed'],
  ['/undo-email-change', 'Restore the old address and sign out everywhere', 'Your old address is restored'],
  ['/sign-in', 'Sign in', 'You are signed in'],
  ['/not-me', 'Sign out everywhere and set a new password', 'All devices are signed out'],
  ['/reset-password', 'Set password', 'Your password was changed'],
] as const;
const form = `token=${TOKEN}&password=${encodeURIComponent(PASSWORD)}`;

describe.each(PAGES)('%s', (path, button, success) => {
  test('leaves the link unused when a mail scanner follows it with GET or HEAD', async () => {
    const page = await pages.app.inject(`${path}?token=${TOKEN}`);
    const head = await pages.app.inject({ method: 'HEAD', url: `${path}?token=${TOKEN}` });
    expect([page.statusCode, head.statusCode]).toEqual([200, 200]);
    expect(page.body).toContain(`value="${TOKEN}"`);
    expect(page.body).toContain(`<form method="post" action="${path.slice(1)}">`);
    expect(page.body).toContain(`<button type="submit">${button}</button>`);
    expect(page.body).toContain('Example &lt;i&gt;');
    expect(pages.used).toEqual([]);
  });

  test('acts once when the button is pressed, and says what to do next', async () => {
    const page = await post(path, form);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(`<h1 class="good">${success}</h1>`);
    expect(page.body).toMatch(/<p>.{20,}<\/p>/);
    expect(page.body).not.toContain('<form');
    expect(pages.used).toEqual([TOKEN]);
  });

  test.each([
    ['EXPIRED', 410, 'This link has expired'],
    ['ALREADY_USED', 410, 'This link has already been used'],
    ['UNKNOWN', 404, 'This link is not valid'],
    ['WRONG_CODE', 404, 'This link is not valid'],
    ['TOO_MANY_ATTEMPTS', 429, 'Too many attempts'],
    ['RATE_LIMITED', 429, 'Too many attempts'],
  ] as const)('responds to %s with %i and a sentence', async (failure, status, sentence) => {
    pages.outcome = failure;
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
    const page = await pages.app.inject(`${path}${query}`);
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
    expect(pages.used).toEqual([]);
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'rejects a body of type %s (T07)',
    async (type) => {
      const payload = type === 'application/json' ? JSON.stringify({ token: TOKEN, password: PASSWORD }) : form;
      const page = await post(path, payload, { 'content-type': type });
      expect(page.statusCode).toBe(400);
      expect(pages.used).toEqual([]);
    },
  );

  test.each([
    ['by Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site', origin: 'https://auth.example.com' }],
    ['by Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['by Origin', { origin: 'https://evil.example' }],
    ['by an Origin that begins with our name', { origin: 'https://auth.example.com.evil.example' }],
  ])('rejects a form from another site, detected %s', async (_title, headers) => {
    expect((await post(path, form, headers)).statusCode).toBe(403);
    expect(pages.used).toEqual([]);
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
        pages.outcome = each;
        texts.push((await post(path, form, { 'accept-language': locale })).body.replace(/<html.*?>/, ''));
      }
      textsByLocale.set(locale, texts);
      pages.outcome = undefined;
    }
    for (const [index] of outcomes.entries()) {
      expect(new Set(LOCALES.map((locale) => textsByLocale.get(locale)?.[index])).size, String(index)).toBe(
        LOCALES.length,
      );
    }
    expect((await get(`${path}?token=${TOKEN}`, 'de')).body).toContain(button);
  });

  test('an error is shown as a page with its status and without details (T12)', async () => {
    pages.outcome = new Unavailable('database', { cause: new Error('select secret from users') });
    const down = await post(path, form);
    expect([down.statusCode, down.headers['retry-after']]).toEqual([503, '1']);
    pages.outcome = new Error('select secret from users');
    const broken = await post(path, form);
    expect(broken.statusCode).toBe(500);
    expect(broken.body + down.body).not.toContain('secret');
  });
});

test.each([
  ['/verify-email', 'ACCOUNT_DISABLED', 403, 'This account is deactivated'],
  ['/sign-in', 'ACCOUNT_DISABLED', 403, 'This account is deactivated'],
  ['/sign-in', 'IN_THE_APP', 403, 'It will ask for your passkey or security key'],
  ['/change-email', 'EMAIL_TAKEN', 409, 'This address is already in use'],
  ['/undo-email-change', 'EMAIL_TAKEN', 409, 'This address is already in use'],
])('%s responds to %s with %i', async (path, failure, status, sentence) => {
  pages.outcome = failure;
  const page = await post(path, form);
  expect(page.statusCode).toBe(status);
  expect(page.body).toContain(sentence);
});

describe('/verify-email', () => {
  test('asks for the password only if the link alone would remove it (T98)', async () => {
    expect((await get(`/verify-email?token=${TOKEN}`)).body).not.toContain('type="password"');
    pages.losesPassword = true;
    const page = await get(`/verify-email?token=${TOKEN}`);
    expect(page.body).toContain('autocomplete="current-password"');
    await post('/verify-email', form);
    await post('/verify-email', `token=${TOKEN}&password=`);
    expect(pages.passwords).toEqual([PASSWORD]);
  });

  test.each(['en', 'ru', 'uz'])(
    'says in %s that a password is wrong, or that it was removed (T98)',
    async (language) => {
      pages.outcome = 'WRONG_PASSWORD';
      const again = await post('/verify-email', form, { 'accept-language': language });
      expect(again.statusCode).toBe(422);
      expect(again.body).toContain('id="problem"');
      expect(again.body).not.toContain(PASSWORD);
      pages.outcome = 'VERIFIED_WITHOUT_PASSWORD';
      const done = await post('/verify-email', form, { 'accept-language': language });
      expect(done.statusCode).toBe(200);
      expect(done.body).toMatch(/<p>.{40,}<\/p>/);
    },
  );
});

describe('/undo-email-change', () => {
  test('the button names the restored address, masked and escaped', async () => {
    pages.oldAddress = 'aziza<b>@example.org';
    const page = await get(`/undo-email-change?token=${TOKEN}`);
    expect(page.body).toContain('Restore a•••@example.org and sign out everywhere');
    expect(page.body).not.toContain('ziza');
  });

  test('the page asks the user to come back if the address cannot be looked up (T12)', async () => {
    pages.oldAddress = new Unavailable('database');
    const page = await get(`/undo-email-change?token=${TOKEN}`);
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('It is still valid.');
  });
});
