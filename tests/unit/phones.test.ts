import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import type { Phone } from '../../src/core/identifiers.ts';
import { maskPhone } from '../../src/core/identifiers.ts';
import { findCountry, isCountry, numberRange, parsePhone, readPhone } from '../../src/core/phones.ts';
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
  '+998 (0) 90 123 45 67',
  '(+998)(0)901234567',
  '+998（0）90 123 45 67',
  '+998 • 90 • 123 • 45 • 67',
  '+998 90 123\u221945\u22c567',
  '+998\u2044901234567',
  '+998.90.123.45.67',
  '+998\u00a090\u00a0123\u00a045\u00a067',
  // Copied from chats, contact lists and web pages.
  '\u202a+998 90 123 45 67\u202c',
  '\u202d+998 90 123 45 67\u202c',
  '\u2068+998901234567\u2069',
  '\u200e+998901234567',
  '\u202e+998901234567',
  '\ufeff+998901234567\u200b',
  '+998\u200b901234567',
  '+998\u00ad90\u00ad1234567',
  '+998\u201190\u2011123\u201145\u201167',
  '+998 90 123\u201345\u201367',
  '+998 90 123\u201445\u221267',
  '+998\u202f90\u202f123\u202f45\u202f67',
  '+998\u300090\u3000123\u300045\u300067',
  'tel:+998-90-123-45-67',
  'TEL://+998901234567',
  // Typed on other keyboards.
  '\uff0b998901234567',
  '＋９９８－９０－１２３－４５－６７',
  '+\uff19\uff19\uff18901234567',
  '+\u0669\u0669\u0668\u0669\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667',
  '\u200f+\u06f9\u06f9\u06f8 \u06f9\u06f0 \u06f1\u06f2\u06f3 \u06f4\u06f5 \u06f6\u06f7',
  '+९९८ ९० १२३ ४५ ६७',
  '+\ufe0f9\ufe0f\u20e398901234567',
  '(+998) 90 123 45 67',
  '+ 998 90/123~45 67',
])('%j is the number +998901234567', (spelling) => {
  expect(parsePhone(spelling)).toBe('+998901234567');
});

test.each([
  ['+1\ufe0d-202-555-0123', '+12025550123'],
  ['+49 172 / 1547608', '+491721547608'],
  ['+33 6\u00a012\u00a034\u00a056\u00a078', '+33612345678'],
  ['+81（90）1234－5678', '+819012345678'],
])('%j is the number %s', (spelling, number) => {
  expect(parsePhone(spelling)).toBe(number);
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
  ['a letter', '+99890123456O'],
  ['letters of a keypad', '+1202CALLNOW'],
  ['an extension', '+12025550123;ext=5'],
  ['an extension in words', '+12025550123 ext 5'],
  ['a second number', '+998901234567,+998901234568'],
  ['a second plus', '++998901234567'],
  ['a line break inside', '+99890\n1234567'],
  ['NUL', '+99890123\u00004567'],
  ['another URI', 'sip:+998901234567'],
  ['a URI with an extension', 'tel:+998901234567;ext=5'],
  ['a second number after a slash', '+998901234567 / +998901234568'],
  ['the end of a second number after a slash', '+49 172 1547608 / 09'],
  ['a tab inside', '+99890\t1234567'],
  ['a hundred invisible characters', `+998901234567${'\u200b'.repeat(200)}`],
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

describe('a number of a range that is newer than the metadata', () => {
  test.each(['436', '861', '729', '471', '924', '483', '465', '837', '357'])('is accepted in the area %s', (area) => {
    expect(readPhone(`+1 ${area} 555 0123`)).toEqual({ phone: `+1${area}5550123`, isKnown: false });
    expect(findCountry(parseOrFail(`+1${area}5550123`))).toBe('US');
  });

  test.each([
    ['Uzbekistan', '+998 12 345 67 89'],
    ['Germany', '+49 140 1234567'],
    ['Côte d’Ivoire, where mobile numbers begin with a zero', '+225 09 12 34 56 78'],
  ])('is accepted in %s', (_, number) => {
    expect(readPhone(number)).toMatchObject({ isKnown: false });
  });

  test.each([
    ['a digit too few', '+1 436 555 012'],
    ['a digit too many', '+1 436 555 01234'],
    ['an area that begins with 1', '+1 136 555 0123'],
    ['an exchange that begins with 0', '+1 436 055 0123'],
    ['a service number', '+1 911 555 0123'],
    ['a length that only fixed lines have', '+49 172 15476'],
    ['a national zero', '+7 012 345 67 89'],
  ])('is malformed with %s', (_, number) => {
    expect(readPhone(number)).toBe('malformed');
  });

  test('is told apart from a number that gets no messages', () => {
    expect(readPhone('+1 800 234 5678')).toBe('no-messages');
    expect(readPhone('+1 900 234 5678')).toBe('no-messages');
    expect(readPhone('+881 612 345 678')).toBe('no-messages');
    expect(readPhone('+1 202 555 0123')).toEqual({ phone: '+12025550123', isKnown: true });
  });
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

test.each([
  ['+48 (0) 512 345 678', '+48512345678'],
  ['+7 (0) 912 345 67 89', '+79123456789'],
  ['+1 (0) 202 555 0123', '+12025550123'],
  ['+44 (0) 7911 123456', '+447911123456'],
  ['+39 (0) 312 345 6789', '+393123456789'],
  ['+39 (0)6 1234 5678', '+390612345678'],
  ['+229 (0)1 95 12 34 56', '+2290195123456'],
  ['+54 (0) 9 11 5123 4567', '+5491151234567'],
  ['+52 (0) 1 55 1234 5678', '+525512345678'],
])('the zero in brackets of %s is not dialled from abroad', (written, number) => {
  expect(parsePhone(written)).toBe(number);
});

test('in every country, a zero in brackets after the country code makes no other number', () => {
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples);
    const plain = number && readPhone(number.number);
    if (number && typeof plain === 'object')
      expect(readPhone(`+${number.countryCallingCode} (0) ${number.nationalNumber}`), country).toEqual(plain);
  }
});
