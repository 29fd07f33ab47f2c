import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { scorePassword } from '../../src/features/credentials/password-strength.ts';
import { buildAssets } from '../support/assets.ts';
import { openPages, PASSWORD, TOKEN } from '../support/link-pages.ts';

const pages = openPages();
const { get, post } = pages;

const form = `token=${TOKEN}&password=${encodeURIComponent(PASSWORD)}`;

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
    pages.outcome = { problems: PROBLEMS };
    const { statusCode, body } = await post('/reset-password', form);
    expect(statusCode).toBe(422);
    expect(body).toContain('<ul class="bad" id="problems"><li>Too &lt;short&gt;.</li><li>Too common.</li></ul>');
    expect(body).toMatch(/<input id="password"[^>]*aria-describedby="problems hint" aria-invalid="true" autofocus>/);
    expect(body).toContain(`<input type="hidden" name="token" value="${TOKEN}">`);
    expect(body).not.toContain('horse');

    pages.outcome = undefined;
    expect((await post('/reset-password', form)).body).toContain('All devices are signed out.');
    expect(pages.used).toEqual([TOKEN, TOKEN]);
  });

  test('a password is passed on as it was typed (T27)', async () => {
    const typed = ['  two  spaces ', 'a+b%20c&d=e', 'пароль ключ 🔑'.repeat(3), '', '\u00e9e\u0301'];
    for (const password of typed)
      await post('/reset-password', new URLSearchParams({ token: TOKEN, password }).toString());
    expect(pages.passwords).toEqual(typed);
  });

  test('the longest password fits into the form in any encoding (T23)', async () => {
    const longest = '🔑'.repeat(256);
    await post('/reset-password', new URLSearchParams({ token: TOKEN, password: longest }).toString());
    expect(pages.passwords).toEqual([longest]);
  });

  test('an overlong password is reported as such, not as a broken link (T24)', async () => {
    const long = 'a'.repeat(5000);
    pages.outcome = { problems: ['Too long.'] };
    expect((await post('/reset-password', `token=${TOKEN}&password=${long}`)).statusCode).toBe(422);
    expect(pages.passwords).toEqual([long]);
  });
});

describe('the script that estimates password strength', () => {
  beforeAll(() => buildAssets('pages'));

  test('is served by this server only, compressed when accepted', async () => {
    const plain = await pages.app.inject('/pages/strength.js');
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=300',
      vary: 'accept-encoding',
    });
    expect(plain.body).toContain('./estimate.js');
    expect(plain.body).not.toMatch(/https?:\/\/|eval\(|innerHTML/);
    const packed = await pages.app.inject({ url: '/pages/strength.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(packed.rawPayload).toString()).toBe(plain.body);
  });

  test.each(['/pages/other.js', '/pages/..%2f..%2fpackage.json', '/pages/strength.js.br'])(
    'no other file is served: %s',
    async (url) => {
      expect((await pages.app.inject(url)).statusCode).toBe(404);
    },
  );

  test('gives the same estimates as the server', async () => {
    const { scorePassword: inBrowser } = await import(new URL('../../assets/pages/estimate.js', import.meta.url).href);
    for (const password of ['password', 'hello1234', 'aziza1990', 'Tr0ub4dor&3', PASSWORD, '🔑'.repeat(15)])
      expect(inBrowser(password), password).toBe(scorePassword(password));
    expect([inBrowser('password'), inBrowser(PASSWORD)]).toEqual([0, 4]);
  });

  test('is not used by other pages', async () => {
    for (const path of ['/verify-email', '/change-email', '/undo-email-change', '/not-me'])
      expect((await get(`${path}?token=${TOKEN}`)).body).not.toContain('<script');
  });
});
