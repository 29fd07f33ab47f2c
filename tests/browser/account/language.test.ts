import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { describeBrowser } from '../../support/browser.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { wrong } from '../../support/sign-in-form.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

/** Words that are not Russian, without addresses, the name of the product, and SMS. */
function findLatin(): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode;
    if (parentElement?.closest('select, script, noscript, style, .brand')) continue;
    found.push(...(textContent?.replaceAll(/\S+@\S+|SMS/g, '').match(/[a-z]{2,}/gi) ?? []));
  }
  return found;
}

describeBrowser('after a change of the language, nothing is left in the one before:', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath, { LOGIN_BUDGET_ACCOUNT: '3/1m' });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const alert = (page: Page, text: string) => page.getByRole('alert').getByText(text).waitFor();

  async function changeLanguage(page: Page): Promise<void> {
    const menu = page.locator('select.language');
    await menu.focus();
    await menu.selectOption('ru');
    await expect.poll(() => page.evaluate(findLatin)).toEqual([]);
    // The form does not take it to a wrong field.
    expect(await menu.evaluate((select) => select === document.activeElement)).toBe(true);
  }
  async function enterPassword(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Sign in');
    await page.locator('form[aria-busy=false]').waitFor();
  }
  async function signUp(page: Page, password: string): Promise<string> {
    const email = uniqueEmail();
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Create account');
    return email;
  }

  test('wrong credentials', async () => {
    const page = await stage.open('/account');
    await enterPassword(page, uniqueEmail(), PASSWORD);
    await alert(page, 'Incorrect email address');
    await changeLanguage(page);
    await alert(page, 'Не получилось.');
  });

  test('a limit of attempts, which still says when the next one is possible', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.open('/account');
    for (let attempt = 0; attempt < 4; attempt += 1) await enterPassword(page, email, `wrong password ${attempt}`);
    await alert(page, 'Too many attempts');
    await changeLanguage(page);
    await alert(page, 'Слишком много попыток');
    await page.getByText(/^через \d+ /).waitFor();
  });

  test('a problem of a field, and a field that is empty', async () => {
    const page = await stage.open('/account/sign-up');
    await press(page, 'Create account');
    await page.getByText('Fill in this field.').first().waitFor();
    await changeLanguage(page);
    expect(await page.getByText('Заполните это поле.').count()).toBe(2);

    const other = await stage.open('/account/sign-up');
    await signUp(other, 'short');
    await other.locator('.lk-problem').getByText('Use at least 8 characters.').waitFor();
    await changeLanguage(other);
    expect(await other.locator('.lk-problem').innerText()).toBe('Проверьте это поле.');
  });

  test('a wrong code, and one that has no attempts left', async () => {
    const page = await stage.open('/account/sign-up');
    const email = await signUp(page, PASSWORD);
    const [message] = await stage.app.mail(email);
    const code = message?.code ?? expect.fail('no code');
    await page.getByLabel('Code').fill(wrong(code));
    await page.getByText('Incorrect code.').waitFor();
    await changeLanguage(page);
    await page.locator('select.language').selectOption('en');
    for (const by of [2, 3]) {
      await page.getByLabel('Code').fill(wrong(code, by));
      await page.locator('form[aria-busy=false]').waitFor();
    }
    await alert(page, 'That was the last attempt');
    await changeLanguage(page);
  });

  test('problems of a form of the account, and announcements', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await press(page, 'Save');
    await page.getByText('Your details are saved.').waitFor();
    await page.getByLabel('Company').fill('a'.repeat(1000));
    await press(page, 'Save');
    await page.getByText(/^Use at most \d+ characters\.$/).waitFor();
    await changeLanguage(page);
    await page.getByText(/^Максимальное число символов: \d+\.$/).waitFor();
  });

  test('a mistake in a dialog, which has the language behind it', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await press(page, 'Delete account…');
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Type').fill('someone else');
    await dialog.getByLabel('Your password', { exact: true }).fill(PASSWORD);
    await press(page, 'Delete for good');
    await dialog.getByText(`This is not ${email}.`).waitFor();
    await page.locator('select.language').evaluate((select: HTMLSelectElement) => {
      select.value = 'ru';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await dialog.getByText(`Это не ${email}.`).waitFor();
  });
});
