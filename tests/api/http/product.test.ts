import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { uniqueEmail } from '../../support/people.ts';
import { receiveCode, uniquePhone } from '../../support/phones.ts';

const LOGO = 'https://cdn.example.com/logo.png?a=1&b=2';
let app: TestApp;
let plain: TestApp;
beforeAll(async () => {
  [app, plain] = await Promise.all([
    startApp({
      PRODUCT_NAME: 'Bozor & Co',
      SUPPORT_CONTACT: 'help@bozor.uz',
      PRODUCT_LOGO_URL: LOGO,
      PRODUCT_COLOR: '#FFD400',
    }),
    startApp({ PRODUCT_NAME: 'Plain' }),
  ]);
});
afterAll(() => Promise.all([app.close(), plain.close()]));

const PAGES = ['/verify-email', '/change-email', '/undo-email-change', '/not-me', '/reset-password'];
const token = 'x'.repeat(43);

async function getPage(target: TestApp, path: string, language = 'en') {
  const response = await fetch(target.url + path, { headers: { 'accept-language': language } });
  return { body: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
}

async function receiveMail(target: TestApp) {
  const email = uniqueEmail();
  await target.client().request(RegisterEmailDocument, { input: { email, password: 'violet-harbour-92-lantern' } });
  const [mail] = await target.mail(email);
  if (!mail) throw new Error('no mail');
  return mail;
}

describe('the product', () => {
  test.each(PAGES)('is on the page %s: logo, name, colour and support', async (path) => {
    for (const url of [path, `${path}?token=${token}`]) {
      const { body, policy } = await getPage(app, url);
      expect(body).toContain('<img src="https://cdn.example.com/logo.png?a=1&amp;b=2" alt="Bozor &amp; Co">');
      expect(body).toContain('Need help? help@bozor.uz');
      expect(body).toContain('--accent: #ffd400');
      expect(body).toContain('--on-accent: #000000');
      expect(policy).toContain('; img-src https://cdn.example.com');
      // The style sheet is allowed by its hash.
      const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
      expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(policy).not.toMatch(/unsafe|\*/);
    }
  });

  test('is on pages in each language, and as a name without a logo', async () => {
    expect((await getPage(app, '/not-me', 'ru')).body).toContain('Нужна помощь? help@bozor.uz');
    expect((await getPage(app, '/not-me', 'uz')).body).toContain('Yordam kerakmi? help@bozor.uz');
    const { body, policy } = await getPage(plain, '/not-me');
    expect(body).toContain('<p class="brand">Plain</p>');
    expect(body).not.toMatch(/<img|Need help/);
    expect(policy).not.toContain('img-src');
  });

  test('is in mails, as text and as HTML', async () => {
    const { subject, text, html } = await receiveMail(app);
    expect(subject).toContain('Bozor & Co');
    expect(text).toMatch(/-- \nBozor & Co\nNeed help\? help@bozor\.uz\n/);
    expect(html).toContain(`<img src="${LOGO.replace('&', '&amp;')}" alt="Bozor &amp; Co"`);
    expect(html).toContain('background:#ffd400;color:#000000');
    expect(html).toContain('Need help? help@bozor.uz');
    expect(html).not.toMatch(/\{\w+\}|undefined|#7ab0ff !important; color: #0b1726/);
  });

  test('without logo, colour and support leaves mails as they are', async () => {
    const { text, html } = await receiveMail(plain);
    expect(text).toMatch(/-- \nPlain\nThis is an automated message/);
    expect(html).not.toMatch(/<img|Need help|undefined/);
    expect(html).toContain('background:#1a56b8;color:#ffffff');
  });

  test('is in text messages, and the code is bound to the frontend', async () => {
    const { message, code } = await receiveCode(app, app.client(), { phone: uniquePhone(), locale: 'en' });
    expect(message.text).toBe(
      `Bozor & Co: your sign-in code is ${code}. Don't share it with anyone.\n@localhost #${code}`,
    );
  });
});
