import { expect, test } from 'vitest';
import { randomCode, randomToken } from '../../src/core/secrets.ts';
import { chiSquare, mannWhitney } from '../support/statistics.ts';

/** Chi-square values, by degrees of freedom, that are exceeded by chance once in a hundred thousand runs. */
const CRITICAL = { 9: 39.34, 99: 166.8 } as const;

test('ten thousand codes have six uniformly distributed digits, including leading zeros (T43)', () => {
  const codes = Array.from({ length: 10_000 }, () => randomCode(6));
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  const tally = (size: number, pick: (code: string) => number) => {
    const counts = Array<number>(size).fill(0);
    for (const code of codes) counts[pick(code)] = (counts[pick(code)] ?? 0) + 1;
    return counts;
  };
  for (let position = 0; position < 6; position++)
    expect(chiSquare(tally(10, (code) => Number(code[position])))).toBeLessThan(CRITICAL[9]);
  expect(chiSquare(tally(100, (code) => Number(code.slice(0, 2))))).toBeLessThan(CRITICAL[99]);
  expect(chiSquare(tally(100, (code) => Number(code) % 100))).toBeLessThan(CRITICAL[99]);
  expect(codes.filter((code) => code.startsWith('00')).length).toBeGreaterThan(40);
  // Among 10,000 draws from a million codes, about 50 are repeats.
  expect(new Set(codes).size).toBeGreaterThan(9_850);
  expect(new Set(codes).size).toBeLessThan(10_000);
});

test('the uniformity test detects codes without leading zeros (T43)', () => {
  const biased = Array.from({ length: 10_000 }, () => Math.floor(Math.random() * 9) + 1);
  const counts = Array<number>(10).fill(0);
  for (const digit of biased) counts[digit] = (counts[digit] ?? 0) + 1;
  expect(chiSquare(counts)).toBeGreaterThan(CRITICAL[9]);
});

test('the token of a link has 256 random bits and is URL-safe', () => {
  const tokens = Array.from({ length: 100 }, randomToken);
  for (const token of tokens) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  }
  expect(new Set(tokens).size).toBe(100);
});

test('the timing test detects a shift of half a standard deviation, and reports none where there is none', () => {
  const normal = () => Array.from({ length: 12 }, Math.random).reduce((sum, value) => sum + value, -6);
  const sample = (shift: number) => Array.from({ length: 400 }, () => normal() + shift);
  expect(mannWhitney(sample(0), sample(1 / 2))).toBeLessThan(0.01);
  expect(Math.max(...[1, 2, 3].map(() => mannWhitney(sample(0), sample(0))))).toBeGreaterThan(0.01);
  // Calculated by hand: ranks 1, 3, 4 against 2, 5, 6 without ties, and only ties.
  expect(mannWhitney([1, 3, 4], [2, 5, 6])).toBeCloseTo(0.38, 1);
  expect(mannWhitney([1, 1, 1], [1, 1, 1])).toBe(1);
});
