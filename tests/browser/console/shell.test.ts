import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { giveRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { SCREENS } from '../../support/screens.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

describeBrowser('the console', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  async function account(...roles: Role[]): Promise<string> {
    const { id, email } = await insertAccount(stage.app);
    if (roles.length > 0) await giveRoles(stage.app, id, ...roles);
    return email;
  }
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const links = (page: Page) => page.getByRole('navigation').getByRole('link').allTextContents();

  test('tells a user without a role why there is nothing, and a developer what to do', async () => {
    const email = await account();
    const page = await stage.openAs(email, '/console');
    await heading(page, 'No access to the console');
    expect(await page.getByRole('main').textContent()).toContain(`create-superuser --email ${email}`);
    await expectGoodLooks(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in');
  });

  test('shows a user with the role STAFF only what the role allows', async () => {
    const page = await stage.openAs(await account('STAFF'), '/console');
    await heading(page, 'Users');
    expect(await links(page)).toEqual(['Users']);
    await page.goto(`${stage.url}/console/settings`);
    await heading(page, 'For administrators only');
    await expectGoodLooks(page);
    await page.goto(`${stage.url}/console/unknown`);
    await heading(page, 'Page not found');
    await expectGoodLooks(page);
    await page.getByRole('main').getByRole('link').click();
    await heading(page, 'Users');
  });

  test('opens its menu on a phone, also with the keyboard', async () => {
    const page = await stage.openAs(await account('STAFF', 'ADMIN'), '/console/users', SCREENS.narrow);
    await heading(page, 'Users');
    const open = page.getByRole('button', { name: 'Open the menu' });
    await open.press('Enter');
    const menu = page.getByRole('dialog');
    await menu.getByRole('link', { name: 'Users' }).waitFor();
    await expectGoodLooks(page);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);

    await open.press('Enter');
    await menu.getByRole('link', { name: 'Settings' }).press('Enter');
    await heading(page, 'Settings');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  test('loads at most 250 KB of scripts for the list of users, compressed with gzip', async () => {
    const page = await stage.openAs(await account('STAFF', 'ADMIN'), '/account');
    const scripts: string[] = [];
    page.on('response', (response) => response.url().endsWith('.js') && scripts.push(response.url()));
    await page.goto(`${stage.url}/console/users`);
    await page.getByRole('table').waitFor();
    expect(scripts.length).toBeGreaterThan(3);
    const bodies = await Promise.all([...new Set(scripts)].map(async (url) => (await fetch(url)).arrayBuffer()));
    const size = bodies.reduce((sum, body) => sum + gzipSync(Buffer.from(body)).length, 0);
    expect(size).toBeLessThan(250_000);
  });

  test('asks for the second factor where the server requires one', async () => {
    const strict = await openWebStage(executablePath, { ADMIN_SECOND_FACTOR: 'required' });
    try {
      const { id, email } = await insertAccount(strict.app);
      await giveRoles(strict.app, id, 'ADMIN');
      const page = await strict.openAs(email, '/console/users');
      await heading(page, 'A second factor is required');
      await page.getByRole('link', { name: 'Set up a second factor' }).waitFor();
      await expectGoodLooks(page);
    } finally {
      await strict.close();
    }
  });
});
