import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { exportedAccounts, importText } from '../support/imports.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

type Fields = Record<string, unknown>;
const user = (pk: number | undefined, fields: Fields) => ({
  model: 'users.user',
  ...(pk !== undefined && { pk }),
  fields: { password: '!', last_login: null, ...fields },
});
const address = (owner: unknown, email: string, verified = true) => ({
  model: 'account.emailaddress',
  pk: email.length,
  fields: { user: owner, email, verified, primary: true },
});
const social = (owner: unknown, uid: string) => ({
  model: 'socialaccount.socialaccount',
  pk: uid.length,
  fields: { user: owner, provider: 'google', uid },
});
const importDump = (rows: unknown[], options = {}) =>
  importText(app, JSON.stringify(rows), { format: 'django', ...options });

describe('a dump with natural keys', () => {
  // dumpdata --natural-foreign: rows refer to users by USERNAME_FIELD, which the dump does not name.
  test.each([
    ['by user name', 'username', (name: string) => name],
    ['by address', 'email', (name: string) => `${name}@address.natural.example`],
    ['by number', 'phone', (name: string) => `+99890123${name === 'ada' ? '4001' : '4002'}`],
    ['by another column', 'staff_no', (name: string) => `E-${name}`],
  ])('keeps verified addresses and identities %s', async (title, column, write) => {
    const domain = `${column.replace('_', '')}.natural.example`;
    const email = (name: string) => (column === 'email' ? write(name) : `${name}@${domain}`);
    const person = (pk: number | undefined, name: string) =>
      user(pk, { username: name, first_name: name, email: email(name), [column]: write(name) });
    for (const isPrimary of [false, true]) {
      const natural = (name: string) => [write(name)];
      const { problems, counts } = await importDump([
        social(natural('ada'), `${title} ada`.replaceAll(' ', '-')),
        address(natural('ada'), email('ada')),
        person(isPrimary ? undefined : 1, 'ada'),
        person(isPrimary ? undefined : 2, 'bob'),
        address(natural('bob'), email('bob'), false),
      ]);
      expect(problems).toEqual([]);
      expect(counts).toMatchObject(isPrimary ? { present: 2 } : { created: 2, identities: 1 });
    }
    const exported = await exportedAccounts(app);
    expect(exported[email('ada')]).toMatchObject({ emailVerified: true, identities: [{ provider: 'google' }] });
    expect(exported[email('bob')]).toMatchObject({ emailVerified: false, identities: [] });
  });

  test('gives an identity to no account if the key could mean two, and names what it does not take', async () => {
    const { problems } = await importDump([
      user(1, { first_name: 'Ada', email: 'one@two.natural.example' }),
      user(2, { first_name: 'Ada', email: 'two@two.natural.example' }),
      social(['Ada'], 'of-two'),
      address(['tenant', 'ada'], 'three@two.natural.example'),
    ]);
    expect(problems).toEqual([
      '4,25,email,not the address of an imported account: other addresses are not imported,left out',
      '3,6,identities,its user was not imported,refused',
    ]);
  });

  test('has user names as keys if it has no primary keys', async () => {
    const { ids } = await importDump([user(undefined, { username: 'nokey', email: 'nokey@natural.example' })]);
    expect(Object.keys(ids)).toEqual(['nokey']);
  });
});

test.each([
  ['email_verified', { email_verified: true }, { emailVerified: true }],
  ['a time in email_verified_at', { email_verified_at: '2024-05-31T09:00:00Z' }, { emailVerified: true }],
  ['is_email_verified', { is_email_verified: false }, { emailVerified: false }],
  [
    'is_verified with an address',
    { is_verified: true, phone: '+998901234101' },
    { emailVerified: true, phoneVerified: false },
  ],
  [
    'phone_verified',
    { phone_number: '+998901234102', phone_verified: true },
    { phoneVerified: true, phone: '+998901234102' },
  ],
  ['is_phone_verified', { mobile: '+998901234103', is_phone_verified: true }, { phoneVerified: true }],
  ['created_at', { created_at: '2024-05-31T09:00:00Z' }, { createdAt: '2024-05-31T09:00:00.000Z' }],
  ['the second of two columns', { phone: '', phone_number: '+998901234104' }, { phone: '+998901234104' }],
  ['a company by name', { company: 'Orchard' }, { companyName: 'Orchard' }],
])('recognises %s', async (title, fields, expected) => {
  const email = `${title.replace(/[^a-z]+/g, '.')}@columns.example`;
  const { problems } = await importDump([user(1, { email, ...fields })]);
  expect(problems).toEqual([]);
  expect((await exportedAccounts(app))[email]).toMatchObject(expected);
});

test('is_verified is about the number if there is no address', async () => {
  const { problems } = await importDump([user(1, { email: '', phone: '+998901234105', is_verified: true })]);
  expect(problems).toEqual([]);
  expect((await exportedAccounts(app))['+998901234105']).toMatchObject({ phoneVerified: true, emailVerified: false });
});

test('each column and each model that is not imported is named once, a foreign key is not a name, and --map= silences', async () => {
  const rows = [
    user(1, {
      username: 'ada',
      email: 'ada@notes.example',
      company: 5,
      groups: [1],
      avatar: '',
      is_vip: false,
      score: 1,
    }),
    user(2, {
      username: 'bob',
      email: 'bob@notes.example',
      company: 6,
      groups: [],
      avatar: '',
      is_vip: false,
      locale: 'de',
    }),
    { model: 'auth.group', pk: 1, fields: { name: 'editors' } },
    { model: 'sessions.session', pk: 'x', fields: { session_data: 'x' } },
    { model: 'auth.group', pk: 2, fields: { name: 'readers' } },
    address(1, 'second@notes.example', false),
  ];
  const { notes, problems } = await importDump(rows, { columns: { locale: '' } });
  expect(notes.sort()).toEqual([
    'company: not imported: 2 rows have a value. --map can take it',
    'groups: not imported: 1 row has a value. --map can take it',
    'model auth.group: not imported: 2 rows',
    'model sessions.session: not imported: 1 row',
    'score: not imported: 1 row has a value. --map can take it',
    'username: not imported: 2 rows have a value. --map can take it',
  ]);
  expect(problems).toEqual([
    '6,20,email,not the address of an imported account: other addresses are not imported,left out',
  ]);
  expect((await exportedAccounts(app))['ada@notes.example']).toMatchObject({ companyName: null });
});

test('--map takes a user name as the address, the primary key as the id, and JSON columns', async () => {
  const pk = '6f9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d';
  const row = { ...user(1, { username: 'Name@mapped.example', profile: { company: { name: 'Orchard' } } }), pk };
  const { problems, ids } = await importDump([row], {
    columns: { email: 'username', id: 'pk', companyName: 'profile.company.name' },
  });
  expect(problems).toEqual([]);
  expect(ids).toEqual({ [pk]: pk });
  expect((await exportedAccounts(app))['name@mapped.example']).toMatchObject({ id: pk, companyName: 'Orchard' });
});

test('a primary key that is no UUID is only a key, even with --map id=pk', async () => {
  const { ids, notes } = await importDump([user(77, { email: 'number@mapped.example' })], { columns: { id: 'pk' } });
  expect(Object.keys(ids)).toEqual(['77']);
  expect(notes).toEqual([expect.stringMatching(/^id: 1 ids are not UUIDs.*--ids/)]);
});
