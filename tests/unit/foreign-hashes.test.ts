import { expect, test } from 'vitest';
import { isProblem } from '../../src/core/problems.ts';
import { isUnusablePassword, readForeignHash } from '../../src/features/credentials/foreign/foreign-hash.ts';
import { BROKEN_HASHES, COSTLY_HASHES, FOREIGN_SAMPLES, UNSUPPORTED_HASHES } from '../support/foreign-hashes.ts';

test.each(FOREIGN_SAMPLES)('$name: a hash verifies its password and no other', async ({ hash, password }) => {
  const parsed = readForeignHash(hash);
  if (isProblem(parsed)) throw new Error(parsed.reason);
  expect(await parsed.verify(password)).toBe(true);
  expect(await parsed.verify(`${password} `)).toBe(false);
  expect(await parsed.verify('')).toBe(false);
});

test('Firebase hashes are also accepted in URL-safe base64', async () => {
  const sample = FOREIGN_SAMPLES.find(({ name }) => name.startsWith('Firebase'));
  const [, head, ...rest] = /^(\$fbscrypt\$[^$]+\$)([^$]+)\$(.+)$/.exec(sample?.hash ?? '') ?? [];
  const urlSafe = rest.map((part) => part.replaceAll('+', '-').replaceAll('/', '_'));
  const parsed = readForeignHash(head + urlSafe.join('$'));
  if (isProblem(parsed)) throw new Error(parsed.reason);
  expect(await parsed.verify(sample?.password ?? '')).toBe(true);
});

test.each(COSTLY_HASHES)('a hash that would take minutes or gigabytes is rejected without trying: %s (F10)', (hash) => {
  expect(readForeignHash(hash)).toMatchObject({ reason: 'too-costly' });
});

test.each(BROKEN_HASHES)('a malformed hash is rejected: %s', (hash) => {
  expect(readForeignHash(hash)).toMatchObject({ reason: expect.stringMatching(/^(?:malformed|unknown-scheme)$/) });
});

test('Django’s unusable passwords are recognised', () => {
  expect(['', '!', '!7Yb3kQ'].map(isUnusablePassword)).toEqual([true, true, true]);
  expect(isUnusablePassword('pbkdf2_sha256$…')).toBe(false);
});

test.each(UNSUPPORTED_HASHES)('a kind of hash that is not supported is named: %s', (kind, hash) => {
  expect(readForeignHash(hash)).toMatchObject({ reason: 'unknown-scheme', kind });
});
