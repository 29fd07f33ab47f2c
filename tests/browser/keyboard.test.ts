import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../support/accounts.ts';
import { giveRoles } from '../support/admins.ts';
import { describeBrowser } from '../support/browser.ts';
import { expectFocus, pressAt, tabTo, typeInto } from '../support/keyboard.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { openWebStage, type WebStage } from '../support/web-stage.ts';

describeBrowser('without a mouse', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  test('a user signs up, adds a passkey, renames and removes it, and signs out', async () => {
    const email = uniqueEmail();
    const page = await stage.open('/account');
    await addVirtualAuthenticator(page);
    await pressAt(page, 'button', 'No account yet? Create one');
    await expectFocus(heading(page, 'Create an account'));
    await typeInto(page, 'Email address', email);
    await typeInto(page, 'Password', PASSWORD);
    await page.keyboard.press('Enter');
    await expectFocus(heading(page, 'Enter the code'));
    await tabTo(page, 'textbox', 'Code');
    await page.keyboard.type((await stage.app.mail(email))[0]?.code ?? '');
    await heading(page, 'Profile').waitFor();

    await pressAt(page, 'link', 'Security');
    await expectFocus(heading(page, 'Security'));
    await pressAt(page, 'button', 'Add a passkey');
    await page.getByText('The passkey is added.').waitFor();
    const name = (await page.getByRole('button', { name: /^Rename / }).textContent())?.replace('Rename ', '') ?? '';
    await pressAt(page, 'button', `Rename ${name}`);
    const dialog = page.getByRole('dialog', { name: /^Rename/ });
    await expectFocus(dialog);
    await typeInto(page, 'Name', 'Work laptop');
    await page.keyboard.press('Enter');
    await expectFocus(button(page, 'Rename Work laptop'));
    await pressAt(page, 'button', 'Remove Work laptop');
    const question = page.getByRole('alertdialog');
    await expectFocus(question);
    await page.keyboard.press('Escape');
    await expectFocus(button(page, 'Remove Work laptop'));
    await page.keyboard.press('Enter');
    await expectFocus(question);
    await pressAt(page, 'button', 'Remove');
    await page.getByText('You have no passkeys yet.').waitFor();
    await question.waitFor({ state: 'detached' });

    await pressAt(page, 'button', 'Sign out');
    await page.getByText('You have signed out.').waitFor();
  });

  test('an administrator finds a user and deactivates the account', async () => {
    const [admin, user] = [
      await insertAccount(stage.app),
      await insertAccount(stage.app, { email: uniqueEmail('zuhra') }),
    ];
    await giveRoles(stage.app, admin.id, 'ADMIN');
    const page = await stage.openAs(admin.email, '/console');
    await heading(page, 'Overview').waitFor();
    await page.keyboard.press('Tab');
    await expectFocus(page.getByRole('link', { name: 'Skip to the content' }));
    await pressAt(page, 'link', 'Users');
    await expectFocus(heading(page, 'Users'));
    await tabTo(page, 'searchbox', 'Search');
    await page.keyboard.type(user.email);
    await page.getByText('1 user', { exact: true }).waitFor();
    await pressAt(page, 'link', user.email);
    await expectFocus(heading(page, user.email));
    await pressAt(page, 'button', 'Deactivate');
    const question = page.getByRole('alertdialog');
    await expectFocus(question);
    await typeInto(page, 'Reason', 'Left the company');
    await pressAt(page, 'button', 'Deactivate');
    await question.waitFor({ state: 'detached' });
    await page.getByText('Inactive').first().waitFor();
    expect(await stage.app.app.services.accounts.byId(user.id)).toMatchObject({ isActive: false });
  });
});
