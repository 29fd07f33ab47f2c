import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { describeBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { receiveSignInMail } from '../support/email-sign-in.ts';
import { signUp, uniqueEmail } from '../support/people.ts';
import { freePort } from '../support/ports.ts';
import { enroll } from '../support/second-factors.ts';

/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

const NARROW = { width: 360, height: 740 };

describeBrowser('the page behind the link of a sign-in by email', (executablePath) => {
  let browser: TestBrowser;
  let app: TestApp;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    const port = await freePort();
    const env = { PUBLIC_URL: `http://localhost:${port}`, PRODUCT_NAME: 'Example', OTP_RESEND_COOLDOWN: '0s' };
    app = await startApp(env, {}, port);
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  // Without JavaScript, on a narrow screen.
  beforeEach(async () => {
    context = await browser.newContext({ viewport: NARROW, javaScriptEnabled: false, locale: 'en' });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const takeScreenshot = async (name: string, of = page) => {
    if (SCREENSHOTS) await of.screenshot({ path: join(SCREENSHOTS, `sign-in-${name}.png`), fullPage: true });
  };
  const hasCookie = async () => (await context.cookies()).some(({ name }) => name === 'refresh');
  const pressButton = (name: string) => page.getByRole('button', { name, exact: true }).click();

  test('creates an account and signs in, in the browser that opens the link', async () => {
    const email = uniqueEmail();
    const { message } = await receiveSignInMail(app, app.client(), { email });
    await page.goto(message.link ?? '');
    await takeScreenshot('1-new-account');
    expect(await hasCookie()).toBe(false);
    await pressButton('Create account and sign in');
    await page.getByRole('heading', { name: 'Your account was created' }).waitFor();
    await takeScreenshot('2-created');
    expect(await context.cookies()).toMatchObject([{ name: 'refresh', httpOnly: true, sameSite: 'Lax' }]);

    // As a frontend of the same site does: it needs the cookie and nothing else.
    const { origin } = new URL(page.url());
    const refreshed = await context.request.post(`${origin}/graphql`, {
      headers: { origin },
      data: { query: 'mutation { refresh { __typename ... on Authenticated { user { email } } } }' },
    });
    expect(await refreshed.json()).toMatchObject({
      data: { refresh: { __typename: 'Authenticated', user: { email } } },
    });

    await page.goto(message.link ?? '');
    await page.getByRole('heading', { name: 'This link has already been used' }).waitFor();
  });

  test('asks for a code of the authenticator app before it signs in', async () => {
    const ada = await signUp(app);
    const { authenticator } = await enroll(ada, new Date());
    const { message } = await receiveSignInMail(app, app.client(), { email: ada.email });
    await page.goto(message.link ?? '');
    await takeScreenshot('3-existing-account');
    await pressButton('Sign in');
    const field = page.getByLabel('Code from your authenticator app, or a recovery code');
    await takeScreenshot('4-second-factor');
    // The code of the enrolment is used up.
    await field.fill(authenticator.code(new Date()));
    await pressButton('Sign in');
    await page.getByText('This code is wrong or was used before.').waitFor();
    await takeScreenshot('5-wrong-code');
    expect(await hasCookie()).toBe(false);
    await field.fill(authenticator.code(new Date(Date.now() + 30_000)));
    await pressButton('Sign in');
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    expect(await hasCookie()).toBe(true);
  });

  test.each(['en', 'ru', 'uz'])('the mail and the page fit a narrow screen in %s', async (locale) => {
    await context.close();
    context = await browser.newContext({ viewport: NARROW, locale, javaScriptEnabled: false });
    page = await context.newPage();
    const email = uniqueEmail('an.address.that.is.long');
    const { message } = await receiveSignInMail(app, app.client(), { email, locale });
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    await page.goto(`${app.url}/dev/outbox/${message.id}`);
    await takeScreenshot(`mail-${locale}`);
    expect(await page.getByRole('link').first().getAttribute('href')).toBe(message.link);
    expect(await width()).toBeLessThanOrEqual(NARROW.width);
    await page.goto(message.link ?? '');
    await takeScreenshot(`page-${locale}`);
    expect(await width()).toBeLessThanOrEqual(NARROW.width);
  });
});
