import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { deleteUser, endSessions, giveRoles, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { describeBrowser } from '../../support/browser.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

describeBrowser('the end of a session elsewhere', (executablePath) => {
  let stage: WebStage;
  let admin: UserWithRoles;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
    admin = await signInWithRoles(stage.app, 'ADMIN');
  });
  // The answer to the page that asks.
  afterEach(() => stage.clear(/401/));
  afterAll(() => stage?.close());

  /** A page whose timers the test moves. */
  async function open(path: string) {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, 'STAFF');
    const page = await stage.openAs(email, path);
    await page.clock.install();
    await page.reload();
    await page.getByText(email).first().waitFor();
    await page.waitForLoadState('networkidle');
    return { id, page };
  }
  const isSignedOut = (page: Page) => page.getByRole('status').getByText('Please sign in again.').waitFor();

  test.each(['/account', '/console'])('is noticed by %s within a minute, by itself', async (path) => {
    const { id, page } = await open(path);
    await endSessions(admin, id);
    await page.clock.fastForward(MINUTE);
    await isSignedOut(page);
  });

  test.each(['/account', '/console'])('is noticed by %s when the user comes back to its window', async (path) => {
    const { id, page } = await open(path);
    await deleteUser(admin, id);
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await isSignedOut(page);
  });

  test('a hidden page asks nothing, and asks once it is shown', async () => {
    const { id, page } = await open('/account');
    const show = (visibility: 'hidden' | 'visible') =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibility });
        document.dispatchEvent(new Event('visibilitychange'));
      }, visibility);
    await show('hidden');
    await endSessions(admin, id);
    let sent = 0;
    page.on('request', () => {
      sent += 1;
    });
    await page.clock.runFor(3 * MINUTE);
    expect(sent).toBe(0);
    await show('visible');
    await isSignedOut(page);
  });
});
