import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawKind } from '../../src/features/credentials/hash-mix.ts';

const KEY = randomBytes(32);
const kind = (name: string, weight: number) => ({ kind: name, example: name, weight });
const subjects = Array.from({ length: 4_000 }, (_, n) => `person.${n}@example.com`);
const draw = (kinds: ReturnType<typeof kind>[], key = KEY) =>
  subjects.map((subject) => drawKind(kinds, subject, key)?.kind);

test('kinds of hashes are drawn in the proportions in which they are stored (T114)', () => {
  const drawn = draw([kind('own', 3), kind('pbkdf2', 1)]);
  const share = drawn.filter((name) => name === 'pbkdf2').length / subjects.length;
  expect(Math.abs(share - 0.25)).toBeLessThan(0.035); // Five standard deviations.
});

test('an identifier always gets the same kind, and without the key it cannot be told which (T114)', () => {
  const kinds = [kind('own', 1), kind('pbkdf2', 1)];
  expect(draw(kinds)).toEqual(draw([...kinds].reverse()));
  const other = draw(kinds, randomBytes(32));
  const same = draw(kinds).filter((name, index) => name === other[index]).length / subjects.length;
  expect(Math.abs(same - 0.5)).toBeLessThan(0.05);
});

test('an import moves identifiers only to the kinds that it adds (T114)', () => {
  const before = draw([kind('own', 1), kind('pbkdf2', 1)]);
  const after = draw([kind('own', 1), kind('pbkdf2', 1), kind('bcrypt', 2)]);
  expect(after.every((name, index) => name === 'bcrypt' || name === before[index])).toBe(true);
});

test('without stored hashes nothing is drawn', () => {
  expect(drawKind([], 'ada@example.com', KEY)).toBeUndefined();
});
