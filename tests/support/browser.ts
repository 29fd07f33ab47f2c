import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { describe, inject, test } from 'vitest';
import { temporaryDirectory } from './server-process.ts';

const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Finds an installed Chromium and never downloads one. TEST_CHROMIUM overrides the path. */
export function findBrowser(): string | undefined {
  return [process.env.TEST_CHROMIUM ?? '', ...PATHS].find((path) => path !== '' && existsSync(path));
}

/** A browser of one suite. */
export interface TestBrowser extends Pick<Browser, 'newContext' | 'contexts' | 'close'> {}

export interface BrowserOptions {
  /** The page that the user left is shown again as it was. Playwright turns this off, which all other users have on. */
  hasBackForwardCache?: boolean;
}

/** By whether they have a back/forward cache. */
const running = new Map<boolean, Promise<Browser>>();

/**
 * A browser for a suite, which sees and closes its own contexts only. Suites of the same process share what is expensive: the
 * program, which ends with the process.
 */
export async function openBrowser(
  executablePath: string,
  { hasBackForwardCache = false }: BrowserOptions = {},
): Promise<TestBrowser> {
  if (!(await running.get(hasBackForwardCache)?.catch(() => undefined))?.isConnected()) {
    const ignoreDefaultArgs = hasBackForwardCache ? ['--disable-back-forward-cache'] : [];
    running.set(hasBackForwardCache, chromium.launch({ executablePath, args: ['--no-sandbox'], ignoreDefaultArgs }));
  }
  const browser = await running.get(hasBackForwardCache);
  if (!browser) throw new Error('Chromium does not start');
  const contexts = new Set<BrowserContext>();
  return {
    async newContext(options) {
      const context = await browser.newContext(options);
      contexts.add(context);
      context.once('close', () => contexts.delete(context));
      return context;
    },
    contexts: () => [...contexts],
    close: async () => void (await Promise.all([...contexts].map((context) => context.close()))),
  };
}

/** A suite in a real browser. Without a browser it is skipped, or fails if CI=true. */
export function describeBrowser(title: string, body: (executablePath: string) => void): void {
  const problem = inject('browserProblem');
  const browser = findBrowser() ?? '';
  if (problem === '') return void describe(title, () => body(browser));
  if (process.env.CI !== 'true') return void describe.skip(`${title} (skipped: ${problem})`, () => body(browser));
  describe(title, () => {
    test('needs a browser', () => {
      throw new Error(`${problem}; with CI=true no suite is skipped. Set TEST_CHROMIUM to the path of a browser`);
    });
  });
}

/** A browser whose user blocks cookies, and with them all that a site may keep. Close it. */
export function openWithoutCookies(executablePath: string): Promise<BrowserContext> {
  const profile = temporaryDirectory('browser');
  mkdirSync(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(blocked));
  return chromium.launchPersistentContext(profile, { executablePath, args: ['--no-sandbox'], locale: 'en' });
}
