import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import {
  auditEvents,
  createUser,
  deleteUser,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { uniqueEmail } from '../../support/people.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const PLAN = { plan: 'pro', seats: 5, tags: ['a', 'б'], nested: { on: true, nothing: null } };
const NOTE = { note: 'pays late' };

const QUERY = '{ me { id publicMetadata privateMetadata } }';
const ask = async ({ client, token }: Pick<UserWithRoles, 'client' | 'token'>, query = QUERY) =>
  client.post({ query }, { token });

describe('metadata', () => {
  test('is empty at first', async () => {
    const { id } = await insertAccount(app);
    const query = `{ user(id: "${id}") { publicMetadata privateMetadata } }`;
    expect(await ask(admin, query)).toMatchObject({
      data: { user: { publicMetadata: {}, privateMetadata: {} } },
      errors: [],
    });
  });

  test('can be given to a new account and is replaced as a whole; null leaves it unchanged', async () => {
    const given = { publicMetadata: PLAN, privateMetadata: NOTE };
    const created = expectType(await createUser(admin, { email: uniqueEmail(), ...given }), 'AdminUser').user;
    expect(created).toMatchObject(given);
    const change = async (input: object) => expectType(await updateUser(admin, created.id, input), 'AdminUser').user;
    expect(await change({ publicMetadata: { plan: 'free' }, privateMetadata: null })).toMatchObject({
      publicMetadata: { plan: 'free' },
      privateMetadata: NOTE,
    });
    expect((await change({ publicMetadata: {} })).publicMetadata).toEqual({});
    expect((await change({ privateMetadata: {}, firstName: 'Ada' })).privateMetadata).toEqual({});
  });

  test('can be a literal of the document, with variables inside', async () => {
    const { id } = await insertAccount(app);
    const query = `mutation ($plan: String) {
      updateUser(id: "${id}", input: { publicMetadata: { plan: $plan, seats: 5, rate: 1.5, tags: ["a"], on: true, none: null } }) {
        ... on AdminUser { user { publicMetadata } }
      }
    }`;
    const { data, errors } = await admin.client.post({ query, variables: { plan: 'pro' } }, { token: admin.token });
    expect({ data, errors }).toEqual({
      data: {
        updateUser: {
          user: { publicMetadata: { plan: 'pro', seats: 5, rate: 1.5, tags: ['a'], on: true, none: null } },
        },
      },
      errors: [],
    });
  });

  test('that is private is shown to administrators only, and null for the user and for staff', async () => {
    const [ada, staff] = [await signInWithRoles(app), await signInWithRoles(app, 'STAFF')];
    await updateUser(admin, ada.id, { publicMetadata: PLAN, privateMetadata: NOTE });
    expect(await ask(ada)).toMatchObject({
      data: { me: { publicMetadata: PLAN, privateMetadata: null } },
      errors: [],
    });
    const query = `{ user(id: "${ada.id}") { publicMetadata privateMetadata } }`;
    expect(await ask(staff, query)).toMatchObject({
      data: { user: { publicMetadata: PLAN, privateMetadata: null } },
      errors: [],
    });
    expect(await showUser(admin, ada.id)).toMatchObject({ publicMetadata: PLAN, privateMetadata: NOTE });
    const refusals = await auditEvents(admin, { filter: { userId: ada.id, kind: 'access' } });
    expect(refusals.nodes).toEqual([]);
  });

  test('that is private is null for an administrator whose role was removed', async () => {
    const former = await signInWithRoles(app, 'ADMIN');
    await updateUser(admin, former.id, { privateMetadata: NOTE });
    expect(await ask(former)).toMatchObject({ data: { me: { privateMetadata: NOTE } } });
    await updateUser(admin, former.id, { roles: [] });
    expect(await ask(former)).toMatchObject({ data: { me: { privateMetadata: null } } });
  });

  test.each<[string, Record<string, unknown>, string, number | null]>([
    ['of more than 4,096 bytes', { text: 'x'.repeat(4096 - '{"text":""}'.length + 1) }, 'TOO_LONG', 4096],
    ['of more than 4,096 bytes in UTF-8', { text: 'я'.repeat(2043) }, 'TOO_LONG', 4096],
    ['nested more than ten levels deep', nest(11), 'INVALID_FORMAT', 10],
    ['nested thousands of levels deep', nest(3000), 'INVALID_FORMAT', 10],
    ['with the name constructor', { inner: [{ constructor: 1 }] }, 'INVALID_FORMAT', null],
    ['with the name prototype', { prototype: {} }, 'INVALID_FORMAT', null],
    ['with an integer that would be rounded', { id: 2 ** 53 }, 'INVALID_FORMAT', null],
  ])('%s is rejected with the field and changes nothing', async (_, value, code, limit) => {
    const { id } = await insertAccount(app);
    for (const field of ['publicMetadata', 'privateMetadata'] as const) {
      const input = { [field]: value, firstName: 'Changed' };
      const variables = { id, input };
      const query = `mutation ($id: ID!, $input: UpdateUserInput!) {
        updateUser(id: $id, input: $input) { __typename ... on InvalidInput { fields { path code limit message } } }
      }`;
      const { data, errors } = await admin.client.post({ query, variables }, { token: admin.token });
      expect(errors).toEqual([]);
      expect(data).toMatchObject({
        updateUser: { __typename: 'InvalidInput', fields: [{ path: field, code, limit }] },
      });
      const created = await createUser(admin, { email: uniqueEmail(), [field]: value });
      expect(expectType(created, 'InvalidInput').fields).toMatchObject([{ path: field, code }]);
    }
    expect(await showUser(admin, id)).toMatchObject({ firstName: null, publicMetadata: {}, privateMetadata: {} });
  });

  test.each([
    ['the name __proto__', '{ "__proto__": { "role": "admin" } }'],
    ['the names constructor and prototype', '{ "constructor": { "prototype": {} } }'],
    ['a lone surrogate', '{ "text": "\\ud800" }'],
    ['a NUL', '{ "text": "\\u0000" }'],
  ])('a request with %s in a variable is refused as a whole', async (_, json) => {
    const { id } = await insertAccount(app);
    const query =
      'mutation ($id: ID!, $data: JSONObject) { updateUser(id: $id, input: { publicMetadata: $data }) { __typename } }';
    const body = `{ "query": ${JSON.stringify(query)}, "variables": { "id": "${id}", "data": ${json} } }`;
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.token}` },
      body,
    });
    expect(response.status).toBe(400);
    expect(await showUser(admin, id)).toMatchObject({ publicMetadata: {} });
  });

  test.each([
    ['a literal with __proto__', '{ __proto__: { a: 1 } }'],
    ['a literal with a NUL', '{ a: "\\\\u0000" }'.replaceAll('\\\\', '\\')],
    ['a literal with an integer that would be rounded', '{ a: 12345678901234567890 }'],
    ['a literal with an infinite number', '{ a: 1e999 }'],
  ])('%s is rejected', async (_, literal) => {
    const { id } = await insertAccount(app);
    const query = `mutation { updateUser(id: "${id}", input: { publicMetadata: ${literal} }) {
      __typename ... on InvalidInput { fields { path code } }
    } }`;
    const { data } = await admin.client.post({ query }, { token: admin.token });
    if (data)
      expect(data).toEqual({
        updateUser: { __typename: 'InvalidInput', fields: [{ path: 'publicMetadata', code: 'INVALID_FORMAT' }] },
      });
    expect(await showUser(admin, id)).toMatchObject({ publicMetadata: {} });
  });

  test.each(['[1]', '"text"', '1', 'true'])('%s is no JSON object: the request is refused', async (value) => {
    const { id } = await insertAccount(app);
    const query = `mutation { updateUser(id: "${id}", input: { publicMetadata: ${value} }) { __typename } }`;
    const literal = await admin.client.post({ query }, { token: admin.token });
    expect(literal.errors).toHaveLength(1);
    const withVariable = `mutation ($data: JSONObject) { updateUser(id: "${id}", input: { publicMetadata: $data }) { __typename } }`;
    const variables = { data: JSON.parse(value) };
    const { errors } = await admin.client.post({ query: withVariable, variables }, { token: admin.token });
    expect(errors).toHaveLength(1);
  });

  test('of exactly 4,096 bytes and ten levels is accepted and returned as it was given', async () => {
    const { id } = await insertAccount(app);
    const text = 'x'.repeat(4096 - '{"text":""}'.length);
    const { user } = expectType(
      await updateUser(admin, id, { publicMetadata: { text }, privateMetadata: nest(10) }),
      'AdminUser',
    );
    expect(user).toMatchObject({ publicMetadata: { text }, privateMetadata: nest(10) });
  });

  test('is recorded in the audit log by name, never by value', async () => {
    const { id } = await insertAccount(app);
    await updateUser(admin, id, { publicMetadata: { a: 'confidential' }, privateMetadata: { b: 'confidential' } });
    await updateUser(admin, id, { publicMetadata: { a: 'confidential' } }); // Changes nothing.
    const { nodes } = await auditEvents(admin, { filter: { userId: id, kind: 'user-update' } });
    expect(nodes).toMatchObject([{ facts: [{ name: 'changed', value: 'publicMetadata,privateMetadata' }] }]);
    expect(app.logged.join('\n')).not.toContain('confidential');
  });

  test('is deleted with the account', async () => {
    const { id } = await insertAccount(app);
    await updateUser(admin, id, { publicMetadata: PLAN });
    expectType(await deleteUser(admin, id), 'AdminUser');
    expect(await app.app.services.metadata.of(id)).toEqual({ publicMetadata: {}, privateMetadata: {} });
  });
});

/** An object with objects inside each other. */
function nest(levels: number): Record<string, unknown> {
  let inner: Record<string, unknown> = {};
  for (let level = 1; level < levels; level++) inner = { inner };
  return inner;
}
