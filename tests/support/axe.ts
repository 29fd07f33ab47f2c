import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The rules of axe-core, of WCAG 2.2 AA and of good practice. `target-size` is off by default. */
const OPTIONS: axe.RunOptions = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };

/**
 * Axe-core finds no violation in the page as it is shown now. Works with any Content Security Policy.
 * @param look named in a failure
 */
export async function expectAccessible(page: Page, look = ''): Promise<void> {
  await page.evaluate(endTransitions);
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(OPTIONS)})`)) as axe.AxeResults;
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}\n${failureSummary}`),
  );
  expect.soft(found, look).toEqual([]);
}

/** Colors would be measured half way. */
async function endTransitions(): Promise<void> {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}
