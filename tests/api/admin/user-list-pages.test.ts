import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsersDocument, type UsersQueryVariables } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { ids, listUsers, readAllPages, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD } from '../../support/people.ts';
import { insertUsers } from '../../support/user-rows.ts';

let app: TestApp;
let staff: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  staff = await signInWithRoles(app, 'STAFF');
});
afterAll(() => app.close());

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
      const { ids: all, name } = await insertUsers(app, rows);
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
    const { ids: all, name } = await insertUsers(app, [
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
    const { ids: all, name } = await insertUsers(app, [{ lastLoginAt: day(1) }, {}, { lastLoginAt: day(3) }, {}]);
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
    const { ids: all, name } = await insertUsers(
      app,
      Array.from({ length: 12 }, () => ({})),
    );
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
    const { name } = await insertUsers(app, [{}, {}, {}]);
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
