import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { describeOnScreens } from '../../support/screens.ts';
import { authenticator, TIME_STEP } from '../../support/second-factors.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import type { Peer } from '../../support/social/peer.ts';
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { openWebStage, type WebStage, waitForFocus } from '../../support/web-stage.ts';

const NEXT_PASSWORD = 'copper-meadow-17-violin';

describeOnScreens('the ways to sign in', (executablePath, screen) => {
  let clock: TestClock;
  let issuer: Peer;
  let stage: WebStage;
  beforeAll(async () => {
    clock = testClock();
    issuer = await startMockIssuer('example');
    stage = await openWebStage(executablePath, { EMAIL_SIGN_IN: 'off' }, { clock }, { provider: issuer, screen });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  /** In a question. */
  const answer = (page: Page, name: string) =>
    page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();

  async function open(options = {}) {
    const { email } = await insertAccount(stage.app);
    return { email, page: await stage.openAs(email, '/account/security', options) };
  }
  async function signOut(page: Page): Promise<void> {
    await button(page, 'Sign out').click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  }
  async function enterPassword(page: Page, email: string): Promise<void> {
    await field(page, 'Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(page, 'Sign in').click();
  }

  test('a password is changed', async () => {
    const { email, page } = await open();
    await button(page, 'Change password').click();
    await field(page, 'Current password').fill('wrong');
    await field(page, 'New password').fill('short');
    await page.getByText(/At least \d+ characters./).waitFor();
    await button(page, 'Save').click();
    await page.getByText(/Use at least \d+ characters./).waitFor();
    await expectGoodLooks(page);
    await field(page, 'New password').fill(NEXT_PASSWORD);
    await button(page, 'Save').click();
    await page.getByText('The password is incorrect.').waitFor();
    await field(page, 'Current password').fill(PASSWORD);
    await button(page, 'Save').click();
    await page.getByText('Your password is saved.').waitFor();
    expectType(await login(stage.app.client(), email, NEXT_PASSWORD), 'Authenticated');
  });

  test('a passkey is added, renamed and removed, and signs in meanwhile', async () => {
    const { page } = await open();
    await addVirtualAuthenticator(page);
    await button(page, 'Add a passkey').click();
    await page.getByText('The passkey is added.').waitFor();
    await page.getByText('On one device only').waitFor();
    await button(page, 'Add a passkey').click();
    await page.getByText('This device already has a passkey').waitFor();
    await expectGoodLooks(page);
    await page.getByRole('button', { name: /^Rename / }).click();
    await expectGoodLooks(page);
    await field(page, 'Name').fill('Work laptop');
    await button(page, 'Save').click();
    await page.getByText('The name is saved.').waitFor();

    // The authenticator picks the passkey that the field suggests.
    await button(page, 'Sign out').click();
    await page.getByText(/last used now/).waitFor();
    await button(page, 'Remove Work laptop').click();
    await expectGoodLooks(page);
    await answer(page, 'Remove');
    await page.getByText('You have no passkeys yet.').waitFor();
    await waitForFocus(page, 'Passkeys');
  });

  test('an authenticator app and recovery codes are set up, sign in, and are turned off', async () => {
    const { email, page } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Set up the app').click();
    const secret = ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '');
    const app = authenticator(secret);
    expect(await page.getByRole('link', { name: 'Open the app' }).getAttribute('href')).toContain(`secret=${secret}`);
    expect(
      await page.getByAltText('QR code').evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0);
    await field(page, 'Code that the app shows').fill('000000');
    await button(page, 'Turn on').click();
    await page.getByText('Incorrect code.').waitFor();
    await expectGoodLooks(page);
    await field(page, 'Code that the app shows').fill(app.code(clock.now()));
    await button(page, 'Turn on').click();

    await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
    const codes = await page.locator('.codes li').allTextContents();
    expect(codes).toHaveLength(10);
    await expectGoodLooks(page);
    await button(page, 'Copy').click();
    await button(page, 'Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(codes.join('\n'));
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Download').click()]);
    expect(readFileSync(await file.path(), 'utf8')).toContain(codes.join('\n'));
    await page.evaluate(() => {
      window.print = () => document.body.classList.add('is-printed');
    });
    await button(page, 'Print').click();
    expect(await page.locator('body.is-printed').count()).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(`Recovery codes for ${email}`).isVisible()).toBe(true);
    expect((await page.locator('body').innerText()).split(/\n+/).filter((line) => !codes.includes(line))).toEqual([
      expect.stringContaining(`Recovery codes for ${email}`),
    ]);
    const pdf = (await page.pdf()).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
    await button(page, 'I have saved them').click();
    await page.getByText('10 codes left').waitFor();
    await expectGoodLooks(page);

    await signOut(page);
    await enterPassword(page, email);
    clock.advance(TIME_STEP);
    await field(page, 'Code from the app').fill(app.code(clock.now()));
    await button(page, 'Continue').click();
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    await signOut(page);
    await enterPassword(page, email);
    await button(page, 'Use a recovery code').click();
    await field(page, 'Recovery code').fill(codes[0] ?? '');
    await button(page, 'Continue').click();
    await page.getByText('9 codes left').waitFor();

    await button(page, 'Get new codes').click();
    await expectGoodLooks(page);
    await answer(page, 'Get new codes');
    await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
    expect(await page.locator('.codes li').allTextContents()).not.toContain(codes[1]);
    await button(page, 'I have saved them').click();
    await button(page, 'Turn off').click();
    await expectGoodLooks(page);
    await answer(page, 'Turn off');
    await page.getByText('Sign-ins no longer need a second factor.').waitFor();
    await waitForFocus(page, 'Turn on');
    await button(page, 'Turn on').click();
    await page.getByText('Sign-ins need a second factor from now on.').waitFor();
    await button(page, 'I have saved them').click();
    await button(page, 'Remove Authenticator app').click();
    await expectGoodLooks(page);
    await answer(page, 'Remove');
    await page.getByText('The authenticator app is removed.').waitFor();
    await page.getByText('Add a passkey or set up an authenticator app first.').waitFor();
    await waitForFocus(page, 'Set up the app');
    await expectGoodLooks(page);
  });

  test('an account elsewhere is linked and unlinked, unless it is the only way to sign in', async () => {
    issuer.person = { subject: uniqueEmail(), email: uniqueEmail(), emailVerified: true };
    const page = await stage.open('/account');
    await button(page, 'Continue with Example').click();
    await page.getByRole('link', { name: 'Security' }).click();
    await button(page, 'Unlink Example').click();
    await answer(page, 'Unlink');
    await page.getByText('This is your only way to sign in.').waitFor();
    await expectGoodLooks(page);
    await answer(page, 'Cancel');

    // The provider has the time of the machine, and its tokens are accepted for eleven minutes.
    clock.advance(10 * MINUTE);
    await page.reload();
    await button(page, 'Set a password').click();
    await field(page, 'New password').fill(PASSWORD);
    await button(page, 'Save').click();
    await expectGoodLooks(page);
    await button(page, 'Sign in again').click();
    await button(page, 'Continue with Example').click();
    await button(page, 'Set a password').click();
    await field(page, 'New password').fill(PASSWORD);
    await button(page, 'Save').click();
    await page.getByText('Your password is saved.').waitFor();
    await button(page, 'Unlink Example').click();
    await answer(page, 'Unlink');
    await page.getByText('The account is unlinked.').waitFor();
    await waitForFocus(page, 'Linked accounts');
    await button(page, 'Link Example').click();
    await page.getByText('The account is linked.').waitFor();
    expect(page.url()).toBe(`${stage.url}/account/security`);

    const other = (await open()).page;
    await button(other, 'Link Example').click();
    await other.getByText('belongs to another account').waitFor();
    await expectGoodLooks(other);
    await other.getByRole('link', { name: 'Back to Security' }).click();
    await button(other, 'Link Example').waitFor();
  });

  test('ten minutes after the sign-in the user is asked to confirm, and the step continues by itself', async () => {
    const { page } = await open();
    await addVirtualAuthenticator(page);
    clock.advance(11 * MINUTE);
    await page.reload();
    await button(page, 'Set up the app').click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it’s you' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await button(page, 'Add a passkey').click();
    await field(page, 'Your password').fill('wrong');
    await button(page, 'Continue').click();
    await page.getByText('The password is incorrect.').waitFor();
    await expectGoodLooks(page);
    await field(page, 'Your password').fill(PASSWORD);
    await button(page, 'Continue').click();
    await page.getByText('The passkey is added.').waitFor();

    clock.advance(11 * MINUTE);
    await page.reload();
    await page.getByRole('button', { name: /^Remove / }).click();
    await answer(page, 'Remove');
    await dialog.waitFor();
    // A dialog above another one.
    await expectGoodLooks(page);
    await button(page, 'Use your password').waitFor();
    await button(page, 'Continue with a passkey').click();
    await page.getByText('You have no passkeys yet.').waitFor();
  });
});
