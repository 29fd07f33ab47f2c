import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { giveRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { insertBulkUsers } from '../../support/bulk-users.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

const USERS = 100_000;

describeBrowser('the list of users in the console', (executablePath) => {
  describePostgres('with 100,000 users', () => {
    let database: FreshDatabase;
    let stage: WebStage;
    let admin: string;
    beforeAll(async () => {
      database = await freshDatabase(await postgresServer());
      stage = await openWebStage(executablePath, { DATABASE_URL: database.url });
      await insertBulkUsers(database.url, USERS);
      const account = await insertAccount(stage.app, { email: 'zoya@example.com' });
      await giveRoles(stage.app, account.id, 'STAFF', 'ADMIN');
      admin = account.email;
    });
    afterEach(() => stage.clear());
    afterAll(async () => {
      await stage?.close();
      await database?.drop();
    });

    /** The numbers in the addresses that are shown, which are the positions in the order of creation. */
    const shown = async (page: Page): Promise<number[]> => {
      const texts = await page.locator('tbody tr td:first-child').allTextContents();
      return texts.map((text) => Number(/\.(\d+)@/.exec(text)?.[1]));
    };
    const loaded = (page: Page, first: number) => expect.poll(async () => (await shown(page))[0]).toBe(first);
    const open = (path: string) => stage.openAs(admin, path);

    test('is paged in both directions, deep in it and by the links in the address', async () => {
      const page = await open('/console/users?order=CREATED_AT_ASC');
      await loaded(page, 1);
      await page.getByText('About 100,00').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await loaded(page, 51);
      const second = page.url();
      await page.getByRole('button', { name: 'Next' }).press('Enter');
      await loaded(page, 101);
      await page.goBack();
      await loaded(page, 51);
      await page.getByRole('button', { name: 'Previous' }).click();
      await loaded(page, 1);
      await page.goto(second);
      await loaded(page, 51);

      // The oldest users are at the end of the other order.
      await page.getByRole('columnheader', { name: 'Created' }).getByRole('button').click();
      await page.getByRole('row').nth(1).getByText(admin).waitFor();
    });

    test('keeps the focus on a button that leads no further, and starts again if a link leads nowhere', async () => {
      const page = await open('/console/users?domain=rare.example&order=CREATED_AT_ASC');
      for (const [name, first] of [
        ['Next', 51_000],
        ['First page', 1000],
      ] as const) {
        const button = page.getByRole('button', { name });
        await button.press('Enter');
        await loaded(page, first);
        expect(await button.getAttribute('aria-disabled')).toBe('true');
        expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
      }
      await page.goto(`${page.url()}&after=unknown`);
      await loaded(page, 1000);
      expect(page.url()).not.toContain('after');
      await stage.clear(/status of 400/);
    });

    test('is searched while the user types, and filtered', async () => {
      const page = await open('/console/users');
      await page.getByRole('searchbox', { name: 'Search' }).fill('kamola.99');
      await page.getByText(/^\d+ users$/).waitFor();
      expect((await shown(page)).every((n) => String(n).startsWith('99'))).toBe(true);
      expect(page.url()).toContain('q=kamola.99');

      // A click before the search has begun is not undone by it.
      await page.getByRole('searchbox', { name: 'Search' }).fill('kamola.991');
      await page.locator('tbody').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Edit' }).waitFor();
      await page.goBack();
      await page.getByText(/^\d+ users?$/).waitFor();

      await page.getByRole('searchbox', { name: 'Search' }).fill('');
      await page.getByRole('button', { name: 'Filters' }).click();
      await page.getByLabel('Domain of the address').fill('rare.example');
      await page.getByText('100 users', { exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Second factor' }).selectOption('On');
      await page.getByRole('combobox', { name: 'Role' }).selectOption('Staff');
      await page.getByText('No users match.').waitFor();
      await page.getByText('0 users', { exact: true }).waitFor();
      await expectGoodLooks(page);
      await page.goBack();
      await loaded(page, USERS);
      await page.getByRole('combobox', { name: 'Order' }).selectOption('Longest without a sign-in first');
      await expect.poll(() => page.locator('tbody').textContent()).toContain('Never');
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByText('About 100,00').waitFor();
    });

    test('is saved as CSV, as it is filtered and shown', async () => {
      const page = await open('/console/users?domain=rare.example&order=CREATED_AT_ASC');
      await page.getByText('100 users', { exact: true }).waitFor();
      await page.getByRole('checkbox', { name: 'Company' }).check();
      await page.getByRole('checkbox', { name: 'Last sign-in' }).uncheck();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download CSV' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/^users-[\d-]+\.csv$/);
      const [head, ...lines] = readFileSync(await file.path(), 'utf8')
        .trimEnd()
        .split('\r\n');
      expect(head).toBe(
        '\uFEFFid,email,emailVerified,firstName,lastName,phone,phoneVerified,companyName,roles,isActive,secondFactorRequired,createdAt',
      );
      expect(lines).toHaveLength(100);
      expect(lines[0]).toMatch(/^00000000-0000-7000-8000-0000000003e8,\w+\.1000@rare\.example,true,/);
    });

    test('is accessible, as a table and as a list on a narrow screen', async () => {
      const page = await stage.openAs(admin, '/console/users?q=kamola.991');
      await page.getByRole('table', { name: 'Users' }).getByRole('link').first().waitFor();
      await expectGoodLooks(page);
    });
  });
});
