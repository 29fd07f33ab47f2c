import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import type { Locale } from '../../src/core/locale.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { openPages, TOKEN } from '../support/link-pages.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { SCREENS } from '../support/screens.ts';

const FORMS = ['verify-email', 'change-email', 'not-me', 'undo-email-change', 'reset-password', 'sign-in'];

describeBrowser('a page behind a link', (executablePath) => {
  const pages = openPages();
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser(executablePath);
    page = await (await browser.newContext(SCREENS.desktop)).newPage();
  });
  afterAll(() => browser?.close());

  /** @param payload of the form. Without it the page is only opened */
  async function expectPage(path: string, payload?: string): Promise<void> {
    await expectGoodLooks(page, {
      locale: 'en',
      async chooseLanguage(page: Page, locale: Locale) {
        const { body } = payload
          ? await pages.post(`/${path}`, `token=${TOKEN}&${payload}`, { 'accept-language': locale })
          : await pages.get(`/${path}?token=${TOKEN}`, locale);
        await page.setContent(body);
      },
    });
  }

  test.each(FORMS)('is accessible in every language, before and after its form is sent: %s', async (path) => {
    await expectPage(path);
    await expectPage(path, 'password=x');
    pages.outcome = 'EXPIRED';
    await expectPage(path, 'password=x');
  });

  test('is accessible if it asks for more', async () => {
    pages.losesPassword = true;
    await expectPage('verify-email');
    pages.outcome = 'WRONG_PASSWORD';
    await expectPage('verify-email', 'password=x');
    pages.outcome = { problems: ['Use at least 8 characters.', 'This password is too easy to guess.'] };
    await expectPage('reset-password', 'password=x');
    pages.outcome = { challengeId: 'the-challenge' };
    await expectPage('sign-in', 'x=');
    pages.secondStep = { problem: undefined };
    await expectPage('sign-in', 'challenge=the-challenge&code=1');
    pages.preview = { email: 'new@example.org', createsAccount: true };
    await expectPage('sign-in');
  });

  test('the outbox without messages is accessible, too', async () => {
    await expectGoodLooks(page, {
      languages: ['en'],
      locale: 'en',
      chooseLanguage: async (page) => page.setContent((await pages.get('/dev/outbox')).body),
    });
  });
});
