import { expect, test } from 'vitest';
import { checkNodeVersion } from '../../src/cli/node-version.ts';

test.each(['18.20.8', '20.18.3', '8.0.0'])('Node.js %s is refused, and the minimum is named', (version) => {
  expect(checkNodeVersion(version)).toBe(`requires Node.js 20.19 or later; this is ${version}`);
});

test.each(['20.19.0', '20.20.2', '22.0.0', '26.12.1', '100.1.0'])('Node.js %s is supported', (version) => {
  expect(checkNodeVersion(version)).toBeUndefined();
});
