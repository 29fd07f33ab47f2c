import { expect, test } from 'vitest';
import { listSpellings, parsePhone } from '../../src/core/phones.ts';

// Old and new numbers as the regulators published them: IFT, ENACOM, Anatel, ARTCI, ARCEP Bénin, ARCEP Gabon, MIC Vietnam.
test.each([
  [
    'Mexico',
    ['+52 1 55 1234 5678', '+52 55 1234 5678', '+52 044 55 1234 5678', '+52 01 55 1234 5678'],
    '+525512345678',
  ],
  ['Mexico, Monterrey', ['+52 1 81 1234 5678', '+52 81 1234 5678'], '+528112345678'],
  [
    'Argentina, Buenos Aires',
    ['+54 9 11 5123 4567', '+54 11 5123 4567', '+54 11 15 5123 4567', '+54 9 11 15 5123 4567', '+54 011 15 5123 4567'],
    '+5491151234567',
  ],
  ['Argentina, Río Gallegos', ['+54 9 2966 12 3456', '+54 2966 12 3456', '+54 2966 15 12 3456'], '+5492966123456'],
  ['Brazil, São Paulo', ['+55 11 8765 4321', '+55 11 98765 4321'], '+5511987654321'],
  ['Brazil, Porto Alegre', ['+55 51 9876 5432', '+55 51 99876 5432'], '+5551998765432'],
  ['Côte d’Ivoire, Orange', ['+225 07 12 34 56', '+225 07 07 12 34 56'], '+2250707123456'],
  ['Côte d’Ivoire, MTN', ['+225 45 12 34 56', '+225 05 45 12 34 56'], '+2250545123456'],
  ['Côte d’Ivoire, Moov', ['+225 01 12 34 56', '+225 01 01 12 34 56'], '+2250101123456'],
  ['Benin', ['+229 97 12 34 56', '+229 01 97 12 34 56'], '+2290197123456'],
  ['Gabon, Libertis', ['+241 06 12 34 56', '+241 66 12 34 56', '+241 066 12 34 56'], '+24166123456'],
  ['Gabon, Airtel', ['+241 07 12 34 56', '+241 77 12 34 56'], '+24177123456'],
  ['Vietnam, Viettel', ['+84 168 123 4567', '+84 38 123 4567'], '+84381234567'],
  ['Vietnam, MobiFone', ['+84 121 234 5678', '+84 79 234 5678'], '+84792345678'],
])('%s: the old and the new spellings are one number', (_, spellings, number) => {
  for (const spelling of spellings) expect(parsePhone(spelling), spelling).toBe(number);
});

test.each([
  ['a fixed line in Brazil', '+551137654321'],
  ['a radio telephone in Brazil, which kept eight digits', '+551177654321'],
  ['a new number in Vietnam', '+84912345678'],
  ['Uzbekistan', '+998901234567'],
])('%s keeps its number', (_, number) => {
  const phone = parsePhone(number);
  expect(phone).toBe(number);
  expect(phone && listSpellings(phone)).toEqual([number]);
});

test('a number is looked up under its older spelling, too', () => {
  const spellings = (text: string) => {
    const phone = parsePhone(text);
    return phone && listSpellings(phone);
  };
  expect(spellings('+525512345678')).toEqual(['+525512345678', '+5215512345678']);
  expect(spellings('+5491151234567')).toEqual(['+5491151234567', '+541151234567']);
  expect(spellings('+2250707123456')).toEqual(['+2250707123456', '+22507123456']);
  expect(spellings('+2290197123456')).toEqual(['+2290197123456', '+22997123456']);
  expect(spellings('+24166123456')).toEqual(['+24166123456', '+24106123456']);
  expect(spellings('+84381234567')).toEqual(['+84381234567', '+841681234567']);
});
