import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserCountDocument, UsersDocument, type UsersQueryVariables } from '../../../schema/generated/graphql.ts';
import { parseEmail } from '../../../src/core/identifiers.ts';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { ids, listUsers, readAllPages, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD } from '../../support/people.ts';

let app: TestApp;
let staff: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  staff = await signInWithRoles(app, 'STAFF');
});
afterAll(() => app.close());

type Row = Partial<typeof users.$inferInsert>;
let made = 0;

/** Inserts users who share a first name that is used nowhere else. */
async function insertUsers(rows: readonly Row[]): Promise<{ ids: string[]; name: string }> {
  made += 1;
  const name = `Crowd${String(made).padStart(3, '0')}`;
  const at = new Date('2020-01-01T00:00:00.000Z');
  const full = rows.map((row) => ({ id: newId(new Date()), firstName: name, createdAt: at, updatedAt: at, ...row }));
  await app.app.services.db.insert(users).values(full);
  return { ids: full.map(({ id }) => id), name };
}

const searchUsers = async (search: string) => ids(await listUsers(staff, { filter: { search }, first: 100 }));

const countUsers = async (filter: UsersQueryVariables['filter']) =>
  (await staff.client.request(UserCountDocument, { filter: filter ?? null }, { token: staff.token })).users;

