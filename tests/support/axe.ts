import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The rules of axe-core, of WCAG 2.2 AA and of good practice. `target-size` is off by default. */
const RULES = {
  all: { rules: { 'target-size': { enabled: true } } },
  colors: { runOnly: ['cat.color'] },
} satisfies Record<string, axe.RunOptions>;

export interface AccessibilityOptions {
  /** Named in a failure. */
  look?: string;
  /** By default all rules. */
  rules?: keyof typeof RULES;
  /** A selector. By default all of the page. */
  within?: string;
}

/** Axe-core finds no violation in the page as it is shown now. Works with any Content Security Policy. */
export async function expectAccessible(
  page: Page,
  { look = '', rules = 'all', within = 'html' }: AccessibilityOptions = {},
): Promise<void> {
  await page.evaluate(endTransitions);
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source);
  const options: axe.RunOptions = { resultTypes: ['violations'], ...RULES[rules] };
  const results = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)})`,
  )) as axe.AxeResults;
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
