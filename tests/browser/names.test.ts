import { eq } from 'drizzle-orm';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { passkeys, users } from '../../src/infra/db/tables.ts';
import { insertAccount } from '../support/accounts.ts';
import { giveRoles } from '../support/admins.ts';
import { describeBrowser } from '../support/browser.ts';
import { insertFactors } from '../support/factors.ts';
import { expectGoodLooks } from '../support/looks.ts';
import { uniqueEmail } from '../support/people.ts';
import { SCREENS } from '../support/screens.ts';
import { openWebStage, type WebStage } from '../support/web-stage.ts';

/** Without a place where a line can break. */
const LONG = { firstName: 'Abdu'.repeat(20), lastName: 'Kari'.repeat(20), companyName: 'Savdo'.repeat(20) };
const ARABIC = { firstName: 'عبد الرحمن', lastName: '(أبو زيد)', companyName: 'شركة 24' };

describeBrowser('names', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  /** An administrator with the names, so that the console shows them, too. */
  async function insertNamed(names: typeof LONG, email = uniqueEmail()) {
    const { id } = await insertAccount(stage.app, { email });
    await giveRoles(stage.app, id, 'ADMIN');
    await insertFactors(stage.app, id, false);
    await stage.app.app.services.db.update(users).set(names).where(eq(users.id, id));
    return { id, email };
  }

  test('of 80 letters, in a long address, fit into 320 pixels', async () => {
    const email = `${uniqueEmail('a'.repeat(47)).split('@')[0]}@${'long-domain'.repeat(5)}.${'department'.repeat(5)}.example.com`;
    const { id } = await insertNamed(LONG, email);
    const page = await stage.openAs(email, '/account', SCREENS.narrow);
    const visit = async (path: string, shown: Locator) => {
      await page.goto(stage.url + path);
      await shown.first().waitFor();
      await expectGoodLooks(page);
    };
    await visit('/account', page.getByText(email));
    await page.getByRole('button', { name: 'Delete account…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await expectGoodLooks(page);
    await visit(`/console/users?q=${LONG.firstName}`, page.getByRole('link', { name: LONG.lastName }));
    await visit(`/console/users/${id}`, page.getByRole('button', { name: 'Delete' }));
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').waitFor();
    await expectGoodLooks(page);
    await visit(`/console/activity?user=${id}`, page.getByRole('listitem').getByText(email));
    await page.setViewportSize(SCREENS.desktop.viewport);
    await visit(`/console/users?q=${LONG.firstName}`, page.getByRole('link', { name: LONG.lastName }));
  });

  test('from right to left do not move what is beside them', async () => {
    const { id, email } = await insertNamed(ARABIC);
    const { db } = stage.app.app.services;
    await db.update(passkeys).set({ name: 'حاسوب' }).where(eq(passkeys.userId, id));
    const russian = await stage.openAs(email, `/console/users/${id}`, { locale: 'ru' });
    const heading = russian.getByRole('heading', { level: 1 });
    await heading.getByText(ARABIC.firstName).waitFor();
    const left = async (locator: Locator) => (await locator.boundingBox())?.x ?? expect.fail('not shown');
    expect(await left(heading)).toBe(await left(russian.getByRole('link', { name: 'Пользователи' }).last()));

    // A number after the letters, such as the day, would belong to them.
    const item = russian.getByRole('listitem').filter({ hasText: 'حاسوب' });
    const rows = await item.locator('.quiet-text').evaluate((date) => {
      const range = document.createRange();
      range.selectNodeContents(date);
      return range.getClientRects().length;
    });
    expect(rows).toBe(1);

    const page = await stage.openAs(email, '/account');
    const field = page.getByLabel('First name');
    await field.waitFor();
    expect(await field.evaluate((input) => getComputedStyle(input).direction)).toBe('rtl');
    await expectGoodLooks(page);
    await page.goto(`${stage.url}/account/security`);
    await page.getByRole('button', { name: 'Rename حاسوب' }).click();
    // The question mark or the colon after a name stays at the end of the line.
    expect(await page.getByRole('dialog').getByRole('heading').textContent()).toContain('\u2068حاسوب\u2069');
    await expectGoodLooks(page);
  });
});
