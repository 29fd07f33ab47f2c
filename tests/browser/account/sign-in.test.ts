import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { describeOnScreens } from '../../support/screens.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import type { Peer } from '../../support/social/peer.ts';
import { openWebStage, type WebStage, waitForHeading } from '../../support/web-stage.ts';

/** Bytes of JavaScript, compressed with gzip, until the form is there. */
const SIZE_LIMIT = 90 * 1024;

describeOnScreens('the sign-in page', (executablePath, screen) => {
  let stage: WebStage;
  let issuer: Peer;
  /** A page of an app, in RETURN_URLS. */
  let app: string;
  beforeAll(async () => {
    issuer = await startMockIssuer('example');
    app = `${issuer.origin}/jwks`;
    const settings = { PRODUCT_NAME: 'Example Shop', SUPPORT_CONTACT: 'help@example.com', RETURN_URLS: issuer.origin };
    stage = await openWebStage(executablePath, settings, {}, { provider: issuer, screen });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(page, 'Sign in').click();
  }

  test.each([
    ['en', 'Sign in'],
    ['ru', 'Войти'],
    ['uz', 'Kirish'],
  ])('is small in %s: its scripts have at most 90 KB, compressed', async (locale, name) => {
    const page = await stage.open('/account', { locale });
    await button(page, name).waitFor();
    const files = await page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => /\/web\/(.+\.js)$/.exec(name)?.[1] ?? []),
    );
    const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../../assets/web/${file}`, import.meta.url)));
    const sizes = files.map((file) => [file, gzipSync(read(file), { level: 9 }).length] as const);
    expect(files.length).toBeGreaterThan(1);
    expect(
      sizes.reduce((sum, [, size]) => sum + size, 0),
      JSON.stringify(sizes),
    ).toBeLessThanOrEqual(SIZE_LIMIT);
  });

  test('signs up with a code, in the language of the browser, and keeps each form in the address', async () => {
    const email = uniqueEmail();
    const page = await stage.open('/account', { locale: 'uz' });
    await page.getByText('Yordam kerakmi? help@example.com').waitFor();
    await page.locator('select.language').selectOption('en');
    await button(page, 'Forgot your password?').click();
    await page.waitForURL('**/account/forgot-password');
    await page.goBack();
    await waitForHeading(page, 'Sign in');
    await expectGoodLooks(page);
    await button(page, 'No account yet? Create one').click();
    await page.waitForURL('**/account/sign-up');
    expect(await page.title()).toBe('Create an account · Example Shop');
    await expectGoodLooks(page);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(page, 'Create account').click();
    await waitForHeading(page, 'Enter the code');
    const [message] = await stage.app.mail(email);
    await page.getByLabel('Code').fill(message?.code ?? '');
    await waitForHeading(page, 'Profile');
    await page.getByText(email).waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/token|eyJ/i);

    await button(page, 'Sign out').click();
    await page.getByText('You have signed out.').waitFor();
    await expectGoodLooks(page);
  });

  test('leads to the page that was asked for', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account/devices');
    await signIn(page, email);
    await waitForHeading(page, 'Devices');
    expect(new URL(page.url()).pathname).toBe('/account/devices');
  });

  test('leads back to an app of RETURN_URLS, also through a provider and for a user who is signed in already', async () => {
    issuer.person = { subject: uniqueEmail(), email: uniqueEmail(), emailVerified: true };
    const page = await stage.open(`/account?return_to=${encodeURIComponent(app)}`);
    await button(page, 'Continue with Example').click();
    await page.waitForURL(app);

    await page.goto(`${stage.url}/account/security?return_to=${encodeURIComponent(app)}`);
    await waitForHeading(page, 'Security');
    await button(page, 'Set a password').waitFor();
    await expectGoodLooks(page);
    await button(page, 'Back to the app').click();
    await page.waitForURL(app);

    // An app that has not noticed the sign-in sends the user here again and again.
    await page.goto(`${stage.url}/account?return_to=${encodeURIComponent(app)}`);
    await waitForHeading(page, 'You are already signed in');
    await expectGoodLooks(page);
    await button(page, 'Continue').click();
    await page.waitForURL(app);

    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${stage.url}/account`);
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${stage.url}/account?return_to=${encodeURIComponent(app)}`);
    await page.waitForURL(app);
  });

  test('does not lead anywhere else', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account?return_to=https://evil.example/');
    await signIn(page, email);
    await page.getByText('The page that sent you here is not known').waitFor();
    await waitForHeading(page, 'Profile');
    expect(page.url()).toBe(`${stage.url}/account`);
    await page.context().clearCookies();
    await page.goto(`${stage.url}/account?problem=return_to`);
    await page.getByText('The page that sent you here is not known').waitFor();
    await expectGoodLooks(page);
  });

  test('works with the keyboard alone', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account');
    await button(page, 'Sign in').waitFor();
    const tabTo = async (role: 'link' | 'button' | 'textbox' | 'combobox', name: string) => {
      for (let tabs = 0; tabs < 30; tabs += 1) {
        const isThere = await page
          .getByRole(role, { name, exact: true })
          .evaluate((element) => element === document.activeElement)
          .catch(() => false);
        if (isThere) return;
        await page.keyboard.press('Tab');
      }
      expect.fail(`${name} cannot be reached`);
    };
    await tabTo('textbox', 'Email address or phone number');
    await page.keyboard.type(email);
    await tabTo('textbox', 'Password');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await waitForHeading(page, 'Profile');

    await page.keyboard.press('Tab');
    await tabTo('link', 'Security');
    await page.keyboard.press('Enter');
    await waitForHeading(page, 'Security');
    await tabTo('button', 'Change password');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo('textbox', 'Current password');
    await page.keyboard.press('Enter');
    await page.getByText('Fill in this field.').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tabTo('button', 'Change password');
  });
});
