import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { expect, test } from 'vitest';
import type { Phone } from '../../src/core/identifiers.ts';
import { maskPhone } from '../../src/core/identifiers.ts';
import { findCountry, isCountry, numberRange, parsePhone } from '../../src/core/phones.ts';
import { startOwnTime } from '../support/own-time.ts';

function parseOrFail(text: string): Phone {
  const parsed = parsePhone(text);
  if (!parsed) throw new Error(`${text} is not a number`);
  return parsed;
}

test.each([
  '+998901234567',
  '  +998901234567\r\n',
  '+998 90 123 45 67',
  '+998 (90) 123-45-67',
  '+998.90.123.45.67',
  '+998\u00a090\u00a0123\u00a045\u00a067',
])('%j is the number +998901234567', (spelling) => {
  expect(parsePhone(spelling)).toBe('+998901234567');
});

test('parsing a parsed number changes nothing, in every country with mobiles', () => {
  for (const country of getCountries()) {
    const example = getExampleNumber(country, examples)?.number;
    if (!example) continue;
    const parsed = parseOrFail(example);
    expect(parsePhone(parsed), country).toBe(parsed);
    // Some territories share all ranges with a neighbour: the Åland Islands with Finland, for example.
    expect(findCountry(parsed), country).toBeDefined();
  }
});

test('a national zero in parentheses is dropped', () => {
  expect(parsePhone('+44 (0)7400 123456')).toBe('+447400123456');
});

test.each([
  ['nothing', ''],
  ['a plus alone', '+'],
  ['a number without its country', '901234567'],
  ['a number without the plus', '998901234567'],
  ['the international prefix instead of the plus', '00998901234567'],
  ['a plus in full width', '＋998901234567'],
  ['digits in full width', '+９９８９０１２３４５６７'],
  ['Arabic digits', '+٩٩٨٩٠١٢٣٤٥٦٧'],
  ['a letter', '+99890123456O'],
  ['letters of a keypad', '+1202CALLNOW'],
  ['an extension', '+12025550123;ext=5'],
  ['an extension in words', '+12025550123 ext 5'],
  ['a second number', '+998901234567,+998901234568'],
  ['a second plus', '++998901234567'],
  ['a line break inside', '+99890\n1234567'],
  ['NUL', '+99890123\u00004567'],
  ['a right-to-left override', '\u202e+998901234567'],
  ['a zero-width space', '+998\u200b901234567'],
  ['a URI', 'tel:+998901234567'],
  ['a digit too few', '+99890123456'],
  ['a digit too many', '+9989012345678'],
  ['sixteen digits', '+9989012345678901'],
  ['an unassigned country code', '+9991234567890'],
  ['an unassigned area', '+998001234567'],
])('%s is rejected', (_, spelling) => {
  expect(parsePhone(spelling)).toBeUndefined();
});

test.each([
  ['premium rate, United States', '+19002345678'],
  ['premium rate, United Kingdom', '+449012345678'],
  ['premium rate, Germany', '+499001234567'],
  ['premium rate, France', '+33891234567'],
  ['shared cost, United Kingdom', '+448431234567'],
  ['toll-free, United States', '+18002345678'],
  ['personal number, United Kingdom', '+447012345678'],
  ['internet telephony, Japan', '+815012345678'],
  ['pager, United Kingdom', '+447640123456'],
  ['company number, United Kingdom', '+445512345678'],
  ['satellite', '+8816123456789'],
  ['satellite, Inmarsat', '+870773111632'],
  ['international freephone', '+80012345678'],
  ['international premium rate', '+979123456789'],
  ['international networks', '+882123456789'],
])('%s is rejected, because it costs too much or receives no messages (T52)', (_, number) => {
  expect(parsePhone(number)).toBeUndefined();
});

test('a hostile input of a megabyte is rejected without parsing', () => {
  const elapsed = startOwnTime();
  for (const text of [
    '+9'.repeat(500_000),
    `+1${' '.repeat(1_000_000)}`,
    '+'.repeat(1_000_000),
    `+${'1'.repeat(1_000_000)}`,
  ])
    expect(parsePhone(text)).toBeUndefined();
  expect(elapsed()).toBeLessThan(5_000);
});

test('the country is found, even where several share a code', () => {
  expect(findCountry(parseOrFail('+998901234567'))).toBe('UZ');
  expect(findCountry(parseOrFail('+77012345678'))).toBe('KZ');
  expect(findCountry(parseOrFail('+79161234567'))).toBe('RU');
  expect(findCountry(parseOrFail('+12025550123'))).toBe('US');
  expect(findCountry(parseOrFail('+14165550123'))).toBe('CA');
  expect(findCountry(parseOrFail('+18092345678'))).toBe('DO');
  expect(isCountry('UZ')).toBe(true);
  expect(isCountry('XX')).toBe(false);
});

test('a hundred sequential numbers are in one range, or in two at its end (T52)', () => {
  const ranges = (first: number) =>
    new Set(Array.from({ length: 100 }, (_, n) => numberRange(parseOrFail(`+${first + n}`))));
  expect([...ranges(998901234500)]).toEqual(['+99890123']);
  expect([...ranges(998901239950)]).toEqual(['+99890123', '+99890124']);
});

test('a masked number shows its last four digits', () => {
  expect(maskPhone('+998901234567')).toBe('•••• 4567');
  expect(maskPhone('+12025550123')).toBe('•••• 0123');
});
