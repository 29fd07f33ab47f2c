import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportFormat } from '../../src/features/transfer/formats/formats.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { exportedAccounts, importText } from '../support/imports.ts';
import { lines } from '../support/other-systems/sample.ts';
import { findProgram } from '../support/server-process.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const user = (email: string) => ({ email });
const cognitoUser = (email: string) => ({ Username: email, Attributes: [{ Name: 'email', Value: email }] });
const phpMyAdmin = (first: string, second: string) =>
  [
    '[',
    '{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},',
    '{"type":"database","name":"wp"},',
    '{"type":"table","name":"wp_users","database":"wp","data":',
    `[\n{"ID":"1","user_email":"${first}"},\n{"ID":"2","user_email":"${second}"}\n]\n}\n]`,
  ].join('\n');

/** Each has two accounts. */
const SHAPES: readonly (readonly [title: string, format: ImportFormat, write: (a: string, b: string) => string])[] = [
  [
    'pages, one after another',
    'supabase',
    (a, b) => `${pretty({ users: [user(a)] })}\n${pretty({ users: [user(b)] })}`,
  ],
  ['pages as lines', 'supabase', (a, b) => lines({ users: [user(a)] }, { users: [user(b)] })],
  ['pages with an empty one', 'auth0', (a, b) => lines({ users: [] }, { users: [user(a), user(b)], total: 2 })],
  ['a list of pages', 'cognito', (a, b) => lines([{ Users: [cognitoUser(a)] }, { Users: [cognitoUser(b)] }])],
  ['a list of lists', 'clerk', (a, b) => lines([[{ primary_email_address: a }], [{ primary_email_address: b }]])],
  ['lists, one after another', 'auth0', (a, b) => lines([user(a)], [user(b)])],
  ['the list data', 'clerk', (a, b) => lines({ data: [{ primary_email_address: a }, { primary_email_address: b }] })],
  ['a page of the API', 'auth0', (a, b) => lines({ start: 0, users: [user(a), user(b)], total: 2 })],
  ['indented objects', 'jsonl', (a, b) => `${pretty(user(a))}\n${pretty(user(b))}`],
  ['indented objects of a preset', 'keycloak', (a, b) => `${pretty(user(a))}\n${pretty(user(b))}\n`],
  ['objects without line breaks', 'auth0', (a, b) => JSON.stringify(user(a)) + JSON.stringify(user(b))],
  ['a first line over 64 KiB', 'supabase', (a, b) => lines({ ...user(a), x: 'x'.repeat(100_000) }, user(b))],
  [
    'all realms in one file',
    'keycloak',
    (a, b) =>
      pretty([
        { id: 'master', realm: 'master', x: { users: ['"users":['] }, users: [user(a)], clients: [{ id: 'c' }] },
        { id: 'shop', realm: 'shop', users: [user(b)] },
      ]),
  ],
  ['phpMyAdmin’s JSON', 'wordpress', phpMyAdmin],
  ['two files with a mark in the middle', 'jsonl', (a, b) => `${lines(user(a))}\n\ufeff${lines(user(b))}`],
  ['blank lines before a header', 'csv', (a, b) => ` \r\n\r\nemail\r\n${a}\r\n${b}\r\n`],
  ['the word null', 'supabase', (a, b) => `email,deleted_at,banned_until\n${a},null,null\n${b},NULL,`],
];

test.each(SHAPES)('reads both accounts of %s (%s)', async (title, format, write) => {
  const name = title.replace(/[^A-Za-z]+/g, '').toLowerCase();
  const emails = [`a.${name}@shapes.example`, `b.${name}@shapes.example`] as const;
  const { unreadable, problems, counts } = await importText(app, write(...emails), { format });
  expect({ unreadable, problems, counts }).toMatchObject({
    unreadable: undefined,
    problems: [],
    counts: { rows: 2, created: 2 },
  });
  const exported = await exportedAccounts(app);
  for (const email of emails) expect(exported[email]).toMatchObject({ isActive: true });
});

test('a file that ends too early is reported, also if it ends after the list of users', async () => {
  for (const [content, created] of [
    ['{"realm":"r",\n"users":[{"email":"cut.1@shapes.example"}', 1],
    ['{"realm":"r",\n"users":[{"email":"cut.2@shapes.example"}],"clients":[', 1],
    ['{"users":[{"email":"cut.3@shapes.example"}]} x {"users":[]}', 1],
    ['[{"email":"cut.4@shapes.example"},7,"x"]', 1],
  ] as const) {
    const { problems, counts } = await importText(app, content, { format: 'keycloak' });
    expect(counts).toMatchObject({ created });
    expect(problems.length).toBeGreaterThan(0);
  }
});

test('rows that an open quote makes one row are counted', async () => {
  const table = (last: string) => `ID\tuser_email\tname\n1\tq1@shapes.example\t"Bob\n2\tq2@shapes.example\tX\n${last}`;
  const closed = await importText(app, table('3\tq3@shapes.example\t"Y\n'), { format: 'wordpress' });
  expect(closed.problems).toEqual(['1,,,invalid CSV quotes, which make 3 lines one row,refused']);
  const open = await importText(app, table(''), { format: 'wordpress' });
  expect(open.problems).toEqual(['1,,,a quote is not closed: the rest of the file is not read,refused']);
});

