import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { deactivate } from '../../support/accounts.ts';
import { giveRoles, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import type { ApiClient } from '../../support/client.ts';

let app: TestApp;
let [ada, eve, staff]: UserWithRoles[] = [];
beforeAll(async () => {
  app = await startApp({ FEDERATION: 'on', LOGIN_BUDGET_IP: '1000/15m' });
  [ada, eve, staff] = [await signInWithRoles(app), await signInWithRoles(app), await signInWithRoles(app, 'STAFF')];
});
afterAll(() => app.close());

interface Caller {
  client: ApiClient;
  token?: string;
}
const anonymous = (): Caller => ({ client: app.client() });
const known = (user: UserWithRoles | undefined) => user ?? expect.fail('has signed in');

const QUERY = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${fields} } } }`;

async function entities({ client, token }: Caller, ids: readonly unknown[], fields = '__typename id email') {
  const representations = ids.map((id) => ({ __typename: 'User', id }));
  const { status, data, errors } = await client.post(
    { query: QUERY(fields), variables: { representations } },
    { token },
  );
  const found = (data as { _entities: unknown[] } | null | undefined)?._entities;
  return { status, found, errors: errors.map(({ path, extensions }) => [path?.[1], extensions.code]) };
}

const show = ({ id, email }: UserWithRoles) => ({ __typename: 'User', id, email });

test('a subgraph runs no feature of Apollo Server by default: its log has no line of it', () => {
  expect(app.logged.filter((line) => line.includes('apollo server'))).toEqual([]);
});

describe('_entities', () => {
  test('gives anonymous callers the id only, whether the user exists or not (T19, T20)', async () => {
    const ids = [known(ada).id, newId(new Date())];
    expect(await entities(anonymous(), ids, '__typename id')).toEqual({
      status: 200,
      found: ids.map((id) => ({ __typename: 'User', id })),
      errors: [],
    });
    const refused = { status: 200, found: [null, null], errors: ids.map((_, index) => [index, 'UNAUTHENTICATED']) };
    for (const fields of [
      'email',
      'id createdAt',
      'sessions { id }',
      '...f } } } fragment f on User { id ... on User { ... on User { roles',
    ])
      expect(await entities(anonymous(), ids, fields)).toEqual(refused);
  });

  test('does not count a field that the query leaves out', async () => {
    const fields = 'id email @include(if: false) ... on User @skip(if: true) { phone }';
    expect(await entities(anonymous(), [known(ada).id], fields)).toMatchObject({ errors: [] });
  });

  test('shows users themselves, and nothing else about others, whether they exist or not (T20)', async () => {
    const ids = [known(ada).id, known(eve).id, newId(new Date()), 'x'];
    expect(await entities(known(ada), ids)).toEqual({
      status: 200,
      found: [show(known(ada)), null, null, null],
      errors: [1, 2, 3].map((index) => [index, 'FORBIDDEN']),
    });
  });

  test.each(['STAFF', 'ADMIN'] as const)('shows %s every user, in the order of the references', async (role) => {
    const caller = await signInWithRoles(app, role);
    const ids = [known(eve).id, newId(new Date()), known(ada).id.toUpperCase(), 'x', known(eve).id, caller.id];
    expect(await entities(caller, ids)).toEqual({
      status: 200,
      found: [show(known(eve)), null, show(known(ada)), null, show(known(eve)), show(caller)],
      errors: [],
    });
  });

  test('keeps the rules of the fields: staff see no events of a user', async () => {
    const { found, errors } = await entities(known(staff), [known(ada).id], 'id securityEvents { nodes { id } }');
    expect([found, errors]).toEqual([[null], [[0, 'FORBIDDEN']]]);
  });

  test('follows a change of roles and a deactivation at once', async () => {
    const caller = await signInWithRoles(app, 'STAFF');
    await giveRoles(app, caller.id);
    expect((await entities(caller, [known(ada).id])).errors).toEqual([[0, 'FORBIDDEN']]);
    await deactivate(app, caller.id);
    expect(await entities(caller, [caller.id])).toMatchObject({ status: 401, errors: [[0, 'UNAUTHENTICATED']] });
  });

  test('returns 401 for a refused token, so that the client refreshes it', async () => {
    const { status, errors } = await entities({ client: app.client(), token: 'x.y.z' }, [known(ada).id]);
    expect([status, errors]).toEqual([401, [[0, 'UNAUTHENTICATED']]]);
  });

  test('requires a second factor of administrators where the setting does, and never to see oneself', async () => {
    const strict = await startApp({ FEDERATION: 'on', ADMIN_SECOND_FACTOR: 'required' });
    try {
      const [user, admin] = [await signInWithRoles(strict), await signInWithRoles(strict, 'ADMIN')];
      expect(await entities(admin, [admin.id, user.id])).toEqual({
        status: 200,
        found: [show(admin), null],
        errors: [[1, 'FORBIDDEN']],
      });
    } finally {
      await strict.close();
    }
  });

  test('a reference to another user is no audit event', async () => {
    const caller = await signInWithRoles(app);
    await entities(caller, [known(ada).id]);
    expect(app.logged.filter((line) => line.includes('_entities') && line.includes('"audit"'))).toEqual([]);
  });

  test.each([
    ['another type', { __typename: 'Session', id: 'x' }],
    ['no type', { id: 'x' }],
    ['no id', { __typename: 'User' }],
    ['an id that is no text', { __typename: 'User', id: { $gt: '' } }],
    ['a text', 'User'],
    ['nothing', null],
  ])('rejects %s', async (_, representation) => {
    const variables = { representations: [representation] };
    const { data, errors } = await app.client().post({ query: QUERY('id'), variables });
    expect([data ?? null, errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['BAD_USER_INPUT']]);
    const literal = JSON.stringify(representation)
      .replaceAll(/"(\w+)":/g, '$1:')
      .replace('$gt', 'gt');
    const query = `{ _entities(representations: [${literal}]) { ... on User { id } } }`;
    const inline = await app.client().post({ query });
    expect([inline.status, inline.data ?? null]).toEqual([400, null]);
  });

  test('accepts a literal and a single reference', async () => {
    const query = `{ _entities(representations: { __typename: "User", id: "${known(ada).id}" }) { ... on User { id } } }`;
    expect(await app.client().post({ query })).toMatchObject({
      data: { _entities: [{ id: known(ada).id }] },
      errors: [],
    });
  });
});

describe('the size of a response', () => {
  const ids = (count: number) => Array.from({ length: count }, () => newId(new Date()));

  test('allows what routers send: 500 users with a few fields (T96)', async () => {
    const { status, found } = await entities(anonymous(), ids(500), '__typename id email firstName');
    expect([status, found?.length]).toEqual([200, 500]);
  });

  test('counts each reference (T96)', async () => {
    const many = await entities(known(staff), ids(300), 'id sessions { id device ipAddress }');
    expect([many.status, many.found]).toEqual([400, undefined]);
    expect(await entities(known(staff), ids(20), 'id sessions { id device ipAddress }')).toMatchObject({ status: 200 });
  });

  test('is never more than the estimate, even if every reference is refused (T96)', async () => {
    const representations = ids(800).map((id) => ({ __typename: 'User', id }));
    const query = `query ($representations: [_Any!]!) { ${Array.from({ length: 10 }, (_, i) => `a${i}: _entities(representations: $representations) { ... on User { roles } }`).join(' ')} }`;
    const { status, data } = await app.client().post({ query, variables: { representations } });
    expect([status, data ?? null]).toEqual([400, null]);
  });

  test('does not return a long text in place of an ID, twenty times (T96)', async () => {
    const fields = Array.from({ length: 9 }, (_, index) => `b${index}: id`).join(' ');
    const query = `query ($representations: [_Any!]!) { ${Array.from({ length: 9 }, (_, i) => `a${i}: _entities(representations: $representations) { ... on User { id } }`).join(' ')} c: _entities(representations: $representations) { ... on User { ${fields} } } }`;
    const representations = [{ __typename: 'User', id: 'x'.repeat(60_000) }];
    const { errors, data } = await app.client().post({ query, variables: { representations } });
    expect([errors, JSON.stringify(data).length]).toEqual([[], expect.any(Number)]);
    expect(JSON.stringify(data).length).toBeLessThan(1024);
  });

  test('limits the schema, too (T96)', async () => {
    const query = `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: _service { a: sdl b: sdl }`).join(' ')} }`;
    expect(await app.client().post({ query })).toMatchObject({ status: 400 });
  });
});

