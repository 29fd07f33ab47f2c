import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { describeBrowser, openWithoutCookies } from '../../support/browser.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { chooseByHeader, chooseByReload, expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD } from '../../support/people.ts';
import { signUpWithTotp, TIME_STEP } from '../../support/second-factors.ts';
import { logOutAll } from '../../support/sessions.ts';
import { openWebStage, refuseOperations, type WebStage, waitForHeading } from '../../support/web-stage.ts';

describeBrowser('the account pages in trouble', (executablePath) => {
  let clock: TestClock;
  let stage: WebStage;
  beforeAll(async () => {
    clock = testClock();
    stage = await openWebStage(executablePath, {}, { clock });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  async function signIn(page: Page, email: string): Promise<void> {
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  test.each(['/account', '/console'])(
    '%s says that the service does not respond, and goes on when it does',
    async (path) => {
      const page = await stage.open(path);
      const recover = await refuseOperations(page);
      await page.reload();
      await page.getByRole('alert').getByText('The service does not respond').waitFor();
      await expectGoodLooks(page, { chooseLanguage: chooseByReload('[role=alert]:not(:empty)') });
      await recover();
      await waitForHeading(page, 'Sign in');
      expect(await page.getByRole('alert').filter({ hasText: /./ }).count()).toBe(0);
    },
  );

  const late = (page: Page) => page.getByRole('heading', { name: 'This page is slow to load.' });

  test('a page whose scripts have other names since a deployment can be loaded again, without a script', async () => {
    const page = await stage.open('/account');
    await waitForHeading(page, 'Sign in');
    await page.route('**/web/account-*.js', (route) => route.fulfill({ status: 404 }));
    await page.goto(`${stage.url}/account/sign-up#top`);
    await page.locator('.starting-wheel').waitFor();
    await late(page).waitFor();
    await expectGoodLooks(page, { chooseLanguage: chooseByHeader('.starting h1:visible') });
    await page.unroute('**/web/account-*.js');
    await page.getByRole('link', { name: 'Load it again' }).click();
    await waitForHeading(page, 'Create an account');
    await stage.clear(/404/);
  });

  test('a page whose scripts are slow shows that it is loading, later with a link, and goes on by itself', async () => {
    const page = await stage.open('/account');
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/web/account-*.js', (route) => released.then(() => route.continue()));
    await page.goto(`${stage.url}/account/sign-up`, { waitUntil: 'commit' });
    await page.locator('.starting-wheel').waitFor();
    expect(await late(page).count()).toBe(0);
    await late(page).waitFor();
    release();
    await waitForHeading(page, 'Create an account');
    expect(await late(page).count()).toBe(0);
  });

  test('a browser that keeps no cookies is told that a sign-in needs them', async () => {
    const context = await openWithoutCookies(executablePath);
    try {
      const page = await context.newPage();
      for (const path of ['/account?return_to=/', '/console']) {
        await page.goto(stage.url + path);
        await page.getByRole('alert').getByText('Your browser blocks cookies').waitFor();
        await expectGoodLooks(page, { chooseLanguage: chooseByHeader('[role=alert] h1') });
      }
    } finally {
      await context.close();
    }
  });

  test('a tab that is still loading follows the sign-in of another one', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account');
    await waitForHeading(page, 'Sign in');
    const late = await page.context().newPage();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = new Promise<void>((resolve) => {
      void late.route('**/web/*.js', async (route) => {
        const body = await (await route.fetch()).text();
        // The words of the form.
        if (body.includes('No account yet')) {
          resolve();
          await released;
        }
        await route.fulfill({ body, contentType: 'text/javascript' });
      });
    });
    await late.goto(`${stage.url}/account`);
    await held;
    await late.locator('.lk-sign-in').waitFor();
    await signIn(page, email);
    await waitForHeading(page, 'Profile');
    release();
    await waitForHeading(late, 'Profile');
  });

  test('a tab follows another one to another user: what was begun as the first is gone, and a notice says who it is now', async () => {
    const [ada, grace] = [await insertAccount(stage.app), await insertAccount(stage.app)];
    const page = await stage.openAs(ada.email, '/account/security');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByLabel('New password').fill('copper-meadow-17-violin');
    const other = await page.context().newPage();
    await other.goto(`${stage.url}/account`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    await signIn(other, grace.email);
    await waitForHeading(other, 'Profile');
    await page.getByText(`You are now signed in as ${grace.email}.`).waitFor();
    expect(await page.getByRole('dialog').filter({ hasText: 'New password' }).count()).toBe(0);
  });

  test('after a sign-out, the back button shows nothing of the user', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await page.getByText(email).waitFor();
    await page.goto(`${stage.url}/verify-email`);
    const other = await page.context().newPage();
    await other.goto(`${stage.url}/account`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('You have signed out.').waitFor();
    await page.goBack();
    await waitForHeading(page, 'Sign in');
    expect(await page.getByText(email).count()).toBe(0);
    await stage.clear(/400/);
  });

  test.each(['reload', 'back'])('a second factor starts again after %s', async (kind) => {
    const user = await signUpWithTotp(stage.app, clock.now());
    const page = await stage.open('/account/sign-up');
    await page.getByRole('button', { name: 'Already have an account? Sign in' }).click();
    await signIn(page, user.email);
    await waitForHeading(page, 'Enter the code from your app');
    if (kind === 'reload') await page.reload();
    else {
      await page.goBack();
      await waitForHeading(page, 'Create an account');
      await page.goForward();
    }
    await waitForHeading(page, 'Sign in');
    await signIn(page, user.email);
    clock.advance(TIME_STEP);
    await page.getByLabel('Code from the app').fill(user.authenticator.code(clock.now()));
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await waitForHeading(page, 'Profile');
  });

  test('a session that was ended elsewhere leads to the sign-in, and back to the page', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await waitForHeading(page, 'Profile');
    const { accessToken } = expectType(await login(stage.app.client(), email, PASSWORD), 'Authenticated');
    await logOutAll(stage.app.client(), accessToken);
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByText('You have been signed out. Please sign in again.').waitFor();
    await signIn(page, email);
    await waitForHeading(page, 'Activity');
    await stage.clear(/401/);
  });

  test('a code that has expired says so and gives way to a new one', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account');
    await page.getByRole('button', { name: 'Get a code instead' }).click();
    await page.getByRole('textbox').first().fill(email);
    await page.getByRole('button', { name: 'Send code' }).click();
    await waitForHeading(page, 'Enter the code');
    const [message] = await stage.app.mail(email);
    clock.advance(60 * MINUTE);
    await page.clock.install({ time: new Date(Date.now() + 60 * MINUTE) });
    await page.getByLabel('Code').fill(message?.code ?? '');
    await waitForHeading(page, 'This code no longer works');
    await page.getByRole('alert').getByText('expired').waitFor();
    await page.clock.fastForward(2 * MINUTE);
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await waitForHeading(page, 'Enter the code');
    await page.getByLabel('Code').fill((await stage.app.mail(email, 2))[0]?.code ?? '');
    await waitForHeading(page, 'Profile');
  });

  test.each(['/account/', '/account/sign-up/'])('leads back from %s, too', async (path) => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open(`${path}?return_to=/console`);
    if (path.includes('sign-up')) {
      await waitForHeading(page, 'Create an account');
      await page.getByRole('button', { name: 'Already have an account? Sign in' }).click();
    }
    await signIn(page, email);
    await page.waitForURL('**/console');
  });
});
