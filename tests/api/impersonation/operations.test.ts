import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessList } from '../../../src/http/access.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { giveRoles, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { listOperations } from '../../support/documents.ts';
import { actAsUser, impersonate, ownSessions } from '../../support/impersonation.ts';
import { PASSWORD } from '../../support/people.ts';
import { WAYS_TO_SIGN_IN } from '../../support/recent-sign-in.ts';
import { isTokenAccepted, revokeSession } from '../../support/sessions.ts';

/** What an administrator who acts as a user may call. Changing this list changes what an impersonation can do. */
const ALLOWED = [
  'query me',
  'query verifyToken',
  'query node',
  'query health',
  'query settings',
  'query socialProviders',
  'mutation updateProfile',
  'mutation logout',
  'mutation logoutAll',
  'mutation revokeSession',
];

const schema = buildApiSchema();
const operations = listOperations(schema);
const access = accessList(schema);
const isAllowed = (name: string) => ALLOWED.includes(name);

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const actAs = async (id: string) => expectType(await impersonate(admin, id), 'Impersonation').accessToken;

test('every operation on the list exists', () => {
  expect(ALLOWED.filter((name) => !access.has(name))).toEqual([]);
});

describe('an administrator who acts as a user', () => {
  test.each(operations.filter(({ name }) => isAllowed(name)))('may call $name (T110)', async ({ document }) => {
    const { id } = await signInWithRoles(app);
    const { errors } = await app.client().post({ query: document }, { token: await actAs(id) });
    expect(errors).toEqual([]);
  });

  test.each(operations.filter(({ name }) => !isAllowed(name)))(
    'may not call $name, even if the user has every role (T110)',
    async ({ name, document }) => {
      const { id } = await signInWithRoles(app);
      const token = await actAs(id);
      await giveRoles(app, id, 'STAFF', 'ADMIN');
      const { data, errors } = await app.client().post({ query: document }, { token });
      const field = Object.values(data ?? {})[0];
      if (errors.length > 0)
        expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'IMPERSONATION' });
      else expect(field).toEqual({ __typename: 'ReauthenticationRequired' });
      if (access.get(name) === 'STAFF' || access.get(name) === 'ADMIN') expect(errors).toHaveLength(1);
    },
  );

  test.each(Object.entries(WAYS_TO_SIGN_IN))(
    'is asked for a recent sign-in by %s, with the right password, too, and can do nothing about it (T110)',
    async (_, { call, accepts }) => {
      const { id } = await signInWithRoles(app);
      const token = await actAs(id);
      for (const password of accepts ? [undefined, PASSWORD] : [undefined]) {
        const { data, errors } = await app.client().post({ query: `mutation { ${call(password)} }` }, { token });
        expect(errors).toEqual([]);
        expect(Object.values(data ?? {})).toEqual([{ __typename: 'ReauthenticationRequired', methods: [] }]);
      }
    },
  );

  test('cannot reauthenticate, even with the right password (T110)', async () => {
    const { id } = await signInWithRoles(app);
    const query = `mutation { reauthenticate(input: { password: "${PASSWORD}" }) { __typename } }`;
    const { errors } = await app.client().post({ query }, { token: await actAs(id) });
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'IMPERSONATION' });
  });

  test('may not read other users, whatever roles the user gets (T110)', async () => {
    const { ada, token } = await actAsUser(app, admin);
    await giveRoles(app, ada.id, 'STAFF', 'ADMIN');
    const query = `{ user(id: "${admin.id}") { id } }`;
    const { errors } = await app.client().post({ query }, { token });
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'IMPERSONATION' });
  });

  test('sees what the user sees', async () => {
    const { ada, token, sessionId } = await actAsUser(app, admin);
    const sessions = await ownSessions({ client: app.client(), token });
    expect(sessions.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
      [sessionId, true],
      [ada.session.session.id, false],
    ]);
  });

  test.each([
    ['logout', 'mutation { logout { ... on LoggedOut { sessionsEnded } } }', 1],
    ['logoutAll', 'mutation { logoutAll { ... on LoggedOut { sessionsEnded } } }', 2],
  ])(
    'ends the impersonation with %s, never the own session whose cookie the browser has (T110)',
    async (name, query, count) => {
      const { token } = await actAsUser(app, admin);
      const client = app.client();
      const own = await signInWithCookie(client.ip);
      // The second time, the impersonation has already ended.
      for (const expected of name === 'logout' ? [count, 0] : [count]) {
        const { response, body } = await post({ query }, client.ip, {
          cookie: own.cookie,
          authorization: `Bearer ${token}`,
        });
        expect(body.data[name]).toEqual({ sessionsEnded: expected });
        expect(response.headers.get('set-cookie')).toBeNull();
        expect(await isTokenAccepted(client, token)).toBe(false);
        expect(await isTokenAccepted(client, own.accessToken)).toBe(true);
      }
    },
  );
});

test('the user can end the impersonation like any session (T110)', async () => {
  const { ada, token, sessionId } = await actAsUser(app, admin);
  expectType(await revokeSession(ada.client, ada.token, sessionId), 'LoggedOut');
  expect(await isTokenAccepted(ada.client, token)).toBe(false);
});

async function signInWithCookie(ip: string) {
  const input = { identifier: admin.email, password: PASSWORD, transport: 'COOKIE' };
  const query = 'mutation ($input: LoginInput!) { login(input: $input) { ... on Authenticated { accessToken } } }';
  const { response, body } = await post({ query, variables: { input } }, ip);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { cookie, accessToken: String(body.data.login?.accessToken) };
}

async function post(request: object, ip: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip, ...headers },
    body: JSON.stringify(request),
  });
  return { response, body: (await response.json()) as { data: Record<string, Record<string, unknown>> } };
}
