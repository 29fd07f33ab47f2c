import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserCountDocument, UsersDocument, type UsersQueryVariables } from '../../../schema/generated/graphql.ts';
import { parseEmail } from '../../../src/core/identifiers.ts';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { ids, listUsers, readAllPages, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { insertUsers } from '../../support/user-rows.ts';

let app: TestApp;
let staff: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  staff = await signInWithRoles(app, 'STAFF');
});
afterAll(() => app.close());

const searchUsers = async (search: string) => ids(await listUsers(staff, { filter: { search }, first: 100 }));

const countUsers = async (filter: UsersQueryVariables['filter']) =>
  (await staff.client.request(UserCountDocument, { filter: filter ?? null }, { token: staff.token })).users;

describe('filters of users', () => {
  test('find the domain of the address in any spelling, and only the whole domain', async () => {
    const rows = ['a@Dömain.example', 'b@xn--dmain-jua.example', 'c@sub.dömain.example', 'd@other.example'].map(
      (email) => ({
        email: parseEmail(email) ?? null,
      }),
    );
    const { ids: all, name } = await insertUsers(app, [...rows, {}]);
    const find = async (emailDomain: string) =>
      ids(await listUsers(staff, { filter: { emailDomain, search: name }, first: 100 })).sort();
    const [first = '', second = ''] = all;
    for (const text of [
      'dömain.example',
      'DÖMAIN.example',
      'xn--dmain-jua.example',
      '@dömain.example ',
      'Dömain。example',
    ])
      expect(await find(text)).toEqual([first, second].sort());
    for (const text of ['main.example', 'example', 'do main', '%', 'x'.repeat(300), '-.-', 'a@dömain.example'])
      expect(await find(text)).toEqual([]);
    expect(await countUsers({ emailDomain: 'dömain.example' })).toEqual({ totalCount: 2, totalCountIsEstimate: false });
  });

  test('find users with a permission, written exactly', async () => {
    const { ids: all, name } = await insertUsers(app, [
      { permissions: ['orders:read', 'orders:write'] },
      { permissions: ['orders:read'] },
      {},
    ]);
    const find = async (permission: string) =>
      ids(await listUsers(staff, { filter: { permission, search: name } })).sort();
    expect(await find('orders:read')).toEqual(all.slice(0, 2).sort());
    expect(await find('orders:write')).toEqual(all.slice(0, 1));
    for (const text of ['orders', 'ORDERS:READ', 'orders:read orders:write', '%', 'заказы'])
      expect(await find(text)).toEqual([]);
    const byPages = await readAllPages(staff, { filter: { permission: 'orders:read' }, first: 1 });
    expect(byPages.flat().sort()).toEqual(all.slice(0, 2).sort());
  });

  test('combine isActive, emailVerified, secondFactorRequired and role', async () => {
    const at = new Date();
    const email = (n: number) => `filter${n}@filter.example`;
    const { ids: all, name } = await insertUsers(app, [
      { email: email(1), emailVerifiedAt: at, secondFactorRequired: true },
      { email: email(2), isActive: false },
      { email: email(3), emailVerifiedAt: at, isActive: false, roles: ['STAFF'] },
      { roles: ['STAFF', 'ADMIN'] },
    ]);
    const numbers = async (filter: UsersQueryVariables['filter']) =>
      ids(await listUsers(staff, { filter: { ...filter, search: name } }))
        .map((id) => all.indexOf(id) + 1)
        .sort();
    expect(await numbers({})).toEqual([1, 2, 3, 4]);
    expect(await numbers({ isActive: true })).toEqual([1, 4]);
    expect(await numbers({ isActive: false })).toEqual([2, 3]);
    expect(await numbers({ emailVerified: true })).toEqual([1, 3]);
    expect(await numbers({ emailVerified: false })).toEqual([2, 4]);
    expect(await numbers({ role: 'STAFF' })).toEqual([3, 4]);
    expect(await numbers({ role: 'ADMIN' })).toEqual([4]);
    expect(await numbers({ secondFactorRequired: true })).toEqual([1]);
    expect(await numbers({ secondFactorRequired: false, isActive: true })).toEqual([4]);
    expect(await numbers({ role: 'STAFF', isActive: false, emailVerified: true })).toEqual([3]);
    // Without a search, other tests' users are among them.
    for (const filter of [{ isActive: false }, { emailVerified: true }, { role: 'STAFF' }] as const)
      expect(ids(await listUsers(staff, { filter, first: 100 }))).toContain(all[2]);
    await app.app.services.db.delete(users).where(eq(users.firstName, name)); // These administrators would count in other tests.
  });

  test('search matches the beginning of address, number, names and company in any letter case', async () => {
    const unique = newId(new Date()).slice(-8);
    const { ids: all } = await insertUsers(app, [
      { email: `lovelace.${unique}@search.example`, firstName: 'Ada', lastName: `Lovelace${unique}` },
      {
        phone: '+998901112233',
        firstName: 'Анна Мария',
        lastName: `Ёлкина${unique}`,
        companyName: `Orbit ${unique} Ltd`,
      },
    ]);
    const [ada, anna] = all;
    expect(await searchUsers(`lovelace.${unique}`)).toEqual([ada]);
    expect(await searchUsers(`  LOVELACE${unique} `)).toEqual([ada]);
    expect(await searchUsers(`ada lovelace${unique}`)).toEqual([ada]);
    expect(await searchUsers(`Lovelace${unique} Ad`)).toEqual([ada]);
    expect(await searchUsers('+998 (90) 111-22')).toEqual([anna]);
    expect(await searchUsers(`ёлкина${unique}`)).toEqual([anna]);
    expect(await searchUsers(`анна мария Ёлкина${unique}`)).toEqual([anna]);
    expect(await searchUsers(`orbit ${unique}`)).toEqual([anna]);
    expect(await searchUsers(`grace lovelace${unique}`)).toEqual([]);
    expect(await searchUsers('')).not.toEqual([]);
  });

  test.each([
    ['LIKE’s wildcard %', '%'],
    ['LIKE’s wildcard _', '_____'],
    ['a backslash', '\\'],
    ['a quote', "' or true --"],
    ['ten kilobytes', 'a'.repeat(10_240)],
    ['ten kilobytes of words', 'a '.repeat(5_120)],
    ['a regular expression', '.*'],
    ['a tsquery', 'a:* | b:* & !c'],
    ['right-to-left and zero width', '\u202eada\u200b'],
    ['the last character', '\u{10ffff}'],
    ['many words', 'a b c d e f g h i j k l m n o p'],
  ])('search treats special characters as text and finds no one: %s', async (_, search) => {
    expect(await searchUsers(search)).toEqual([]);
  });

  test('search rejects NUL in any spelling', async () => {
    const query = '{ users(filter: { search: "a\\u0000b" }) { totalCount } }';
    const spelt = await staff.client.post({ query }, { token: staff.token });
    expect(spelt).toMatchObject({ status: 400, data: undefined });
    const variables = { filter: { search: 'a\0b' } };
    expect(await staff.client.send(UsersDocument, variables, { token: staff.token })).toMatchObject({ status: 400 });
  });

  test('search pages through thousands of matches, and their count is an estimate', async () => {
    const prefix = 'Many';
    const { db } = app.app.services;
    await db.execute(sql`insert into users (id, first_name, created_at, updated_at)
      select gen_random_uuid(), ${prefix} || n, now() - interval '9 years' + n * interval '1 second', now()
      from generate_series(1, 6000) n`);
    await db.execute(sql`analyze users`);
    const page = await listUsers(staff, { filter: { search: prefix }, first: 3, orderBy: 'CREATED_AT_ASC' });
    expect(page.edges.map(({ node }) => node.firstName)).toEqual([1, 2, 3].map((n) => `${prefix}${n}`));
    const after = page.pageInfo.endCursor ?? null;
    const next = await listUsers(staff, { filter: { search: prefix }, first: 1, orderBy: 'CREATED_AT_ASC', after });
    expect(next.edges.map(({ node }) => node.firstName)).toEqual([`${prefix}4`]);

    expect(await countUsers({ search: prefix })).toMatchObject({ totalCountIsEstimate: true });
    expect(await countUsers({ search: `${prefix}60` })).toEqual({ totalCount: 12, totalCountIsEstimate: false });
    const all = await countUsers({});
    expect(all.totalCountIsEstimate).toBe(true);
    expect(all.totalCount).toBeGreaterThan(5_000);
    await db.execute(sql`delete from users where first_name like ${`${prefix}%`}`);
    await db.execute(sql`analyze users`);
  });

  test('the count is exact for few matches', async () => {
    const { name } = await insertUsers(app, [{}, {}, { isActive: false }]);
    expect(await countUsers({ search: name })).toEqual({ totalCount: 3, totalCountIsEstimate: false });
    expect(await countUsers({ search: name, isActive: false })).toEqual({ totalCount: 1, totalCountIsEstimate: false });
    expect(await countUsers({ search: 'no such name' })).toEqual({ totalCount: 0, totalCountIsEstimate: false });
  });
});
