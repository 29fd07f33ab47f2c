import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportFormat } from '../../src/features/transfer/formats/formats.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { exportedAccounts, importText } from '../support/imports.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const MARK = '\ufeff';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const bigEndian = (text: string) => utf16(text).swap16();

const user = (email: string) => ({
  model: 'users.user',
  pk: 1,
  fields: { email, password: '!', last_login: null, first_name: 'Ümit', date_joined: '2024-05-31T09:00:00Z' },
});
const dump = (email: string) => JSON.stringify([user(email)], null, 2);
const table = (email: string, delimiter: string) =>
  [
    ['email', 'emailVerified', 'firstName'],
    [email, 'TRUE', 'Ümit'],
  ]
    .map((row) => row.join(delimiter))
    .join('\r\n');

/** The name of the file is a part of the address. */
const READABLE: readonly (readonly [title: string, format: ImportFormat, write: (email: string) => string | Buffer])[] =
  [
    ['UTF-8 with a mark', 'django', (email) => MARK + dump(email)],
    [
      'UTF-16 with a mark, as PowerShell writes it',
      'django',
      (email) => utf16(MARK + dump(email).replaceAll('\n', '\r\n')),
    ],
    ['UTF-16 without a mark', 'django', (email) => utf16(dump(email))],
    ['big-endian UTF-16 with a mark', 'django', (email) => bigEndian(MARK + dump(email))],
    ['big-endian UTF-16 without a mark', 'django', (email) => bigEndian(dump(email))],
    ['gzip', 'django', (email) => gzipSync(dump(email))],
    ['gzip of UTF-16', 'django', (email) => gzipSync(utf16(MARK + dump(email)))],
    ['a log line before the JSON', 'django', (email) => `Loading .env environment variables...\n${dump(email)}`],
    ['log lines with brackets before the JSON', 'django', (email) => `[info] up\n[12:00:01] DB {ok}\n\n${dump(email)}`],
    ['a warning before JSON lines', 'django', (email) => `a.py:1: RemovedWarning: x\n${JSON.stringify(user(email))}\n`],
    ['JSON lines', 'jsonl', (email) => `${JSON.stringify({ email, firstName: 'Ümit' })}\n\n\n`],
    ['JSON lines with CR LF', 'jsonl', (email) => `${JSON.stringify({ email, firstName: 'Ümit' })}\r\n`],
    ['an array instead of JSON lines', 'jsonl', (email) => JSON.stringify([{ email, firstName: 'Ümit' }])],
    ['JSON lines in UTF-16', 'jsonl', (email) => utf16(`${MARK}${JSON.stringify({ email, firstName: 'Ümit' })}\r\n`)],
    ['CSV with commas', 'csv', (email) => table(email, ',')],
    ['CSV with semicolons, as Excel writes it in Europe', 'csv', (email) => MARK + table(email, ';')],
    ['CSV with tabs', 'csv', (email) => table(email, '\t')],
    ['CSV with bars', 'csv', (email) => table(email, '|')],
    ['CSV with a line sep=', 'csv', (email) => `sep=;\r\n${table(email, ';')}`],
    ['CSV in UTF-16 with tabs, as Excel writes it', 'csv', (email) => utf16(MARK + table(email, '\t'))],
    ['CSV in UTF-16 with a line sep=', 'csv', (email) => utf16(`${MARK}"sep=;"\r\n${table(email, ';')}`)],
    ['CSV with carriage returns only', 'csv', (email) => table(email, ',').replaceAll('\r\n', '\r')],
    [
      'CSV with quoted names that contain other delimiters',
      'csv',
      (email) => `email,"first;;;;name",firstName\n${email},,Ümit`,
    ],
    ['gzipped CSV', 'csv', (email) => gzipSync(table(email, ';'))],
    ['CSV with rows of empty cells', 'csv', (email) => `${table(email, ',')}\r\n,,\r\n\r\n , ,NULL\r\n\\N,\\N,\\N\r\n`],
  ];

test.each(READABLE)('reads %s', async (title, format, write) => {
  const email = `${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/\.$/, '')}@files.example`;
  const { unreadable, problems, counts } = await importText(app, write(email), { format });
  expect({ unreadable, problems, counts }).toMatchObject({
    unreadable: undefined,
    problems: [],
    counts: { created: 1 },
  });
  expect((await exportedAccounts(app))[email]).toMatchObject({ firstName: 'Ümit' });
});

test('text before the JSON is reported', async () => {
  const { notes } = await importText(app, `one\ntwo\n${dump('reported@files.example')}`, { format: 'django' });
  expect(notes).toEqual([': 2 lines of other text before the JSON were skipped']);
});

const OTHER: readonly (readonly [title: string, format: ImportFormat, content: string | Buffer, advice: RegExp])[] = [
  [
    'XML',
    'django',
    '<?xml version="1.0" encoding="utf-8"?>\n<django-objects version="1.0"></django-objects>',
    /XML.*--format json/,
  ],
  ['XML in UTF-16', 'django', utf16(`${MARK}<?xml version="1.0"?><django-objects/>`), /XML/],
  ['a sign-in page', 'csv', '<!DOCTYPE html><html><body>Sign in</body></html>', /web page/],
  ['YAML', 'django', '- model: users.user\n  pk: 1\n', /YAML.*--format json/],
  ['SQL', 'csv', '-- MySQL dump 10.13\n\nINSERT INTO users VALUES (1);', /SQL script/],
  ['an Excel workbook', 'csv', Buffer.from('PK\u0003\u0004\u0014\0\u0006\0', 'latin1'), /Excel workbook.*CSV/],
  ['SQLite', 'csv', Buffer.from('SQLite format 3\0\u0010\0'), /SQLite/],
  ['a PostgreSQL dump', 'csv', Buffer.from('PGDMP\u0001\u000e\0'), /PostgreSQL dump/],
  ['bytes', 'csv', Buffer.from([1, 2, 0, 0, 0, 7, 9, 255, 0, 1]), /not text/],
  ['damaged gzip', 'django', gzipSync(dump('cut@files.example')).subarray(0, 60), /gzip file is damaged or cut off/],
  ['a realm of Keycloak', 'django', '{"realm":"r","users":[]}', /--format keycloak/],
  ['a pretty realm of Keycloak', 'django', '{\n  "id": "r",\n  "realm": "r",\n  "users": []\n}', /--format keycloak/],
  [
    'Auth0’s JSON lines',
    'django',
    '{"_id":{"$oid":"1"},"email":"a@b.example"}\n{"_id":{"$oid":"2"}}',
    /JSON lines.*--format auth0/,
  ],
  ['other JSON lines', 'django', '{"email":"a@b.example"}\n{"email":"b@b.example"}', /JSON lines.*--format jsonl/],
  ['other JSON', 'django', '[{"email":"a@b.example"}]', /list of objects.*--format jsonl/],
  ['Firebase', 'django', '{"users":[{"localId":"1"}]}', /--format firebase/],
  ['CSV', 'django', 'email,firstName\na@b.example,Ada\n', /not JSON.*--format csv/],
  ['one object without users', 'keycloak', '{\n"realm":"r"\n}', /without a list users/],
];

test.each(OTHER)('says what a file is: %s', async (_, format, content, advice) => {
  const { unreadable, counts } = await importText(app, content, { format });
  expect(unreadable).toMatch(advice);
  expect(counts).toBeUndefined();
});
