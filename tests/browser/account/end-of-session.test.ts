import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import type { Role } from '../../../src/infra/db/tables.ts';
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
  async function open(path: string, role: Role = 'STAFF') {
    const { id, email } = await insertAccount(stage.app);
    await giveRoles(stage.app, id, role);
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

  test.each(['/account', '/console'])(
    'is not put off by %s if it is idle, and noticed when it is touched',
    async (path) => {
      const { id, page } = await open(path, 'ADMIN');
      let renewals = 0;
      const pending = new Set<Request>();
      page.on('request', (request) => {
        pending.add(request);
        if (request.postData()?.includes('refresh(')) renewals += 1;
      });
      page.on('requestfinished', (request) => pending.delete(request));
      page.on('requestfailed', (request) => pending.delete(request));
      async function settle(): Promise<number> {
        // What the page has begun to send is counted once this is there.
        await page.evaluate(async () => (await fetch('/healthz')).text());
        await expect.poll(() => pending.size).toBe(0);
        return renewals;
      }
      /** Longer than the access token lives. */
      async function idle(): Promise<number> {
        await page.clock.fastForward(11 * MINUTE);
        return settle();
      }
      // The user has opened it.
      expect(await idle()).toBe(1);
      for (let count = 0; count < 3; count += 1) expect(await idle()).toBe(1);
      await page.mouse.move(20, 20);
      expect(await settle()).toBe(2);
      await page.mouse.move(40, 40);
      expect(await idle()).toBe(3);
      expect(await idle()).toBe(3);
      await endSessions(admin, id);
      expect(await idle()).toBe(3);
      expect(await page.getByText('Please sign in again.').count()).toBe(0);
      await page.keyboard.press('Shift');
      await isSignedOut(page);
    },
  );

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
