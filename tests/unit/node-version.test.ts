import { expect, test } from 'vitest';
import { nodeVersionProblem } from '../../src/cli/node-version.ts';

test.each(['18.20.8', '20.18.3', '8.0.0'])('Node.js %s is refused, and the minimum is named', (version) => {
  expect(nodeVersionProblem(version)).toBe(`needs Node.js 20.19 or later, and this is ${version}`);
});

test.each(['20.19.0', '20.20.2', '22.0.0', '26.12.1', '100.1.0'])('Node.js %s is supported', (version) => {
  expect(nodeVersionProblem(version)).toBeUndefined();
});
