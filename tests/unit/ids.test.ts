import { expect, test } from 'vitest';
import { isId, newId } from '../../src/core/ids.ts';

test('ids of one moment are unique and sorted by creation', () => {
  const now = new Date('2026-11-20T09:00:00.123Z');
  const ids = Array.from({ length: 1_000 }, () => newId(now));
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.toSorted()).toEqual(ids);
  expect(newId(new Date(now.getTime() + 1)) > (ids.at(-1) ?? '')).toBe(true);
});
