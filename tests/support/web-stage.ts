import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { LoginDocument } from '../../schema/generated/graphql.ts';
import type { Overrides } from '../../src/app/infrastructure.ts';
import type { Environment, Registries } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { buildAssets } from './assets.ts';
import { type BrowserOptions, openBrowser, type TestBrowser } from './browser.ts';
import { randomAddress } from './client.ts';
import { PASSWORD } from './people.ts';
import { freePort } from './ports.ts';
import { SCREENS } from './screens.ts';
import type { Peer } from './social/peer.ts';

export interface WebStage {
  app: TestApp;
  /** http://localhost:PORT, which is PUBLIC_URL: passkeys need a name. */
  url: string;
  browser: TestBrowser;
  /**
   * Opens a page in a new window without cookies; its context is `page.context()`. English, light and on the stage's screen by default.
   * @param path such as /account
   */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same, signed in with PASSWORD. */
  openAs(email: string, path: string, options?: BrowserContextOptions): Promise<Page>;
  /**
   * Closes all windows. Fails if a page has reported an error, broken its policy, or asked another host.
   * @param expected problems that belong to the test
   */
  clear(expected?: RegExp): Promise<void>;
  close(): Promise<void>;
}

export interface WebStageOptions extends BrowserOptions {
  /** A social provider, to which pages may send the browser. Closed with the stage. */
  provider?: Peer;
  /** Of pages that are opened without another one. */
  screen?: BrowserContextOptions;
}

/** Waits for the title of a page, which says which one is shown. */
export const waitForHeading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Waits until the focus is at an element with this text, not at the page. */
export const waitForFocus = (page: Page, text: string): Promise<void> =>
  expect
    .poll(() =>
      page.locator(':focus:not(body)').evaluateAll((elements) => elements.map((one) => one.textContent?.trim())),
    )
    .toEqual([expect.stringMatching(new RegExp(`^${text}$`))]);

/** The service with its account pages and console, and a browser. */
export async function openWebStage(
  executablePath: string,
  env: Environment = {},
  overrides: Partial<Overrides> & { registries?: Registries | undefined } = {},
  { provider, screen = SCREENS.desktop, ...browserOptions }: WebStageOptions = {},
): Promise<WebStage> {
  buildAssets('web', 'pages');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const app = await startApp({ PUBLIC_URL: url, ...provider?.settings, ...env }, overrides, port);
  const browser = await openBrowser(executablePath, browserOptions);
  const problems: string[] = [];

  /** Also reports violations of the policy, which are errors on the console. */
  function watch(page: Page): void {
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => {
      const isElsewhere = provider && message.location().url.startsWith(`${provider.origin}/`);
      if (message.type() === 'error' && !isElsewhere) problems.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && ![url, provider?.origin].includes(origin))
        problems.push(`a request to ${request.url()}`);
    });
  }

  async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await browser.newContext({ locale: 'en', ...screen, ...options });
    context.on('page', watch);
    // A busy machine is no failure.
    context.setDefaultTimeout(120_000);
    return context;
  }
  async function openPage(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${url}${path}`);
    return page;
  }

  return {
    app,
    url,
    browser,
    open: async (path, options) => openPage(await openContext(options), path),
    async openAs(email, path, options) {
      const context = await openContext(options);
      await signIn(context, url, email);
      return openPage(context, path);
    },
    async clear(expected) {
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(problems.splice(0).filter((problem) => !expected?.test(problem))).toEqual([]);
    },
    async close() {
      await browser.close();
      await app.close();
      await provider?.close();
    },
  };
}

/** Gives the browser the cookie of a session. */
async function signIn(context: BrowserContext, url: string, email: string): Promise<void> {
  const variables = { input: { identifier: email, password: PASSWORD, transport: 'COOKIE' } };
  const response = await context.request.post(`${url}/graphql`, {
    headers: { 'x-forwarded-for': randomAddress() },
    data: { query: LoginDocument.toString(), variables },
  });
  const body = await response.text();
  if (!body.includes('"Authenticated"')) throw new Error(body);
}

/** Lets the service refuse all operations of the page, as if it could not work at the moment. Returns a function that ends it. */
export async function refuseOperations(page: Page): Promise<() => Promise<void>> {
  // With the status 200, which the console of the browser does not report.
  const body = JSON.stringify({ errors: [{ message: 'Unavailable.', extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
  await page.route('**/graphql', (route) => route.fulfill({ contentType: 'application/json', body }));
  return () => page.unroute('**/graphql');
}
