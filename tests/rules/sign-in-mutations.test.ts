import { expect, test } from 'vitest';
import { ASKING, NOT_ASKING, signInMutations } from '../support/sign-in-mutations.ts';

test('every mutation that can return Authenticated is tested with an account that requires a second factor, or says why not (T107)', () => {
  expect(signInMutations().length).toBeGreaterThan(5);
  expect([...ASKING, ...Object.keys(NOT_ASKING)].sort()).toEqual(signInMutations().sort());
});
