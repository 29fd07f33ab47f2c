import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';

/** Bytes of a program that uses everything of the entries of @latchkey/client, compressed. */
let measure: (...entries: string[]) => Promise<number>;
beforeAll(async () => {
  ({ measure } = await import(join(ROOT, 'packages/client/scripts/sizes.mjs')));
});

test('the core of @latchkey/client has at most 8 KiB, compressed', async () => {
  expect(await measure('.')).toBeLessThanOrEqual(8 * 1024);
});

test('its hooks for React do not bring the core along', async () => {
  expect(await measure('./react')).toBeLessThan(3.5 * 1024);
});

test('its sign-in form adds at most 7 KiB to the hooks, with the words of a language', async () => {
  const added = (await measure('.', './react <SignIn/>')) - (await measure('.', './react'));
  expect(added).toBeLessThanOrEqual(7 * 1024);
});

test('its link for Apollo Client does not bring the core along', async () => {
  expect(await measure('./apollo')).toBeLessThan(2 * 1024);
});

test('its exchange for urql does not bring the core along', async () => {
  expect(await measure('./urql')).toBeLessThan(1024);
});
