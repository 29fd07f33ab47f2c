import { expect, test } from 'vitest';
import { MINUTE } from '../../src/core/clock.ts';
import { MAX_ATTEMPTS, retryDelay } from '../../src/features/outbox/outbox.ts';

test('the delay doubles, varies randomly by up to half, and has an upper limit (F13)', () => {
  expect([1, 2, 3].map((attempt) => retryDelay(attempt, 0.5))).toEqual([5000, 10_000, 20_000]);
  expect([retryDelay(1, 0), retryDelay(1, 1)]).toEqual([2500, 7500]);
  expect(retryDelay(MAX_ATTEMPTS, 0.5)).toBe(15 * MINUTE);
});
