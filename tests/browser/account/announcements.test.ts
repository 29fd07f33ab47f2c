import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { describeBrowser } from '../../support/browser.ts';
import { SCREENS } from '../../support/screens.ts';
import { openWebStage, type WebStage } from '../../support/web-stage.ts';

describeBrowser('announcements', (executablePath) => {
  let stage: WebStage;
  beforeAll(async () => {
    stage = await openWebStage(executablePath);
  });
  afterEach(() => stage.clear());
  afterAll(() => stage?.close());

  /** The names of the buttons in the dialog that something else covers. */
  const findCovered = (page: Page) =>
    page
      .getByRole('alertdialog')
      .getByRole('button')
      .evaluateAll((buttons) =>
        buttons.flatMap((button) => {
          button.scrollIntoView({ block: 'end' });
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          const points = [
            [x, y],
            [left + 1, y],
            [right - 1, y],
            [x, top + 1],
            [x, bottom - 1],
          ] as const;
          const isFree = points.every(([x, y]) => button.contains(document.elementFromPoint(x, y)));
          return isFree ? [] : (button.textContent ?? '');
        }),
      );

  test('cover no button of a dialog on a narrow screen', async () => {
    const { email } = await insertAccount(stage.app);
    const page = await stage.openAs(email, '/account', SCREENS.narrow);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your details are saved.').waitFor();
    // Otherwise the announcement would end after some seconds.
    await page.getByText('Your details are saved.').hover();
    await page.getByRole('button', { name: 'Delete account…' }).evaluate((button: HTMLButtonElement) => button.click());
    await page.getByRole('alertdialog').waitFor();
    await page.setViewportSize({ width: 320, height: 400 });
    expect(await page.getByText('Your details are saved.').count()).toBe(1);
    expect(await findCovered(page)).toEqual([]);
  });
});