test('the second of two columns with one name is reported, and a row is not skipped because of it', async () => {
  const content = 'email,email\nfirst@shapes.example,second@shapes.example\n,third@shapes.example\n';
  const { problems, notes } = await importText(app, content, { format: 'csv' });
  expect(problems).toEqual(['2,,,neither an email address nor a phone number,refused']);
  expect(notes).toEqual([expect.stringMatching(/^email \(2\): not imported: 2 rows/)]);
});

test('a file may be compressed twice, and a zero byte rejects only its row', async () => {
  const content = 'email,firstName\nzip@shapes.example,A\nzero@shapes.example,A\0B\n';
  const { problems, counts } = await importText(app, gzipSync(gzipSync(content)), { format: 'csv' });
  expect(counts).toMatchObject({ created: 1 });
  expect(problems).toEqual(['2,,firstName,contains characters that cannot be displayed,refused']);
});

function tar(content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write('users.json');
  header.write('ustar\0', 257);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(1024)]);
}

test.each([
  ['a tar archive', gzipSync(tar('{"email":"tar@shapes.example"}')), /tar archive: unpack it/],
  [
    'endless gzip',
    [1, 2, 3, 4].reduce<Buffer>((bytes) => gzipSync(bytes), Buffer.from('email\n')),
    /gzip several times/,
  ],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x65, 0, 0, 0]), /UTF-32/],
  ['YAML', 'Users:\n- Attributes:\n  - Name: sub\n', /YAML/],
  ['white space', '  \n\n', /no header/],
])('says what a file is: %s', async (_, content, advice) => {
  const { unreadable } = await importText(app, content, { format: 'cognito' });
  expect(unreadable).toMatch(advice);
});

test.each([
  ['[{"email":"a@shapes.example"}]', 'a list of objects in JSON: use --format jsonl'],
  ['[{"model":"auth.user","pk":1,"fields":{}}]', 'a list of objects in JSON: use --format django'],
  ['{"realm":"r","users":[]}', 'JSON lines or an object in JSON: use --format keycloak'],
])('says which JSON is not CSV: %s', async (content, advice) => {
  const { unreadable } = await importText(app, content, { format: 'csv' });
  expect(unreadable).toBe(`the file is not CSV. It looks like ${advice}`);
});

describe('better-auth’s users and accounts in two lists', () => {
  const format = 'better-auth';
  const email = 'apart@shapes.example';
  const hash = `5f3c8e21a07b4d96:${'0'.repeat(128)}`;
  const user = [
    { id: 'u1', email },
    { id: 'u2', email: 'alone@shapes.example' },
  ];
  const account = [
    { id: 'a1', userId: 'u1', providerId: 'credential', accountId: 'u1', password: hash },
    { id: 'a2', userId: 'u1', providerId: 'google', accountId: 'apart' },
  ];

  test('are rejected: the users would silently lose their passwords', async () => {
    for (const tables of [
      { user, account },
      { session: [], accounts: account, users: user },
    ]) {
      const { unreadable, counts } = await importText(app, pretty(tables), { format });
      expect(unreadable).toMatch(/the list accounts? is apart from the users.* docs\/importing\.md/);
      expect(counts).toBeUndefined();
    }
    expect(await exportedAccounts(app)).not.toHaveProperty([email]);
  });

  test.skipIf(!findProgram('jq'))('are joined by the documented command', async () => {
    const documented = /^jq -c '(\(\.account [^']+)' tables\.json/m.exec(readFileSync('docs/importing.md', 'utf8'));
    const joined = execFileSync('jq', ['-c', documented?.[1] ?? ''], { input: pretty({ user, account }) });
    const { problems, counts } = await importText(app, joined, { format });
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ created: 2, identities: 1 });
    expect((await exportedAccounts(app))[email]).toMatchObject({ passwordHash: hash });
  });

  test('without the accounts it is reported that there are no passwords', async () => {
    const alone = [{ ...user[1], email: 'no-password@shapes.example' }];
    const reported = /^passwordHash: no account in the file has a password: docs\/importing\.md/;
    for (const file of [{ user: alone }, alone, { user: alone, account: [] }]) {
      const { notes, counts } = await importText(app, pretty(file), { format });
      expect(counts).toMatchObject({ rows: 1, refused: 0 });
      expect(notes).toContainEqual(expect.stringMatching(reported));
    }
    const joined = [{ ...user[0], email: 'with-password@shapes.example', accounts: [account[0]] }, user[1]];
    for (const [content, columns] of [
      [joined, {}],
      [alone, { passwordHash: '' }],
      [[], {}],
    ] as const) {
      const { notes } = await importText(app, pretty(content), { format, columns });
      expect(notes.join()).not.toMatch(reported);
      expect(notes.join()).not.toContain('passwordHash');
    }
  });

  test('are read if they are joined, or if there are no accounts', async () => {
    const joined = [{ ...user[0], accounts: account }];
    for (const file of [{ user: joined }, { user, account: [] }, joined])
      expect(await importText(app, pretty(file), { format })).toMatchObject({ unreadable: undefined });
  });
});
