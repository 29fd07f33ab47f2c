import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { describeBrowser } from '../../support/browser.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { wrong } from '../../support/sign-in-form.ts';
import { openWebStage, type WebStage, waitForHeading } from '../../support/web-stage.ts';

const NEW_PASSWORD = 'copper-meadow-17-window';

describeBrowser('after a reload, the page', (executablePath) => {
  let clock: TestClock;
  let stage: WebStage;
  beforeAll(async () => {
    clock = testClock();
    stage = await openWebStage(executablePath, {}, { clock });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const kept = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  const isTyping = (page: Page, label: string) =>
    expect
      .poll(() => page.getByLabel(label, { exact: true }).evaluate((field) => field === document.activeElement))
      .toBe(true);
  const waits = (page: Page) => page.getByText(/^in \d+ seconds$/).waitFor();

  async function codeFor(recipient: string, wanted = 1): Promise<string> {
    const [message] = await stage.app.mail(recipient, wanted);
    return message?.code ?? expect.fail(`no code reached ${recipient}`);
  }
  async function signUp(email: string): Promise<Page> {
    const page = await stage.open('/account/sign-up');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await press(page, 'Create account');
    await waitForHeading(page, 'Enter the code');
    return page;
  }
  async function askForCode(path: string, recipient: string): Promise<Page> {
    const page = await stage.open(path);
    await page.getByRole('textbox').first().fill(recipient);
    await press(page, 'Send code');
    return page;
  }

  test('still takes the code, knows the attempts, and when a new code can be sent', async () => {
    const email = uniqueEmail();
    const page = await signUp(email);
    const code = await codeFor(email);
    await page.getByLabel('Code').fill(wrong(code));
    await page.getByText('2 attempts left.').waitFor();
    await page.reload();
    await waitForHeading(page, 'Enter the code');
    await page.getByText(/^We sent an email with a code to a•+@example\.com\.$/).waitFor();
    await page.getByText('2 attempts left.').waitFor();
    await isTyping(page, 'Code');
    await waits(page);

    clock.advance(MINUTE);
    await page.clock.install({ time: new Date(Date.now() + MINUTE) });
    await page.reload();
    await press(page, 'Send a new code');
    await page.getByText('We sent a new code.').waitFor();
    await waits(page);
    await page.reload();
    await waits(page);
    await page.getByLabel('Code').fill(await codeFor(email, 2));
    await waitForHeading(page, 'Profile');
    expect(await kept(page)).not.toContain('sent-code');
  });

  test.each([
    ['email', uniqueEmail],
    ['SMS', uniquePhone],
  ])('still takes a code by %s, of which the browser keeps neither the code nor a token', async (_, unique) => {
    const recipient = unique();
    if (recipient.includes('@')) await insertAccount(stage.app, { email: recipient });
    const page = await askForCode('/account/code', recipient);
    await waitForHeading(page, 'Enter the code');
    const code = await codeFor(recipient);
    await page.reload();
    await waitForHeading(page, 'Enter the code');
    expect(await kept(page)).not.toMatch(new RegExp(`token|eyJ|${code}`, 'i'));
    await page.getByLabel('Code').fill(code);
    await waitForHeading(page, 'Profile');
  });

  test('still takes the code for a new password, of the same account', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await askForCode('/account/forgot-password', email);
    await waitForHeading(page, 'Choose a new password');
    await page.reload();
    await waitForHeading(page, 'Choose a new password');
    await isTyping(page, 'Code');
    expect(await page.locator('input[autocomplete=username]').inputValue()).toBe(email);
    await page.getByLabel('Code').fill(await codeFor(email));
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await press(page, 'Set password');
    await page.getByText('Your password was changed.').waitFor();
  });

  test('takes the code that a password has asked for; for another one the user enters the password again', async () => {
    const { email } = await insertAccount(stage.app, { verified: false });
    const page = await stage.open('/account');
    const enter = async () => {
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await press(page, 'Sign in');
      await waitForHeading(page, 'Enter the code');
    };
    await page.getByLabel('Email address or phone number').fill(email);
    await enter();
    await page.getByRole('button', { name: 'Send a new code' }).waitFor();
    await page.reload();
    await isTyping(page, 'Code');
    expect(await kept(page)).not.toContain(PASSWORD);
    expect(await page.getByRole('button', { name: 'Send a new code' }).count()).toBe(0);
    await page.getByText('For a new code, sign in again.').waitFor();
    await expectGoodLooks(page);
    await press(page, 'Start again');
    await waitForHeading(page, 'Sign in');
    expect(await page.getByLabel('Email address or phone number').inputValue()).toBe(email);
    await enter();
    await page.getByLabel('Code').fill(await codeFor(email));
    await waitForHeading(page, 'Profile');
    // The account is still that of the password.
    expectType(await login(stage.app.client(), email, PASSWORD), 'Authenticated');
  });

  test('still takes the code of a new address, and keeps no password for it', async () => {
    const [{ email }, next] = [await insertAccount(stage.app), uniqueEmail()];
    const page = await stage.openAs(email, '/account');
    await press(page, 'Change Email address');
    await page.getByLabel('New email address').fill(next);
    await page.getByLabel('Your password', { exact: true }).fill(PASSWORD);
    await press(page, 'Send code');
    await page.getByText('We sent an email with a code to').waitFor();
    await page.reload();
    await page.getByRole('dialog').getByText('We sent an email with a code to').waitFor();
    await isTyping(page, 'Code');
    await waits(page);
    expect(await kept(page)).not.toContain(PASSWORD);
    await page.getByLabel('Code').fill(await codeFor(next));
    await page.getByText('Your email address is changed.').waitFor();
    await page.reload();
    await page.getByText(next).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('begins again when the user went back, the code has expired, or it is another page', async () => {
    const page = await signUp(uniqueEmail());
    await page.goto(`${stage.url}/account`);
    await waitForHeading(page, 'Sign in');
    await page.goBack();
    await waitForHeading(page, 'Enter the code');
    await press(page, 'Wrong address? Go back');
    await page.reload();
    await waitForHeading(page, 'Create an account');

    const late = await signUp(uniqueEmail());
    await late.clock.install({ time: new Date(Date.now() + 61 * MINUTE) });
    await late.reload();
    await waitForHeading(late, 'Create an account');
  });
});
