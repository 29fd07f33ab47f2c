import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { users } from '../../../src/infra/db/tables.ts';
import { insertAccount } from '../../support/accounts.ts';
import { endSessions, giveRoles, signInWithRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { PASSWORD } from '../../support/people.ts';
import { openWebStage, refuseOperations, type WebStage, waitForHeading } from '../../support/web-stage.ts';

describeBrowser('the console in trouble', (executablePath) => {
  let stage: WebStage;
  let admin: string;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    admin = email;
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  test.each(['with a role', 'without a role'])('a user %s is told that the sign-out has failed', async (kind) => {
    const email = kind === 'with a role' ? admin : (await insertAccount(stage.app)).email;
    const page = await stage.openAs(email, '/console/keys');
    const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
    await signOut.waitFor();
    const recover = await refuseOperations(page);
    await signOut.click();
    await page.getByRole('alert').getByText('The service cannot be reached').first().waitFor();
    await recover();
    await signOut.click();
    await page.getByText('You have signed out.').waitFor();
  });

  const follow = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

  test('a role that is taken away while the console is open takes its pages away', async () => {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    const page = await stage.openAs(email, '/console/keys');
    await waitForHeading(page, 'Keys');
    await giveRoles(stage.app, id, 'STAFF');
    await follow(page, 'Activity');
    await waitForHeading(page, 'For administrators only');
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['Users']);
    await giveRoles(stage.app, id);
    await follow(page, 'Users');
    await waitForHeading(page, 'No access to the console');
    await stage.clear(/403/);
  });

  test('an operation that the role no longer allows takes the console away', async () => {
    const [{ id, email }, user] = [await insertAccount(stage.app), await insertAccount(stage.app)];
    await giveRoles(stage.app, id, 'ADMIN');
    const page = await stage.openAs(email, `/console/users/${user.id}`);
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await giveRoles(stage.app, id);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await waitForHeading(page, 'No access to the console');
    await stage.clear(/403/);
  });

  test('a session that was ended elsewhere leads to the sign-in, and back to the page', async () => {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'ADMIN');
    const page = await stage.openAs(email, '/console/keys');
    await waitForHeading(page, 'Keys');
    await endSessions(await signInWithRoles(stage.app, 'ADMIN'), id);
    await follow(page, 'Settings');
    await page.getByText('You have been signed out. Please sign in again.').waitFor();
    await page.getByLabel('Email address or phone number').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await waitForHeading(page, 'Settings');
    await stage.clear(/401/);
  });

  test.each(['activity?last=constructor', 'deliveries?last=toString&state=constructor&channel=toString'])(
    'an address with unknown values opens the list: %s',
    async (path) => {
      const page = await stage.openAs(admin, `/console/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('main :is(.entries, .empty)').first().waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    },
  );

  test('a user who was found is chosen by one click', async () => {
    const found = await Promise.all([insertAccount(stage.app), insertAccount(stage.app)]);
    for (const { id } of found)
      await stage.app.app.services.db.update(users).set({ firstName: 'Zuhra' }).where(eq(users.id, id));
    const page = await stage.openAs(admin, '/console/activity');
    await page.getByLabel('User', { exact: true }).fill('Zuhra');
    await page.getByLabel('User', { exact: true }).press('Enter');
    await page.getByRole('button', { name: found[0]?.email }).click();
    await page.getByRole('button', { name: `Remove filter: User, ${found[0]?.email}` }).waitFor();
  });
});
