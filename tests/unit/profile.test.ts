import { expect, test } from 'vitest';
import { parseProfile, tidyText } from '../../src/features/accounts/profile.ts';

test('a name is kept as it was typed, without the space around it', () => {
  const typed = { firstName: '  Ада ', lastName: 'O’Brien-Łukasz', companyName: '株式会社 🦊', locale: 'ru-ru' };
  expect(parseProfile(typed)).toEqual({
    firstName: 'Ада',
    lastName: 'O’Brien-Łukasz',
    companyName: '株式会社 🦊',
    locale: 'ru-RU',
  });
});

test('nothing, nothing but space and null are the same', () => {
  const nothing = { firstName: null, lastName: null, companyName: null, locale: null };
  expect(parseProfile({})).toEqual(nothing);
  expect(parseProfile({ firstName: '', lastName: ' \t ', companyName: null, locale: ' ' })).toEqual(nothing);
});

test('length is counted in characters, not in bytes or surrogates', () => {
  expect(tidyText('firstName', '🦊'.repeat(100), 100)).toBe('🦊'.repeat(100));
  expect(tidyText('firstName', '🦊'.repeat(101), 100)).toMatchObject({
    path: 'firstName',
    code: 'TOO_LONG',
    limit: 100,
  });
});

const TRICKS = [
  ['a line break', 'Ada\nBcc: eve@example.org'],
  ['a carriage return', 'Ada\rEve'],
  ['a terminal code', 'Ada\u001b[31m'],
  ['a C1 terminal code', 'Ada\u009b31m'],
  ['DEL', 'Ada\u007f'],
  ['a line separator', 'Ada\u2028Eve'],
  ['a right-to-left override', 'Ada\u202eevE'],
  ['a bidirectional isolate', 'Ada\u2066Eve'],
  ['a lone surrogate', 'Ada\ud83e'],
  ['a zero-width space', 'Ada\u200bEve'],
  ['a byte order mark', 'Ada\ufeffEve'],
  ['an interlinear annotation', 'Ada\ufff9Eve'],
  ['a noncharacter', 'Ada\ufffe'],
] as const;

test.each(TRICKS)('%s in a name is refused (T89)', (_, name) => {
  expect(tidyText('lastName', name, 100)).toMatchObject({ path: 'lastName', code: 'INVALID_FORMAT' });
});

test('the joiners that scripts and emoji are written with are kept', () => {
  for (const name of ['علی\u200cرضا', 'क्\u200dष', '👩\u200d🚀']) expect(tidyText('firstName', name, 100)).toBe(name);
});

test('a language tag that is none is refused', () => {
  for (const locale of ['english please', 'x', '../../etc/passwd', 'ru_RU', 'a'.repeat(40)])
    expect(parseProfile({ locale })).toMatchObject([{ path: 'locale', code: 'INVALID_FORMAT' }]);
});

test('everything that is wrong is said at once, one entry a field', () => {
  const wrong = { firstName: 'a'.repeat(101), lastName: 'b\0', companyName: 'c'.repeat(201), locale: '!' };
  expect(parseProfile(wrong)).toMatchObject([
    { path: 'firstName', code: 'TOO_LONG', limit: 100 },
    { path: 'lastName', code: 'INVALID_FORMAT' },
    { path: 'companyName', code: 'TOO_LONG', limit: 200 },
    { path: 'locale', code: 'INVALID_FORMAT' },
  ]);
});
