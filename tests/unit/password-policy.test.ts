import * as common from '@zxcvbn-ts/language-common';
import { expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { canonicalPassword, createPasswordPolicy } from '../../src/features/credentials/password-policy.ts';
import { startOwnTime } from '../support/own-time.ts';

const standard: Config['passwords'] = {
  minLength: 8,
  minStrength: 3,
  argon2: { memoryKib: 19_456, passes: 2, lanes: 1 },
  hashConcurrency: 2,
  hashQueueLimit: 64,
};

function judge(password: string, words: (string | null)[] = [], settings: Partial<Config['passwords']> = {}) {
  const policy = createPasswordPolicy({ ...standard, ...settings }, ['latchkey', 'auth.example.com']);
  return policy.judge(password, { words, path: 'password' });
}

const problem = (code: string, reason: string) => expect.objectContaining({ path: 'password', code, reason });

const GOOD = [
  ['a long plain phrase', 'horse rides slowly home tonight'],
  ['lowercase letters alone', 'brackishlanternviolet'],
  ['fifteen emoji', '🦊🌵🚲🎻🥝🧭🐙🪁🌋🧵🥨🛶🐝🎲🧊'],
  ['64 characters', 'lantern-violet-92-harbour.'.repeat(3).slice(0, 64)],
  ['128 characters', 'lantern-violet-92-harbour.'.repeat(5).slice(0, 128)],
  ['256 code points', 'lantern-violet-92-harbour.🦊'.repeat(10).slice(0, 256)],
  ['Cyrillic', 'кошка гуляет по крыше в среду'],
] as const;

test.each(GOOD)('%s is accepted (T22, T25)', (_, password) => {
  expect(judge(password)).toBe(password);
});

test('a password below the minimum length is rejected, and the length is named (T22)', () => {
  expect(judge('x7$Qz9!')).toEqual(
    expect.objectContaining({ code: 'TOO_SHORT', reason: 'password-too-short', limit: 8 }),
  );
  expect(judge('🦊🌵🚲🎻🥝🧭🐙')).toEqual(problem('TOO_SHORT', 'password-too-short'));
  // NIST's minimum when the password is the only factor.
  expect(judge('violet-92-lant', [], { minLength: 15 })).toEqual(
    expect.objectContaining({ code: 'TOO_SHORT', limit: 15 }),
  );
});

const GUESSABLE = [
  'aaaaaaaaaaaa',
  'abcdefgh1234',
  'qwertyuiop12',
  'january2024',
  'p4ssw0rd!!',
  '1qaz2wsx3edc',
  '20240101',
  'aaaaaaaaaaaabbbbbbbb',
];

test.each(GUESSABLE)('%s is long enough, but rejected as easy to guess (T22)', (password) => {
  expect(judge(password)).toEqual(
    expect.objectContaining({ path: 'password', code: expect.stringMatching(/TOO_WEAK|BREACHED/) }),
  );
});

test('PASSWORD_MIN_STRENGTH sets the required strength (T22)', () => {
  expect(judge('january2024', [], { minStrength: 0 })).toBe('january2024');
});

test('more than 256 characters are rejected, and long passwords quickly (T24)', () => {
  expect(judge('a'.repeat(257))).toEqual(
    expect.objectContaining({ code: 'TOO_LONG', reason: 'password-too-long', limit: 256 }),
  );
  const quickest = Math.min(
    ...['a', 'ä', '🦊', 'e\u0301'].map((text) => {
      const password = text.repeat(4096);
      const elapsed = startOwnTime();
      expect(judge(password)).toMatchObject({ code: 'TOO_LONG' });
      return elapsed();
    }),
  );
  expect(quickest).toBeLessThan(20);
});

test('the three thousand most common passwords are rejected in any letter case (T26)', () => {
  const commonPasswords = common.dictionary.passwords
    .map(String)
    .slice(0, 3000)
    .filter((password) => password.length >= 8);
  expect(commonPasswords.length).toBeGreaterThan(300);
  expect(commonPasswords).toEqual(expect.arrayContaining(['password', '12345678', 'iloveyou', 'sunshine']));
  for (const password of commonPasswords) {
    expect(judge(password)).toEqual(problem('BREACHED', 'password-common'));
    expect(judge(password.toUpperCase())).toEqual(problem('BREACHED', 'password-common'));
  }
});

test('the product’s name, the host, and the user’s own address and names are rejected (T26)', () => {
  const words = ['ada.lovelace@analytical.example', 'Ada Augusta', null, 'Analytical Engines'];
  for (const password of [
    'latchkey',
    'LatchKey',
    'auth.example.com',
    'ada.lovelace@analytical.example',
    'Ada.Lovelace',
    'analytical.example',
    'ada augusta',
    'ANALYTICAL ENGINES',
  ])
    expect(judge(password, words)).toEqual(problem('TOO_WEAK', 'password-context'));
});

test('the user’s own name with a year is rejected (T26)', () => {
  expect(judge('lovelace1815', ['lovelace@example.com'])).toEqual(problem('TOO_WEAK', 'password-weak'));
});

test('spaces are kept, even at the ends (T27)', () => {
  const password = '  violet harbour 92  lantern ';
  expect(judge(password)).toBe(password);
});

test('composed and decomposed characters are the same password (T27)', () => {
  const [composed, decomposed] = ['Zoë-fjällräven-92'.normalize('NFC'), 'Zoë-fjällräven-92'.normalize('NFD')];
  expect(composed).not.toBe(decomposed);
  expect(judge(decomposed)).toBe(composed);
  // Compatibility forms stay different: NFC, not NFKC.
  expect(judge('ﬁne-harbour-92-lantern')).toBe('ﬁne-harbour-92-lantern');
});

test('ill-formed UTF-16 is rejected, because it would all become the same UTF-8 (T27)', () => {
  for (const password of ['violet-harbour-92-\ud83e', '\udd8aviolet-harbour-92', 'violet\ud800-\ud801harbour']) {
    expect(judge(password)).toEqual(problem('INVALID_FORMAT', 'password-ill-formed'));
    expect(canonicalPassword(password)).toBeUndefined();
  }
});

test('passwords designed to be slow to estimate are rated fast', () => {
  const elapsed = startOwnTime();
  const slow = ['@4$5'.repeat(64), 'a1'.repeat(128), '4@8({[<36€&61!|'.repeat(10), 'qwerty1234'.repeat(25)];
  for (const password of slow) expect(judge(password, ['a'.repeat(254), 'b@'.repeat(127)])).toBeDefined();
  expect(elapsed()).toBeLessThan(5_000);
});
