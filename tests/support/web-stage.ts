import { type Browser, type BrowserContextOptions, chromium, devices, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Overrides } from '../../src/app/infrastructure.ts';
import type { Environment, Registries } from '../../src/config.ts';
import { startApp, type TestApp } from './app.ts';
import { buildAssets } from './assets.ts';
import { freePort } from './ports.ts';

/** A phone, a desktop, and the narrowest screen that must work. */
export const SCREENS = {
  phone: devices['Pixel 7'],
  desktop: { viewport: { width: 1280, height: 800 } },
  narrow: { viewport: { width: 320, height: 640 } },
} as const satisfies Record<string, BrowserContextOptions>;

export interface WebStage {
  app: TestApp;
  /** http://localhost:PORT, which is PUBLIC_URL: passkeys need a name. */
  url: string;
  browser: Browser;
  /**
   * Opens a page in a new window without cookies; its context is `page.context()`. English, light and desktop by default.
   * @param path such as /account
   */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** Closes all windows. Fails if a page has reported an error, broken its policy, or asked another host. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The service with its account pages and console, and a browser. */
export async function openWebStage(
  executablePath: string,
  env: Environment = {},
  overrides: Partial<Overrides> & { registries?: Registries | undefined } = {},
): Promise<WebStage> {
  buildAssets('web');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const app = await startApp({ PUBLIC_URL: url, ...env }, overrides, port);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const problems: string[] = [];

  /** Also reports violations of the policy, which are errors on the console. */
  function watch(page: Page): void {
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:' && host !== `localhost:${port}`)
        problems.push(`a request to ${request.url()}`);
    });
  }

  return {
    app,
    url,
    browser,
    async open(path, options = {}) {
      const context = await browser.newContext({ locale: 'en', ...SCREENS.desktop, ...options });
      context.on('page', watch);
      const page = await context.newPage();
      await page.goto(`${url}${path}`);
      return page;
    },
    async clear() {
      await Promise.all(browser.contexts().map((context) => context.close()));
      expect(problems.splice(0)).toEqual([]);
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
}
