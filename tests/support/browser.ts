import { existsSync } from 'node:fs';
import { describe, inject, test } from 'vitest';

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
