import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './axe.ts';
import { SCREENS } from './web-stage.ts';

/** Every language and every scheme. Colours do not depend on the language, nor names on the scheme. */
const LOOKS = [
  ['ru', 'dark'],
  ['uz', 'light'],
  ['en', 'light'],
] as const;

/**
 * The page as it is shown now has no accessibility violation in any language, light and dark, and nothing of it is wider than
 * the narrowest screen.
 */
export async function expectGoodLooks(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [locale, colorScheme] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await chooseLanguage(page, locale);
    await expectAccessible(page);
    await page.setViewportSize(SCREENS.narrow.viewport);
    expect([locale, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([locale, 0]);
    if (before) await page.setViewportSize(before);
  }
}

/** Behind a dialog the choice cannot be clicked. */
async function chooseLanguage(page: Page, locale: string): Promise<void> {
  const heading = page.locator('h1').first();
  const [was, text] = [await page.locator('html').getAttribute('lang'), await heading.textContent()];
  if (was === locale) return;
  await page.locator('select.language').evaluate((select: HTMLSelectElement, locale) => {
    select.value = locale;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, locale);
  await expect.poll(() => heading.textContent()).not.toBe(text);
}
