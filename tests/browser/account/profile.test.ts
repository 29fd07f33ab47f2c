import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { giveRoles } from '../../support/admins.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { describeOnScreens } from '../../support/screens.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

describeOnScreens('the profile', (executablePath, screen) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath, { INTROSPECTION: 'off' }, {}, { screen });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  const code = async (to: string, count = 1) => (await stage.app.mail(to, count))[0]?.code ?? '';

  test('has the name and the language of messages', async () => {
    const { id, email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await field(page, 'First name').fill('Dilnoza');
    await field(page, 'Last name').fill('x'.repeat(101));
    await page.getByLabel('Language of messages').selectOption('uz');
    await button(page, 'Save').click();
    await page.getByText('Use at most 100 characters.').waitFor();
    await expect.poll(() => field(page, 'Last name').evaluate((input) => input === document.activeElement)).toBe(true);
    await expectGoodLooks(page);
    await field(page, 'Last name').fill('Karimova');
    await button(page, 'Save').click();
    await page.getByText('Your details are saved.').waitFor();
    await expectGoodLooks(page);
    expect(await stage.app.app.services.accounts.byId(id)).toMatchObject({
      firstName: 'Dilnoza',
      lastName: 'Karimova',
      companyName: null,
      locale: 'uz',
    });
  });

  test('has the language that an app has chosen, also with an extension', async () => {
    const { email } = await insertAccount(stage.app, { locale: 'de-DE-u-co-phonebk' });
    const page = await stage.openAs(email, '/account');
    expect(await page.getByLabel('Language of messages').inputValue()).toBe('de-DE-u-co-phonebk');
    await page.getByRole('option', { name: 'German (Germany)' }).waitFor({ state: 'attached' });
  });

  test('moves to another email address with a code', async () => {
    const { email } = await insertAccount(stage.app);
    const next = uniqueEmail();
    const page = await stage.openAs(email, '/account');
    await button(page, 'Change Email address').click();
    await field(page, 'New email address').fill(next);
    await button(page, 'Send code').click();
    await page.getByText('Fill in this field.').waitFor();
    await field(page, 'Your password').fill('wrong');
    await button(page, 'Send code').click();
    await page.getByText('The password is incorrect.').waitFor();
    await expectGoodLooks(page);
    await field(page, 'Your password').fill(PASSWORD);
    await button(page, 'Send code').click();
    await page.getByText('We sent an email with a code to').waitFor();
    await field(page, 'Code').fill('000000');
    await page.getByText('2 attempts left.').waitFor();
    await page.getByText(/in \d+ seconds/).waitFor();
    await expectGoodLooks(page);
    await field(page, 'Code').fill(await code(next));
    await page.getByText('Your email address is changed.').waitFor();
    await page.getByText(next).waitFor();
  });

  test('sends one new code for two clicks', async () => {
    const { email } = await insertAccount(stage.app);
    const next = uniqueEmail();
    const page = await stage.openAs(email, '/account');
    await page.clock.install();
    await button(page, 'Change Email address').click();
    await field(page, 'New email address').fill(next);
    await field(page, 'Your password').fill(PASSWORD);
    await button(page, 'Send code').click();
    await page.getByText(/in \d+ seconds/).waitFor();
    await page.clock.fastForward(120_000);
    let sent = 0;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('requestEmailChange')) sent += 1;
      await released;
      await route.continue();
    });
    await button(page, 'Send a new code').and(page.locator('[aria-disabled=false]')).dblclick();
    await button(page, 'Send a new code').and(page.locator('[aria-disabled=true]')).waitFor();
    release();
    // The clock of the service stands: it refuses the second code.
    await page
      .getByText(/Too many|wait/i)
      .first()
      .waitFor();
    expect(sent).toBe(1);
  });

  test('takes a phone number, and another one with the password', async () => {
    const [phone, next] = [uniquePhone(), uniquePhone()];
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await button(page, 'Add Phone number').click();
    await field(page, 'New phone number').fill('12');
    await button(page, 'Send code').click();
    await page.getByText('Enter the phone number with its country code').waitFor();
    await expectGoodLooks(page);
    await field(page, 'New phone number').fill(phone);
    await button(page, 'Send code').click();
    await field(page, 'Code').fill(await code(phone));
    await page.getByText('Your phone number is verified.').waitFor();
    await page.getByText(phone).waitFor();

    await button(page, 'Change Phone number').click();
    await field(page, 'New phone number').fill(next);
    await field(page, 'Your password').fill(PASSWORD);
    await button(page, 'Send code').click();
    await field(page, 'Code').fill(await code(next));
    await page.getByText(next).waitFor();
  });

  test('verifies the address that the account has', async () => {
    const { id, email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await stage.app.app.services.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, id));
    await page.reload();
    await page.getByText('Not verified').waitFor();
    await expectGoodLooks(page);
    await button(page, 'Verify Email address').click();
    await button(page, 'Send code').click();
    await field(page, 'Code').fill(await code(email));
    await page.getByText('Your email address is verified.').waitFor();
    await page.getByText('Not verified').waitFor({ state: 'detached' });
  });

  test('verifies the number that the account has', async () => {
    const [phone, { id, email }] = [uniquePhone(), await insertAccount(stage.app)];
    await stage.app.app.services.db.update(users).set({ phone }).where(eq(users.id, id));
    const page = await stage.openAs(email, '/account');
    await button(page, 'Verify Phone number').click();
    await page.getByRole('dialog').getByText(phone).waitFor();
    await expectGoodLooks(page);
    await button(page, 'Send code').click();
    await field(page, 'Code').fill(await code(phone));
    await page.getByText('Your phone number is verified.').waitFor();
    await page.getByText('Not verified').waitFor({ state: 'detached' });
  });

  test('leads to the console only if the user has a role', async () => {
    const { id, email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    const links = page.getByRole('navigation').getByRole('link');
    await page.getByText(email).waitFor();
    expect(await links.allTextContents()).toEqual(['Profile', 'Security', 'Devices', 'Activity']);
    await giveRoles(stage.app, id, 'STAFF');
    await page.reload();
    await page.getByRole('link', { name: 'Console' }).waitFor();
  });

  test('deletes the account, after the user has typed its address', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await button(page, 'Delete account…').click();
    await page.getByText('You are signed out on all devices.').waitFor();
    await field(page, `Type ${email} to confirm`).fill('no');
    await field(page, 'Your password').fill('wrong');
    await button(page, 'Delete for good').click();
    await page.getByText(`This is not ${email}.`).waitFor();
    await expectGoodLooks(page);
    await field(page, `Type ${email} to confirm`).fill(email.toUpperCase());
    await button(page, 'Delete for good').click();
    await page.getByText('The password is incorrect.').waitFor();
    await field(page, 'Your password').fill(PASSWORD);
    await button(page, 'Delete for good').click();
    await page.getByText('Your account is deleted. Goodbye').waitFor();
    await expectGoodLooks(page);
    expectType(await login(stage.app.client(), email, PASSWORD), 'InvalidCredentials');
  });
});
