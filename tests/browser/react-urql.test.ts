import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LogoutAllDocument } from '../../schema/generated/graphql.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { describeExample, type Example, startExample } from '../support/example.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { authenticator } from '../support/second-factors.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

/** Longer than an access token is valid. */
const ELEVEN_MINUTES = 660_000;
/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

describeExample('react-urql', (executablePath) => {
  let browser: TestBrowser;
  let example: Example;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  /** The names of the operations that were sent. */
  let sent: string[];
  beforeAll(async () => {
    example = await startExample('react-urql');
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await example?.close();
  });
  beforeEach(async () => {
    [problems, sent] = [[], []];
    context = await browser.newContext({ viewport: { width: 500, height: 800 } });
    context.on('weberror', (error) => problems.push(error.error().message));
    context.on('request', (request) =>
      sent.push(/\b(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1] ?? ''),
    );
    page = await openTab();
  });
  afterEach(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });

  async function openTab(): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(example.url);
    return tab;
  }
  const takeScreenshot = async (name: string) => {
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `urql-${name}.png`), fullPage: true });
  };
  const click = (name: string, tab = page) => tab.getByRole('button', { name, exact: true }).click();
  const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
  const heading = (name: string, tab = page) => tab.getByRole('heading', { name, exact: true }).waitFor();
  const isSignedIn = (email: string, tab = page) => heading(`Signed in as ${email}`, tab);
  const enterCode = async (email: string, messages = 1) => {
    const [message] = await example.app.mail(email, messages);
    await fill('Code', message?.code ?? '');
  };

  async function signUp(email = uniqueEmail()): Promise<string> {
    await click('Create an account');
    await fill('Email address', email);
    await fill('Password', PASSWORD);
    await click('Create the account');
    await heading('Enter the code');
    await takeScreenshot('code');
    await enterCode(email);
    await click('Continue');
    await isSignedIn(email);
    return email;
  }
  async function signIn(email: string, password = PASSWORD): Promise<void> {
    await fill('Email address or phone number', email);
    await fill('Password', password);
    await click('Sign in');
  }

  test('sign-up, reload, expiry in three tabs with at most three renewals, and the end of all of them', async () => {
    await heading('Sign in');
    await takeScreenshot('start');
    const email = await signUp();
    await page.reload();
    await isSignedIn(email);
    await page.getByText('(this one)').waitFor();
    await takeScreenshot('account');

    const tabs = [page, await openTab(), await openTab()];
    for (const tab of tabs) await tab.getByText('(this one)').waitFor();
    sent = [];
    example.clock.advance(ELEVEN_MINUTES);
    await Promise.all(tabs.map((tab) => click('Reload', tab)));
    for (const tab of tabs) {
      await expect.poll(() => tab.getByRole('button', { name: 'Reload' }).isEnabled()).toBe(true);
      expect(await tab.getByRole('alert').allTextContents()).toEqual([]);
    }
    const count = (operation: string) => sent.filter((name) => name === operation).length;
    expect(count('Sessions')).toBeGreaterThan(tabs.length); // The service has refused the old token.
    expect(count('Refresh')).toBeGreaterThanOrEqual(1);
    expect(count('Refresh')).toBeLessThanOrEqual(3);

    await click('Sign out everywhere');
    for (const tab of tabs) await heading('Sign in', tab);
  });

  test('a session that was ended elsewhere ends in all tabs, and another user sees nothing of it', async () => {
    const first = await signUp();
    const other = await openTab();
    await isSignedIn(first, other);
    await page.bringToFront(); // Chromium slows tabs in the background.
    const client = example.app.client();
    const session = expectType(await login(client, first, PASSWORD), 'Authenticated');
    await client.request(LogoutAllDocument, { input: {} }, { token: session.accessToken });
    await click('Reload');
    await heading('Sign in');
    await heading('Sign in', other);
    sent = [];
    const second = await signUp();
    await isSignedIn(second, other);
    // Not from the cache of the first user.
    await expect.poll(() => sent.filter((name) => name === 'Sessions').length).toBe(2);
  });

  test('signs in at a social provider', async () => {
    const email = uniqueEmail();
    await click('The local provider');
    await page.locator('input[name=login]').fill(email);
    await page.locator('input[name=password]').fill('any password');
    await page.locator('button[type=submit]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await isSignedIn(email);
    expect(page.url()).toBe(example.url);
  });

  test('adds a passkey, and signs in with it', async () => {
    const email = await signUp();
    await addVirtualAuthenticator(page);
    await click('Add a passkey');
    await page.getByText('you can sign in with this passkey').waitFor();
    // The authenticator of this test would take the suggestion of the form.
    await page.evaluate('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
    await click('Sign out');
    await click('Sign in with a passkey');
    await isSignedIn(email);
  });

  test('a second factor, and a new password', async () => {
    const email = await signUp();
    await click('Add an authenticator app');
    const app = authenticator((await page.locator('code').textContent()) ?? '');
    await takeScreenshot('authenticator');
    await fill('Code of the app', app.code(example.clock.now()));
    await click('Turn it on');
    await page.getByText('If you lose it').waitFor();
    const [recoveryCode] = ((await page.locator('pre').textContent()) ?? '').split('\n');
    await click('Sign out');

    await click('I forgot my password');
    await fill('Email address or phone number', email);
    await click('Send a code');
    await heading('Choose a new password');
    await enterCode(email, 3);
    await fill('New password', 'short');
    await click('Change the password');
    await page.getByText('at least').waitFor();
    await takeScreenshot('new-password');
    await fill('New password', `${PASSWORD}-2`);
    await click('Change the password');
    await page.getByText('Your password was changed').waitFor();

    await signIn(email, `${PASSWORD}-2`);
    await heading('Confirm that it is you');
    await takeScreenshot('second-factor');
    await fill('Recovery code', recoveryCode ?? '');
    await click('Use the recovery code');
    await isSignedIn(email);
  });
});
