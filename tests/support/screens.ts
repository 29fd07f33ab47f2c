import { type BrowserContextOptions, devices } from 'playwright-core';
import { describe } from 'vitest';
import { describeBrowser } from './browser.ts';

/** A phone, a desktop, and the narrowest screen that must work. */
export const SCREENS = {
  phone: devices['Pixel 7'],
  desktop: { viewport: { width: 1280, height: 800 } },
  narrow: { viewport: { width: 320, height: 640 } },
} as const satisfies Record<string, BrowserContextOptions>;

/** A suite of what users do, on a phone and on a desktop. @param body opens its pages on the given screen */
export function describeOnScreens(
  title: string,
  body: (executablePath: string, screen: BrowserContextOptions) => void,
): void {
  describeBrowser(title, (executablePath) =>
    describe.each(['phone', 'desktop'] as const)('on a %s', (name) => body(executablePath, SCREENS[name])),
  );
}
