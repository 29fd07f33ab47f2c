import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { describeBrowser } from '../../support/browser.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { TOKEN } from '../../support/link-pages.ts';
import { PASSWORD } from '../../support/people.ts';
import { logOutAll } from '../../support/sessions.ts';
import { openWebStage, type WebStage, waitForHeading } from '../../support/web-stage.ts';

describeBrowser('the way back to the account pages, in a browser that keeps pages as they were', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath, {}, {}, { hasBackForwardCache: true });
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  async function openAccount() {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account');
    await page.getByText(email).waitFor();
    return { email, page };
  }
  /** A browser does not keep a page that is sent with `no-store`. Here it is sent without, as by a careless proxy. */
  async function openKeptAccount() {
    const opened = await openAccount();
    await opened.page.route(/\/account$/, async (route) => {
      const response = await route.fetch();
      const { 'cache-control': _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await opened.page.reload();
    await opened.page.getByText(opened.email).waitFor();
    return opened;
  }
  /** @param meanwhile while the page of a link is open */
  async function comeBack(page: Page, meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
    await page.goto(`${stage.url}/reset-password?token=${TOKEN}`);
    await meanwhile();
    await page.evaluate(() => history.back());
    // A page that was kept does not load.
    await page.waitForURL('**/account', { waitUntil: 'commit' });
  }
  /** Whether the page is the same one as before, not loaded again. */
  const wasKept = (page: Page) => page.evaluate('globalThis.persisted === true');

  test('the page is loaded again, because the browser must not keep what it shows', async () => {
    const { page } = await openAccount();
    await comeBack(page);
    await waitForHeading(page, 'Profile');
    expect(await wasKept(page)).toBe(false);
  });

  test('a user who has signed out is not shown again', async () => {
    const { email, page } = await openAccount();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    await comeBack(page);
    await waitForHeading(page, 'Sign in');
    expect(await page.getByText(email).count()).toBe(0);
  });

  test('a kept page of a user who is still signed in works on', async () => {
    const { page } = await openKeptAccount();
    await comeBack(page);
    expect(await wasKept(page)).toBe(true);
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByText('This device').waitFor();
  });

  test('a kept page of a user whose session has ended meanwhile leads to the sign-in', async () => {
    const { email, page } = await openKeptAccount();
    await comeBack(page, async () => {
      const { accessToken } = expectType(await login(stage.app.client(), email, PASSWORD), 'Authenticated');
      await logOutAll(stage.app.client(), accessToken);
    });
    expect(await wasKept(page)).toBe(true);
    await waitForHeading(page, 'Sign in');
    expect(await page.getByText(email).count()).toBe(0);
    await stage.clear(/401/);
  });
});