describe('pages of users', () => {
  test.each([
    'CREATED_AT_ASC',
    'CREATED_AT_DESC',
    'EMAIL_ASC',
    'EMAIL_DESC',
    'LAST_LOGIN_AT_ASC',
    'LAST_LOGIN_AT_DESC',
  ] as const)(
    'by %s contain each of many users created in the same millisecond once, in both directions',
    async (orderBy) => {
      const rows = Array.from({ length: 23 }, (_, index) =>
        index % 3 === 0 ? {} : { email: `${newId(new Date())}@tie.example` },
      );
      const { ids: all, name } = await insertUsers(rows);
      const forward = await readAllPages(staff, { filter: { search: name }, orderBy, first: 5 });
      expect(forward.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
      expect(forward.flat().sort()).toEqual([...all].sort());
      const backward = await readAllPages(staff, { filter: { search: name }, orderBy, last: 5 }, true);
      expect(backward.map((page) => page.length)).toEqual([5, 5, 5, 5, 3]);
      expect(backward.reverse().flat()).toEqual(forward.flat());
    },
  );

  test('are sorted by creation or address, in both directions', async () => {
    const day = (number: number) => new Date(`2021-01-0${number}T00:00:00.000Z`);
    const { ids: all, name } = await insertUsers([
      { email: 'b@order.example', createdAt: day(1) },
      { email: 'a@order.example', createdAt: day(3) },
      { createdAt: day(2) },
    ]);
    const [b, a, none] = all;
    const sorted = async (orderBy: UsersQueryVariables['orderBy']) =>
      ids(await listUsers(staff, { filter: { search: name }, orderBy: orderBy ?? null }));
    expect(await sorted('CREATED_AT_ASC')).toEqual([b, none, a]);
    expect(await sorted('CREATED_AT_DESC')).toEqual([a, none, b]);
    expect(await sorted('EMAIL_ASC')).toEqual([none, a, b]);
    expect(await sorted('EMAIL_DESC')).toEqual([b, a, none]);
  });

  test('by last sign-in have the users who never signed in first when ascending, and last when descending', async () => {
    const day = (number: number) => new Date(`2021-02-0${number}T00:00:00.000Z`);
    const { ids: all, name } = await insertUsers([{ lastLoginAt: day(1) }, {}, { lastLoginAt: day(3) }, {}]);
    const [early, never, late, neverEither] = all;
    const pages = (orderBy: UsersQueryVariables['orderBy'], backward = false) =>
      readAllPages(
        staff,
        { filter: { search: name }, orderBy: orderBy ?? null, ...(backward ? { last: 1 } : { first: 1 }) },
        backward,
      );
    const ascending = [never, neverEither, early, late];
    expect((await pages('LAST_LOGIN_AT_ASC')).flat()).toEqual(ascending);
    expect((await pages('LAST_LOGIN_AT_DESC')).flat()).toEqual([...ascending].reverse());
    expect((await pages('LAST_LOGIN_AT_DESC', true)).flat()).toEqual(ascending);
  });

  test('by last sign-in follow a sign-in, and a removal of the time', async () => {
    const [ada, grace] = [await signInWithRoles(app), await signInWithRoles(app)];
    const latest = async () => ids(await listUsers(staff, { orderBy: 'LAST_LOGIN_AT_DESC', first: 2 }));
    expect(await latest()).toEqual([grace.id, ada.id]);
    await sleep(5); // Another millisecond.
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expect(await latest()).toEqual([ada.id, grace.id]);
    await app.app.services.db.update(users).set({ lastLoginAt: null }).where(eq(users.id, ada.id));
    expect(await latest()).not.toContain(ada.id);
  });

  test('contain each earlier user once while others are inserted and deleted', async () => {
    const { ids: all, name } = await insertUsers(Array.from({ length: 12 }, () => ({})));
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await listUsers(staff, { filter: { search: name }, first: 4, after });
      seen.push(...ids(page));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor ?? null;
      const at = new Date('2022-01-01T00:00:00.000Z');
      const { db } = app.app.services;
      await db.insert(users).values({ id: newId(new Date()), firstName: name, createdAt: at, updatedAt: at });
      await db.delete(users).where(eq(users.id, seen.at(-1) ?? '')); // Deletes the row of the cursor.
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort()).toEqual([...all].sort());
  });

  test('say whether there are more', async () => {
    const { name } = await insertUsers([{}, {}, {}]);
    const first = await listUsers(staff, { filter: { search: name }, first: 2 });
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.pageInfo.endCursor).toBe(first.edges[1]?.cursor);
    const rest = await listUsers(staff, {
      filter: { search: name },
      first: 2,
      after: first.pageInfo.endCursor ?? null,
    });
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const none = await listUsers(staff, { filter: { search: 'no such name' } });
    expect(none).toMatchObject({ edges: [], pageInfo: { startCursor: null, endCursor: null, hasNextPage: false } });
  });

  test.each<[string, UsersQueryVariables]>([
    ['no rows', { first: 0 }],
    ['fewer than none', { first: -1 }],
    ['too many rows', { first: 101 }],
    ['too many rows backward', { last: 1000 }],
    ['both directions', { last: 5, after: 'x' }],
    ['before without last', { before: 'x' }],
    ['a cursor that is none', { after: 'x' }],
    ['a cursor of megabytes', { after: 'A'.repeat(30_000) }],
    ['a cursor with a wrong moment', { after: cursor('created', 'now()', true) }],
    ['a cursor with a moment that is none', { after: cursor('created', '2026-99-99T00:00:00.000Z', true) }],
    ['a cursor with a day that is none', { after: cursor('created', '2026-02-30T00:00:00.000Z', true) }],
    ['a cursor with the year 0', { after: cursor('created', '0000-01-01T00:00:00.000Z', true) }],
    ['a cursor with a wrong id', { after: cursor('created', '2026-01-01T00:00:00.000Z', false) }],
    ['a cursor with NUL', { after: cursor('email', 'a\0b', true), orderBy: 'EMAIL_ASC' }],
    ['a cursor of another order', { after: cursor('email', 'a@b.example', true) }],
    ['a cursor of a sign-in at no time', { after: cursor('login', 'infinity', true), orderBy: 'LAST_LOGIN_AT_ASC' }],
    ['a cursor of never in another order', { after: cursor('created', '-infinity', true) }],
    ['a cursor of another list', { after: cursor('event', '2026-01-01T00:00:00.000Z', true) }],
  ])('reject %s', async (_, variables) => {
    const { data, errors } = await staff.client.send(UsersDocument, variables, { token: staff.token });
    expect(data ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

function cursor(kind: string, key: string, isId: boolean): string {
  const id = isId ? '00000000-0000-7000-8000-000000000000' : "' or true --";
  return Buffer.from(JSON.stringify([kind, key, id])).toString('base64url');
}

describe('filters of users', () => {
  test('find the domain of the address in any spelling, and only the whole domain', async () => {
    const rows = ['a@Dömain.example', 'b@xn--dmain-jua.example', 'c@sub.dömain.example', 'd@other.example'].map(
      (email) => ({
        email: parseEmail(`${made}${email}`) ?? null,
      }),
    );
    const { ids: all, name } = await insertUsers([...rows, {}]);
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
    const { ids: all, name } = await insertUsers([
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
    const email = (n: number) => `filter${n}.${made}@filter.example`;
    const { ids: all, name } = await insertUsers([
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
    const { ids: all } = await insertUsers([
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
    const prefix = `Many${made}`;
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
    const { name } = await insertUsers([{}, {}, { isActive: false }]);
    expect(await countUsers({ search: name })).toEqual({ totalCount: 3, totalCountIsEstimate: false });
    expect(await countUsers({ search: name, isActive: false })).toEqual({ totalCount: 1, totalCountIsEstimate: false });
    expect(await countUsers({ search: 'no such name' })).toEqual({ totalCount: 0, totalCountIsEstimate: false });
  });
});
