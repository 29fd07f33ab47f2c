import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LoginDocument } from '../../../schema/generated/graphql.ts';
import { insertAccount } from '../../support/accounts.ts';
import { expectGoodLooks } from '../../support/looks.ts';
import { PASSWORD } from '../../support/people.ts';
import { describeOnScreens } from '../../support/screens.ts';
import { openWebStage, type WebStage, waitForFocus } from '../../support/web-stage.ts';

describeOnScreens('devices and activity', (executablePath, screen) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath, {}, {}, { screen });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const items = (page: Page) => page.getByRole('main').getByRole('listitem');

  test('the user signs out one device, and all others', async () => {
    const { email } = await insertAccount(stage.app);
    for (const device of ['Old laptop', 'Firefox on Android', 'Safari on macOS'])
      await stage.app.client().request(LoginDocument, { input: { identifier: email, password: PASSWORD, device } });
    const page = await stage.openAs(email, '/account/devices');
    await items(page).nth(3).waitFor();
    expect(await items(page).first().textContent()).toContain('This device');
    await expectGoodLooks(page);

    await button(page, 'Sign out Old laptop').click();
    await page.getByText('Old laptop is signed out.').waitFor();
    await expect.poll(() => items(page).count()).toBe(3);

    await button(page, 'Sign out all other devices').click();
    await expectGoodLooks(page);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out all other devices' }).click();
    await page.getByText('2 devices are signed out.').waitFor();
    await page.getByText('You are not signed in on any other device.').waitFor();
  });

  test('when a device is gone, the keyboard goes on with the one beside it, in the end with the heading', async () => {
    const { email } = await insertAccount(stage.app);
    for (const device of ['A', 'B', 'C', 'D', 'E'])
      await stage.app.client().request(LoginDocument, { input: { identifier: email, password: PASSWORD, device } });
    const page = await stage.openAs(email, '/account/devices');
    const signOut = async (device: string) => {
      await button(page, `Sign out ${device}`).press('Enter');
      await page.getByText(`${device} is signed out.`).waitFor();
      await button(page, `Sign out ${device}`).waitFor({ state: 'detached' });
    };
    // The one that was used last is the first.
    await signOut('D');
    await waitForFocus(page, 'Sign out C');
    await signOut('A');
    await waitForFocus(page, 'Sign out B');
    await button(page, 'Sign out all other devices').press('Enter');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out all other devices' }).press('Enter');
    await page.getByText('You are not signed in on any other device.').waitFor();
    await waitForFocus(page, 'Devices');

    await stage.app.client().request(LoginDocument, { input: { identifier: email, password: PASSWORD, device: 'F' } });
    await page.reload();
    await signOut('F');
    await waitForFocus(page, 'Devices');
  });

  test('the user sees what has happened, page by page', async () => {
    const { id: userId, email } = await insertAccount(stage.app);
    const { audit, db } = stage.app.app.services;
    for (let count = 0; count < 21; count += 1)
      await audit.record(db, { type: 'second-factor', outcome: 'recovery-code-used', userId, method: 'recovery-code' });
    const page = await stage.openAs(email, '/account/activity');
    await items(page).nth(19).waitFor();
    expect(await items(page).first().textContent()).toMatch(/^Sign-in: Signed inPassword · 10\./);
    await expectGoodLooks(page);
    await button(page, 'Show more').click();
    await expect.poll(() => items(page).count()).toBe(22);
    expect(await button(page, 'Show more').count()).toBe(0);
  });
});
