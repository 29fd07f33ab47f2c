import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { giveRoles, listUsers, signInWithRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { SCREENS } from '../../support/screens.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

describeBrowser('the invitation of a user in the console', (executablePath) => {
  let clock: TestClock;
  let stage: WebStage;
  let admin: string;
  beforeAll(async () => {
    clock = testClock();
    stage = await openWebStage(executablePath, {}, { clock });
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    admin = email;
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const find = async (search: string) => {
    const { edges } = await listUsers(await signInWithRoles(stage.app, 'STAFF'), { filter: { search } });
    return edges.map(({ node }) => node);
  };

  test('sends a mail to the address, after what is wrong is corrected', async () => {
    const email = uniqueEmail('dilnoza');
    const page = await stage.openAs(admin, '/console/users');
    await page.getByRole('link', { name: 'Invite a user' }).click();
    await page.getByRole('heading', { level: 1, name: 'Invite a user' }).waitFor();
    await page.getByLabel('Email').fill(admin);
    await page.getByLabel('First name').fill('Dilnoza');
    await page.getByLabel('Staff').check();
    await page.getByLabel('Permissions').fill('orders:write, orders:read');
    await page.getByLabel('Reason').fill('Joined the support team');
    await page.getByRole('button', { name: 'Create the user' }).click();
    await expect.poll(() => page.getByLabel('Email').getAttribute('aria-invalid')).toBe('true');
    await expectGoodLooks(page);

    await page.getByLabel('Email').fill(email);
    await page.getByText(`${email} gets an invitation.`).waitFor();
    await page.getByLabel('Email').press('Enter');
    await page.getByText(`The invitation is on its way to ${email}.`).waitFor();
    await page.waitForURL(/\/console\/users\/[\da-f-]{36}$/);
    expect((await stage.app.mail(email)).map(({ kind }) => kind)).toEqual(['invitation']);
    expect(await find(email)).toMatchObject([
      { firstName: 'Dilnoza', roles: ['STAFF'], permissions: ['orders:read', 'orders:write'] },
    ]);
  });

  test('asks an administrator who signed in long ago to confirm who they are, and goes on', async () => {
    const email = uniqueEmail();
    const page = await stage.openAs(admin, '/console/users/new');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Staff').check();
    clock.advance(15 * MINUTE);
    await page.getByRole('button', { name: 'Create the user' }).click();
    await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
    await page.getByText(`The invitation is on its way to ${email}.`).waitFor();
    expect(await find(email)).toMatchObject([{ roles: ['STAFF'] }]);
    await stage.clear(/401/);
  });

  test('creates a user with a verified number on a phone, without a message', async () => {
    const page = await stage.openAs(admin, '/console/users/new', {
      ...SCREENS.narrow,
      locale: 'ru',
      colorScheme: 'dark',
    });
    await page.getByLabel('Телефон').fill('+998 90 123 45 67');
    await page.getByLabel('Я проверил').check();
    await page.getByText('Сообщение не отправляется.').waitFor();
    await expectGoodLooks(page);
    await page.getByRole('button', { name: 'Создать пользователя' }).click();
    await page.waitForURL(/\/console\/users\/[\da-f-]{36}$/);
    expect(await find('+998901234567')).toMatchObject([{ phoneVerified: true, email: null }]);
  });
});
