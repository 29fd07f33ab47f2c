import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LogoutAllDocument } from '../../schema/generated/graphql.ts';
import { insertAccount } from '../support/accounts.ts';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { describeExample, type Example, startExample } from '../support/example.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { authenticator, TIME_STEP } from '../support/second-factors.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';

/** Longer than an access token is valid. */
const ELEVEN_MINUTES = 660_000;
const NEW_PASSWORD = 'amber-quarry-57-thimble';
/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

describeExample('react-apollo', (executablePath) => {
  let browser: TestBrowser;
  let example: Example;
  let context: BrowserContext;
  let page: Page;
  let problems: string[];
  /** The names of the operations that all tabs have sent. */
  let sent: string[];
  beforeAll(async () => {
    example = await startExample('react-apollo');
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    await example?.close();
  });
  beforeEach(async () => {
    [problems, sent] = [[], []];
    context = await browser.newContext({ viewport: { width: 320, height: 640 } });
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

  async function openTab(url = example.url): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(url);
    return tab;
  }
  /** Also sees that nothing is wider than a small phone. */
  async function takeScreenshot(name: string): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `apollo-${name}.png`), fullPage: true });
  }
  const click = (name: string, tab = page) => tab.getByRole('button', { name, exact: true }).click();
  const fill = (label: string, value: string, tab = page) => tab.getByLabel(label, { exact: true }).fill(value);
  const heading = (name: string, tab = page) => tab.getByRole('heading', { name, exact: true }).waitFor();
  const says = (text: string, tab = page) => tab.getByText(text).first().waitFor();
  const isSignedIn = (email: string, tab = page) => heading(`Signed in as ${email}`, tab);
  const count = (operation: string) => sent.filter((name) => name === operation).length;

  async function signUp(email = uniqueEmail()): Promise<string> {
    await click('Create an account');
    await fill('Email address', email);
    await fill('Password', PASSWORD);
    await click('Create the account');
    await heading('Enter the code');
    await enterCode(email);
    await click('Continue');
    await isSignedIn(email);
    return email;
  }
  async function enterCode(email: string, messages = 1): Promise<void> {
    const [message] = await example.app.mail(email, messages);
    await fill('Code', message?.code ?? '');
  }
  async function signIn(email: string, password = PASSWORD): Promise<void> {
    await fill('Email address or phone number', email);
    await fill('Password', password);
    await click('Sign in');
  }
  /** A user who is signed in in so many tabs. */
  async function signInTabs(tabs: number): Promise<Page[]> {
    const { email } = await insertAccount(example.app);
    await signIn(email);
    await isSignedIn(email);
    const others = await Promise.all(Array.from({ length: tabs - 1 }, () => openTab()));
    const all = [page, ...others];
    for (const tab of all) await says('(this one)', tab);
    sent = [];
    return all;
  }
  async function reloadList(tab: Page): Promise<void> {
    await click('Reload', tab);
    await expect.poll(() => tab.getByRole('button', { name: 'Reload' }).isEnabled()).toBe(true);
  }
  const alerts = (tab = page) => tab.getByRole('alert').allTextContents();

  test('signs up with a code, and the user is still signed in after a reload', async () => {
    await heading('Sign in');
    await takeScreenshot('1-sign-in');
    await click('Create an account');
    await fill('Email address', 'ada@example');
    await fill('Password', 'short');
    await click('Create the account');
    await says('Use at least');
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await takeScreenshot('2-problems-of-a-sign-up');
    await click('Back');
    const email = await signUp();
    await says('(this one)');
    await takeScreenshot('3-account');
    await page.reload();
    await isSignedIn(email);
  });

  test('a wrong code is a problem of its field, and can be corrected', async () => {
    const email = uniqueEmail();
    await click('Sign in with a code');
    await fill('Email address or phone number', email);
    await click('Send a code');
    await heading('Enter the code');
    const [message] = await example.app.mail(email);
    await fill('Code', message?.code === '000000' ? '000001' : '000000');
    await click('Continue');
    await expect.poll(alerts).toHaveLength(1);
    await takeScreenshot('4-wrong-code');
    await enterCode(email);
    await click('Continue');
    await isSignedIn(email);
  });

  // Before the clock of the service is advanced, because the provider has the time of the machine.
  test('signs in at a social provider, or says that the user has cancelled', async () => {
    const email = uniqueEmail();
    await click('The local provider');
    await page.locator('input[name=login]').fill(email);
    await page.locator('input[name=password]').fill('any password');
    await page.locator('button[type=submit]').click();
    await page.getByText('Cancel').click();
    await says('You have cancelled the sign-in');
    expect(page.url()).toBe(example.url);
    await click('The local provider');
    await click('Continue');
    await isSignedIn(email);
    expect(page.url()).toBe(example.url);
  });

  test('after expiry in three tabs the service sees at most three renewals, and all tabs continue', async () => {
    const tabs = await signInTabs(3);
    example.clock.advance(ELEVEN_MINUTES);
    await Promise.all(tabs.map(reloadList));
    for (const tab of tabs) expect(await alerts(tab)).toEqual([]);
    expect(count('Sessions')).toBeGreaterThan(tabs.length); // The service has refused the old token.
    expect(count('Refresh')).toBeGreaterThanOrEqual(1);
    expect(count('Refresh')).toBeLessThanOrEqual(3);
  });

  test('a session that was ended elsewhere ends in all tabs with the next request of one', async () => {
    const { email } = await insertAccount(example.app);
    await signIn(email);
    await isSignedIn(email);
    const other = await openTab();
    await isSignedIn(email, other);
    await page.bringToFront(); // Chromium slows tabs in the background.
    const client = example.app.client();
    const session = expectType(await login(client, email, PASSWORD), 'Authenticated');
    await client.request(LogoutAllDocument, { input: {} }, { token: session.accessToken });
    await click('Reload');
    await Promise.all([heading('Sign in'), heading('Sign in', other)]);
    await says('Your session has ended', other);
    await takeScreenshot('5-ended-elsewhere');
    const next = await signUp();
    await isSignedIn(next, other);
    await expect.poll(() => other.getByRole('listitem').count()).toBe(1);
  });

  test('going offline and back loses nothing, even if the token expires meanwhile', async () => {
    const [tab = page] = await signInTabs(1);
    await context.setOffline(true);
    example.clock.advance(ELEVEN_MINUTES);
    await reloadList(tab);
    await expect.poll(alerts).toHaveLength(1);
    await takeScreenshot('6-offline');
    await says('(this one)');
    await context.setOffline(false);
    await reloadList(tab);
    expect(await alerts()).toEqual([]);
    await says('(this one)');
    await page.reload();
    await says('(this one)');
  });

  test('the service ends a session in the list, and all of them', async () => {
    const { email } = await insertAccount(example.app);
    await login(example.app.client({ headers: { 'user-agent': 'Phone' } }), email, PASSWORD);
    await signIn(email);
    await isSignedIn(email);
    const sessions = page.getByRole('listitem');
    await expect.poll(() => sessions.count()).toBe(2);
    await sessions.filter({ hasNotText: '(this one)' }).getByRole('button', { name: 'End' }).click();
    await expect.poll(() => sessions.count()).toBe(1);
    await click('Sign out everywhere');
    await heading('Sign in');
  });

  test('a page of another site says that it cannot sign in with cookies', async () => {
    const tab = await openTab(example.url.replace('localhost', '127.0.0.1'));
    await fill('Email address or phone number', uniqueEmail(), tab);
    await fill('Password', PASSWORD, tab);
    await click('Sign in', tab);
    await expect.poll(() => alerts(tab)).toHaveLength(1);
    await heading('Sign in', tab);
  });

  test('a browser that keeps no cookies says so when the token is renewed', async () => {
    await signInTabs(1);
    await context.clearCookies();
    example.clock.advance(ELEVEN_MINUTES);
    await click('Reload');
    await heading('Sign in');
    await says('does not keep cookies');
  });

  test('adds a passkey after the password is entered again, and signs in with it', async () => {
    await addVirtualAuthenticator(page);
    const { email } = await insertAccount(example.app);
    await signIn(email);
    await isSignedIn(email);
    example.clock.advance(ELEVEN_MINUTES);
    await click('Add a passkey');
    await fill('Your password', PASSWORD);
    await takeScreenshot('7-password-again');
    await click('Continue');
    await says('you can sign in with this passkey');
    // The authenticator of this test would take the suggestion of the form.
    await page.evaluate('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
    await click('Sign out');
    await click('Sign in with a passkey');
    await isSignedIn(email);
  });

  test('turns on a second factor, which the next sign-in asks for, and resets the password', async () => {
    const { email } = await insertAccount(example.app);
    await signIn(email);
    await click('Add an authenticator app');
    const app = authenticator((await page.locator('code').textContent()) ?? '');
    await takeScreenshot('8-authenticator-app');
    await fill('Code of the app', app.code(example.clock.now()));
    await click('Turn it on');
    await says('If you lose it');
    await takeScreenshot('9-recovery-codes');
    const [recoveryCode] = ((await page.locator('pre').textContent()) ?? '').split('\n');
    await click('Sign out');

    await click('I forgot my password');
    await fill('Email address or phone number', email);
    await click('Send a code');
    await heading('Choose a new password');
    const messages = await example.app.mail(email, 2);
    await fill('Code', messages.find(({ code }) => code)?.code ?? '');
    await fill('New password', 'short');
    await click('Change the password');
    await says('Use at least');
    await takeScreenshot('10-new-password');
    await fill('New password', NEW_PASSWORD);
    await click('Change the password');
    await says('Your password was changed');

    await signIn(email, NEW_PASSWORD);
    await heading('Confirm that it is you');
    await takeScreenshot('11-second-factor');
    await fill('Recovery code', 'AAAA-AAAA');
    await click('Use the recovery code');
    await expect.poll(alerts).toHaveLength(1);
    await fill('Recovery code', recoveryCode ?? '');
    await click('Use the recovery code');
    await isSignedIn(email);
    await click('Sign out');
    await signIn(email, NEW_PASSWORD);
    example.clock.advance(TIME_STEP);
    await fill('Code of your authenticator app', app.code(example.clock.now()));
    await click('Continue');
    await isSignedIn(email);
  });
});