describe('_service', () => {
  test('prints the schema to anyone, also where introspection is off', async () => {
    const closed = await startApp({ FEDERATION: 'on', FEDERATION_PREFIX: 'Auth', INTROSPECTION: 'off' });
    try {
      const { data, errors } = await closed.client().post({ query: '{ _service { sdl } }' });
      expect(errors).toEqual([]);
      const { sdl } = (data as { _service: { sdl: string } })._service;
      expect(sdl).toContain('type User @key(fields: "id") {');
      expect(sdl).not.toMatch(/_entities|_service|_Any/);
      const health = await closed.client().post({ query: '{ __typename authHealth { __typename status } }' });
      expect(health.data).toEqual({ __typename: 'Query', authHealth: { __typename: 'AuthHealth', status: 'UP' } });
      const login = `mutation { authLogin(input: { identifier: "a@b.example", password: "x" }) { __typename } }`;
      expect(await closed.client().post({ query: login })).toMatchObject({
        data: { authLogin: { __typename: 'AuthInvalidCredentials' } },
      });
      const hidden = await closed.client().post({ query: '{ __schema { queryType { name } } }' });
      expect(hidden.status).toBe(400);
    } finally {
      await closed.close();
    }
  });

  test('does not exist by default, nor do entities', async () => {
    const plain = await startApp();
    try {
      for (const query of ['{ _service { sdl } }', '{ _entities(representations: []) { __typename } }'])
        expect(await plain.client().post({ query })).toMatchObject({ status: 400 });
    } finally {
      await plain.close();
    }
  });
});
