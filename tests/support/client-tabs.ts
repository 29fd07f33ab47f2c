import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startApp, type TestApp } from './app.ts';
import { openBrowser, type TestBrowser } from './browser.ts';
import type {} from './client-core-page.ts'; // The type of the page's window.
import { type ClientPage, startClientPage } from './client-page.ts';
import { PASSWORD, uniqueEmail } from './people.ts';
import { freePort } from './ports.ts';
import { WITHOUT_VERIFICATION } from './sessions.ts';

/** Calls the client in the tab. */
export const inTab = <Argument, Result>(
  tab: Page,
  call: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> => tab.evaluate(call as never, argument as never) as Promise<Result>; // Playwright's types unwrap handles.

/** Opens tabs of a page with @latchkey/client, each test in a context of its own, for the tests of the surrounding describe. */
export function useClientTabs(executablePath: string) {
  let browser: TestBrowser;
  let app: TestApp;
  let site: ClientPage;
  let context: BrowserContext;
  /** Names of the operations that all tabs sent, in order. */
  const sent: string[] = [];
  beforeAll(async () => {
    const port = await freePort();
    app = await startApp({ ...WITHOUT_VERIFICATION, PUBLIC_URL: `http://localhost:${port}` }, {}, port);
    site = await startClientPage({ script: 'client-core-page.ts', api: `http://localhost:${port}` });
    browser = await openBrowser(executablePath);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    await app?.close();
  });
  beforeEach(async () => {
    sent.length = 0;
    context = await browser.newContext();
    context.on('request', (request) => {
      const [, name] = /(?:mutation|query) (\w+)/.exec(request.postData() ?? '') ?? [];
      if (name) sent.push(name);
    });
  });
  afterEach(() => context.close());

  async function openTab(url = site.url): Promise<Page> {
    const tab = await context.newPage();
    await tab.goto(url);
    await expect.poll(() => tab.title()).not.toBe('loading');
    return tab;
  }
  const openTabs = (count: number) => Promise.all(Array.from({ length: count }, () => openTab()));
  const input = () => ({ email: uniqueEmail(), password: PASSWORD });
  const register = (tab: Page, account = input()) =>
    inTab(tab, (account) => window.latchkey.registerEmail(account), account);
  const me = (tab: Page) => inTab(tab, async () => (await window.latchkey.me())?.email, undefined);
  const sessionOf = (tab: Page) => inTab(tab, () => window.latchkey.session, undefined);
  /** Makes the access token unusable in all tabs, as if it had expired. */
  const expire = (tabs: Page[]) =>
    Promise.all(
      tabs.map((tab) =>
        inTab(
          tab,
          () => {
            const now = Date.now;
            Date.now = () => now() + 11 * 60_000;
          },
          undefined,
        ),
      ),
    );

  return {
    app: () => app,
    site: () => site,
    context: () => context,
    sent,
    openTab,
    openTabs,
    input,
    register,
    me,
    sessionOf,
    expire,
  };
}
