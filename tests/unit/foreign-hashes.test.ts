import { expect, test } from 'vitest';
import { isUnusablePassword, readForeignHash } from '../../src/features/credentials/foreign/foreign-hash.ts';
import { BROKEN_HASHES, COSTLY_HASHES, FOREIGN_SAMPLES } from '../support/foreign-hashes.ts';

test.each(FOREIGN_SAMPLES)('a hash of $name is that of its password, and of no other', async ({ hash, password }) => {
  const read = readForeignHash(hash);
  if (typeof read === 'string') throw new Error(read);
  expect(await read.verify(password)).toBe(true);
  expect(await read.verify(`${password} `)).toBe(false);
  expect(await read.verify('')).toBe(false);
});

test('Firebase writes salts and hashes in the alphabet of URLs, too', async () => {
  const sample = FOREIGN_SAMPLES.find(({ name }) => name.startsWith('Firebase'));
  const [, head, ...rest] = /^(\$fbscrypt\$[^$]+\$)([^$]+)\$(.+)$/.exec(sample?.hash ?? '') ?? [];
  const urlSafe = rest.map((part) => part.replaceAll('+', '-').replaceAll('/', '_'));
  const read = readForeignHash(head + urlSafe.join('$'));
  if (typeof read === 'string') throw new Error(read);
  expect(await read.verify(sample?.password ?? '')).toBe(true);
});

test.each(COSTLY_HASHES)('a hash that would take minutes or gigabytes is refused unread: %s (F10)', (hash) => {
  expect(readForeignHash(hash)).toBe('too-costly');
});

test.each(BROKEN_HASHES)('what no system makes is refused: %s', (hash) => {
  expect(['malformed', 'unknown-scheme']).toContain(readForeignHash(hash));
});

test('an account of Django without a password is known as one', () => {
  expect(['', '!', '!7Yb3kQ'].map(isUnusablePassword)).toEqual([true, true, true]);
  expect(isUnusablePassword('pbkdf2_sha256$…')).toBe(false);
});
