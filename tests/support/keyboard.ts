import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export type Role = 'link' | 'button' | 'textbox' | 'searchbox' | 'combobox' | 'checkbox';

/** Presses Tab until the focus is on the control, as a user without a mouse does. Wait for `expectFocus` if the page moves it. */
export async function tabTo(page: Page, role: Role, name: string): Promise<void> {
  const control = page.getByRole(role, { name, exact: true });
  await control.waitFor();
  for (let tabs = 0; tabs < 60; tabs += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`${name} cannot be reached`);
}

/** Waits until the page has moved the focus to the element, or into it. A dialog takes it in a frame after that in which it opens. */
export async function expectFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((place) => place.contains(document.activeElement))).toBe(true);
}

/** Goes to the control and presses the key. */
export async function pressAt(page: Page, role: Role, name: string, key = 'Enter'): Promise<void> {
  await tabTo(page, role, name);
  await page.keyboard.press(key);
}

/** Goes to the field and types in place of what it has. */
export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, 'textbox', name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}
