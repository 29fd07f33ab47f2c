import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { LOCALES, type Locale } from '../../src/core/locale.ts';
import { expectAccessible } from './axe.ts';
import { SCREENS } from './screens.ts';

/** Directory for screenshots; none are taken when it is not set. */
const SCREENSHOTS = process.env.TEST_SCREENSHOTS;

export interface Looks {
  /** By default with the menu of the page. Resolves when all of the page is in the language. */
  chooseLanguage?: (page: Page, locale: Locale) => Promise<void>;
  /** Of the page as it is, in which it is left. By default that of the document. */
  locale?: Locale;
  /** Those that the page has. By default all. */
  languages?: readonly Locale[];
  /** A selector: only this part of the page is ours. */
  within?: string;
}

/**
 * The page as it is shown now has no accessibility violation in any language, light and dark, and nothing of it is cut off or
 * wider than its place, neither on the narrowest screen nor enlarged to 200 %.
 */
export async function expectGoodLooks(
  page: Page,
  { chooseLanguage = chooseInMenu, languages = LOCALES, within = 'html', ...looks }: Looks = {},
): Promise<void> {
  const locale = looks.locale ?? (await languageOf(page));
  const before = page.viewportSize() ?? SCREENS.desktop.viewport;
  const name = nextName();
  for (const next of [...languages.filter((one) => one !== locale), locale]) {
    await chooseLanguage(page, next);
    await page.locator(`:is(html, .lk-sign-in)[lang=${next}]`).first().waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      // What is in the page does not depend on the scheme.
      await expectAccessible(page, {
        look: `${next}, ${colorScheme}`,
        within,
        rules: colorScheme === 'dark' ? 'colors' : 'all',
      });
      await takeScreenshot(page, `${name}-${next}-${colorScheme}`);
    }
    await expectFit(page, next, within, name);
  }
  await page.setViewportSize(SCREENS.narrow.viewport);
  await expectAccessible(page, { look: 'narrow', within });
  await page.setViewportSize(before);
}

/** WCAG 2.2, 1.4.10 (320 pixels) and 1.4.4 (200 %, which is half the width and half the height). */
async function expectFit(page: Page, locale: Locale, within: string, name: string): Promise<void> {
  const before = page.viewportSize() ?? SCREENS.desktop.viewport;
  const half = { width: Math.max(before.width >> 1, SCREENS.narrow.viewport.width), height: before.height >> 1 };
  for (const viewport of [half, SCREENS.narrow.viewport]) {
    await page.setViewportSize(viewport);
    const wide = await page.evaluate(findOverflow, within);
    expect.soft([locale, viewport.width, wide]).toEqual([locale, viewport.width, []]);
  }
  await takeScreenshot(page, `${name}-${locale}-narrow`);
  await page.setViewportSize(before);
}

/** Elements whose content is wider than they are, after a second at most. What is meant to scroll can be focused. */
async function findOverflow(within: string): Promise<string[]> {
  const find = () =>
    [...document.querySelectorAll<HTMLElement>(`html, ${within}, :is(${within}) *`)].flatMap((element) => {
      const { scrollWidth, clientWidth, className, tagName, tabIndex } = element;
      const isMeant = clientWidth <= 1 || tabIndex >= 0 || element.matches('.hidden, svg *');
      return isMeant || scrollWidth <= clientWidth + 1
        ? []
        : `${tagName}.${className}: ${scrollWidth} in ${clientWidth}`;
    });
  // Charts follow a change of the width.
  for (let frames = 0; frames < 60 && find().length > 0; frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  return find();
}

/** For pages in the language of the browser. @param selector what is shown when the page has loaded */
export const chooseByHeader =
  (selector: string) =>
  async (page: Page, locale: Locale): Promise<void> => {
    const { pathname } = new URL(page.url());
    await page.route(
      (url) => url.pathname === pathname,
      (route) => route.continue({ headers: { ...route.request().headers(), 'accept-language': locale } }),
    );
    await page.reload({ waitUntil: 'commit' });
    await page.locator(selector).waitFor();
  };

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang as Locale); // The page sets it.

/** For pages without the menu. @param selector what is shown when the page has loaded */
export const chooseByReload =
  (selector: string) =>
  async (page: Page, locale: Locale): Promise<void> => {
    await page.evaluate((locale) => localStorage.setItem('latchkey:locale', locale), locale);
    await page.reload();
    await page.locator(selector).waitFor();
  };

/** Behind a dialog the choice cannot be clicked. */
async function chooseInMenu(page: Page, locale: Locale): Promise<void> {
  if ((await languageOf(page)) === locale) return;
  const menu = page.locator('select.language').first();
  const label = await menu.getAttribute('aria-label');
  await menu.evaluate((select: HTMLSelectElement, locale) => {
    select.value = locale;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, locale);
  await expect.poll(() => menu.getAttribute('aria-label')).not.toBe(label);
  await page.waitForFunction(
    (locale) => [...document.querySelectorAll('.lk-sign-in')].every((form) => form.getAttribute('lang') === locale),
    locale,
  );
}

let shown = 0;
function nextName(): string {
  shown += 1;
  const { currentTestName = '' } = expect.getState();
  return `${currentTestName.replaceAll(/[^\w]+/g, '-').slice(0, 70)}-${String(shown).padStart(2, '0')}`;
}

async function takeScreenshot(page: Page, name: string): Promise<void> {
  if (!SCREENSHOTS) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  const fullPage = (await page.locator('.backdrop').count()) === 0;
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}
