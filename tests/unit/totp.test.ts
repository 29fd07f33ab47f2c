import { describe, expect, test } from 'vitest';
import { newRecoveryCode, parseRecoveryCode } from '../../src/features/factors/recovery-code.ts';
import { findTimeStep, newTotpSecret, parseTotpCode } from '../../src/features/factors/totp.ts';

/** RFC 6238 appendix B. The secrets are those of its errata: as long as the output of the hash. */
const SECRETS = {
  SHA1: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  SHA256: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA',
  SHA512: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA',
} as const;
const VECTORS = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const;

describe('time-based one-time passwords', () => {
  test.each(VECTORS)('are those of RFC 6238 at %i', async (seconds, ...codes) => {
    for (const [index, algorithm] of (['SHA1', 'SHA256', 'SHA512'] as const).entries()) {
      const parameters = { algorithm, digits: 8, period: 30 };
      const find = (at: number) =>
        findTimeStep(SECRETS[algorithm], parameters, codes[index] ?? '', new Date(at * 1_000));
      const step = Math.floor(seconds / 30);
      expect(await find(seconds)).toBe(step);
      expect(await find(seconds - 30)).toBe(step);
      expect(await find(seconds + 30)).toBe(step);
      expect(await find(seconds - 60)).toBeUndefined();
      expect(await find(seconds + 60)).toBeUndefined();
    }
  });

  test('have secrets of 160 bits that differ', async () => {
    const secrets = await Promise.all(Array.from({ length: 50 }, newTotpSecret));
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(secrets).size).toBe(50);
  });

  test.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['\u200e123\u00a0456\u200f', '123456'],
    ['١٢٣٤٥٦', '123456'],
    ['12345678', '12345678'],
    ['12345', undefined],
    ['123456789', undefined],
    ['12345a', undefined],
    ['', undefined],
    ['1'.repeat(10_000), undefined],
  ])('are read as people paste them: %j', (text, digits) => {
    expect(parseTotpCode(text)).toBe(digits);
  });
});

describe('recovery codes', () => {
  test('are drawn from the whole alphabet, and read as people type them', () => {
    const codes = Array.from({ length: 2_000 }, newRecoveryCode);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
    for (const code of codes) {
      const compact = code.replace('-', '');
      expect(parseRecoveryCode(code)).toBe(compact);
      expect(parseRecoveryCode(` ${code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i')} `)).toBe(compact);
    }
  });

  test.each(['', 'ABCDE', '-----  -----', 'A'.repeat(65), 'A'.repeat(10_000)])('cannot be %j', (text) => {
    expect(parseRecoveryCode(text)).toBeUndefined();
  });
});
