import { existsSync } from 'node:fs';
import { describe, inject, test } from 'vitest';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine; nothing is downloaded. TEST_CHROMIUM names one in another place. */
export function findBrowser(): string | undefined {
  return [process.env.TEST_CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
}

/** A suite in a real browser. Without one it is left out, or fails under CI=true. */
export function describeBrowser(title: string, body: (executablePath: string) => void): void {
  const problem = inject('browserProblem');
  const browser = findBrowser() ?? '';
  if (problem === '') return void describe(title, () => body(browser));
  if (process.env.CI !== 'true') return void describe.skip(`${title} (left out: ${problem})`, () => body(browser));
  describe(title, () => {
    test('has the browser that it needs', () => {
      throw new Error(`${problem}; under CI=true nothing is left out. TEST_CHROMIUM names a browser`);
    });
  });
}
