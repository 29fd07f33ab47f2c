import { join } from 'node:path';
import type { SignInProps } from '@latchkey/client/react';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertAccount } from '../support/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { expectAccessible } from '../support/axe.ts';
import { describeBrowser } from '../support/browser.ts';
import { type ClientPage, startClientPage } from '../support/client-page.ts';
import { type TestClock, testClock } from '../support/clock.ts';
import { PASSWORD } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { startMockIssuer } from '../support/social/mock-issuer.ts';
import type { Peer } from '../support/social/peer.ts';

/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

describeBrowser('the sign-in form', (executablePath) => {
  let clock: TestClock;
  let issuer: Peer;
  let site: ClientPage;
  let app: TestApp;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    clock = testClock();
    issuer = await startMockIssuer('example');
    const port = await freePort();
    const api = `http://localhost:${port}`;
    site = await startClientPage({
      script: 'sign-in-form-page.tsx',
      api,
      policy: `default-src 'self'; connect-src ${api}`,
    });
    app = await startApp(
      { PUBLIC_URL: api, ALLOWED_ORIGINS: site.origin, SOCIAL_REDIRECT_URIS: site.url, ...issuer.settings },
      { clock },
      port,
    );
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    site?.close();
    await issuer?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 800, height: 900 } });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  async function open(props: SignInProps = {}): Promise<void> {
    await page.goto(`${site.url}?props=${encodeURIComponent(JSON.stringify(props))}`);
    await page.locator('h1').waitFor();
  }
  const shoot = async (name: string) => {
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  test('signs in with a password, and tells the app once', async () => {
    const { email } = await insertAccount(app);
    await open();
    await button('Continue with Example').waitFor();
    await shoot('sign-in');
    await expectAccessible(page);
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await button('Sign in').click();
    await page.getByText('Incorrect email').waitFor();
    await shoot('wrong-password');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button('Sign in').click();
    await page.getByText('signedIn').waitFor();
    expect(await page.evaluate('signedIn.length')).toBe(1);
  });
});
