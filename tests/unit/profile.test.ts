import { is, SQL } from 'drizzle-orm';
import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { BLANK_PROFILE, parseProfile, parseProfileChanges, tidyText } from '../../src/features/accounts/profile.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS } from '../../src/features/accounts/profile-fields.ts';
import { users } from '../../src/infra/db/tables.ts';

test('keeps a name as typed, without surrounding spaces', () => {
  const typed = { firstName: '  Ада ', lastName: 'O’Brien-Łukasz', companyName: '株式会社 🦊', locale: 'ru-ru' };
  expect(parseProfile(typed)).toEqual({
    ...BLANK_PROFILE,
    firstName: 'Ада',
    lastName: 'O’Brien-Łukasz',
    companyName: '株式会社 🦊',
    locale: 'ru-RU',
  });
});

test('treats a missing value, spaces and null alike', () => {
  expect(parseProfile({})).toEqual(BLANK_PROFILE);
  expect(parseProfile({ firstName: '', lastName: ' \t ', companyName: null, locale: ' ' })).toEqual(BLANK_PROFILE);
});

test('returns only the fields in the input as changes', () => {
  expect(parseProfileChanges({ firstName: ' Ada ', lastName: null, companyName: undefined })).toEqual({
    firstName: 'Ada',
    lastName: null,
  });
});

test('counts length in characters, not in bytes or surrogates', () => {
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

test.each(TRICKS)('rejects %s in a name (T89)', (_, name) => {
  expect(tidyText('lastName', name, 100)).toMatchObject({ path: 'lastName', code: 'INVALID_FORMAT' });
});

test('keeps the zero-width joiners of scripts and emoji', () => {
  for (const name of ['علی\u200cرضا', 'क्\u200dष', '👩\u200d🚀']) expect(tidyText('firstName', name, 100)).toBe(name);
});

test('rejects an invalid language tag', () => {
  for (const locale of ['english please', 'x', '../../etc/passwd', 'ru_RU', 'a'.repeat(40)])
    expect(parseProfile({ locale })).toMatchObject({ fields: [{ path: 'locale', code: 'INVALID_FORMAT' }] });
});

test('reports every invalid field at once', () => {
  const wrong = { firstName: 'a'.repeat(101), lastName: 'b\0', companyName: 'c'.repeat(201), locale: '!' };
  expect(parseProfile(wrong)).toMatchObject({
    fields: [
      { path: 'firstName', code: 'TOO_LONG', limit: 100 },
      { path: 'lastName', code: 'INVALID_FORMAT' },
      { path: 'companyName', code: 'TOO_LONG', limit: 200 },
      { path: 'locale', code: 'INVALID_FORMAT' },
    ],
  });
});

test('every searchable field has an index', () => {
  const dialect = new PgDialect();
  const indexed = getTableConfig(users)
    .indexes.flatMap(({ config }) => config.columns)
    .map((column) => (is(column, SQL) ? dialect.sqlToQuery(column).sql : ''));
  for (const name of PROFILE_FIELD_NAMES.filter((field) => PROFILE_FIELDS[field].isSearched))
    expect(indexed).toContain(`lower("users"."${users[name].name}") collate "C"`);
});
