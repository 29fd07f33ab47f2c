import { expect, test } from 'vitest';
import { parseCode } from '../../src/core/codes.ts';
import { startOwnTime } from '../support/own-time.ts';

test.each([
  '012345',
  ' 012345\r\n',
  '012 345',
  '012-345',
  '01 23 45',
  '012\u2013345',
  '012\u2011345',
  '012\u00a0345',
  '012345.',
  '"012345"',
  '#012345',
  '012345\u200b',
  '\u200e012345',
  '\u2068012\u2069345',
  '\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5',
  '\u0660\u0661\u0662\u0663\u0664\u0665',
  '\uff10\uff11\uff12\uff13\uff14\uff15',
  '०१२३४५',
  '𝟎𝟏𝟐𝟑𝟒𝟓',
  '0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣',
  'Code: 012345',
  'G-012345',
  'Your code is 012 345. It expires in 10 minutes.',
  '012345 is your code\n\n@example.com #012345',
  'Shop 123456: your sign-in code is 012345.\n@example.com #012345\n',
  'Your code is 012345. Questions: +1 800 555 0199',
  'Questions: +998 (71) 200-123-456. Code: 012345',
  'Bank 24: 012 345',
])('%j is the code 012345', (typed) => {
  expect(parseCode(typed)).toBe('012345');
});

test.each([
  '',
  '   ',
  '01234',
  '0123456',
  '+1 202 555 0123',
  '1 202 555 0123',
  '012 345 678',
  '12 012 345',
  '+998 123 456',
  'O12345',
  '01234S',
  'abcdef',
  '012345 543210',
  '½12345',
  '+998901234567',
  '12:34',
  'abc012345',
  '012345xyz',
])('%j holds no code of six digits', (typed) => {
  expect(parseCode(typed)).toBeUndefined();
});

test('a hostile input of a megabyte is rejected without backtracking', () => {
  const elapsed = startOwnTime();
  for (const text of ['0'.repeat(1_000_000), '0 '.repeat(500_000), '\u200b'.repeat(1_000_000)])
    expect(parseCode(text)).toBeUndefined();
  expect(elapsed()).toBeLessThan(5_000);
});
