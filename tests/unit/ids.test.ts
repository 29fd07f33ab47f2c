import { expect, test } from 'vitest';
import { isId, newId } from '../../src/core/ids.ts';

test('ids created in the same millisecond are unique and in the order of their creation', () => {
  const now = new Date('2026-11-20T09:00:00.123Z');
  const ids = Array.from({ length: 1_000 }, () => newId(now));
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.toSorted()).toEqual(ids);
  expect(newId(new Date(now.getTime() + 1)) > (ids.at(-1) ?? '')).toBe(true);
});
