import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NodeDocument } from '../../../schema/generated/graphql.ts';
import { newId } from '../../../src/core/ids.ts';
import { deactivate } from '../../support/accounts.ts';
import { endSessions, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
});
afterAll(() => app.close());

const fetchNode = async ({ client, token }: Pick<UserWithRoles, 'client' | 'token'>, id: string) =>
  (await client.request(NodeDocument, { id }, { token })).node;

const idOfSession = ({ session }: UserWithRoles) => session.session.id;

describe('node', () => {
  test('shows users themselves and their own sessions', async () => {
    const ada = await signInWithRoles(app);
    expect(await fetchNode(ada, ada.id)).toMatchObject({ __typename: 'User', id: ada.id, email: ada.email });
    expect(await fetchNode(ada, ada.id.toUpperCase())).toMatchObject({ __typename: 'User', id: ada.id });
    const session = { __typename: 'Session', id: idOfSession(ada), isCurrent: true };
    expect(await fetchNode(ada, idOfSession(ada))).toMatchObject(session);
  });

  test.each(['STAFF', 'ADMIN'] as const)('shows %s any user and any live session', async (role) => {
    const [ada, staff] = [await signInWithRoles(app), await signInWithRoles(app, role)];
    expect(await fetchNode(staff, ada.id)).toMatchObject({ __typename: 'User', id: ada.id });
    expect(await fetchNode(staff, idOfSession(ada))).toMatchObject({ __typename: 'Session', isCurrent: false });
    expect(await fetchNode(staff, newId(new Date()))).toBeNull();
  });

  test('is null for another user’s account and session, as for an ID that does not exist (T20)', async () => {
    const [ada, eve] = [await signInWithRoles(app), await signInWithRoles(app)];
    const respond = async (id: string) => {
      const { status, data, errors } = await eve.client.send(NodeDocument, { id }, { token: eve.token });
      return { status, data, errors };
    };
    const absent = await respond(newId(new Date()));
    expect(absent).toEqual({ status: 200, data: { node: null }, errors: [] });
    for (const id of [ada.id, idOfSession(ada), '', 'x', `${ada.id} `, '00000000-0000-0000-0000-000000000000'])
      expect(await respond(id)).toEqual(absent);
  });

  test('is null for a session that has ended', async () => {
    const [ada, admin] = [await signInWithRoles(app), await signInWithRoles(app, 'ADMIN')];
    expectType(await endSessions(admin, ada.id), 'LoggedOut');
    expect(await fetchNode(admin, idOfSession(ada))).toBeNull();
  });

  test('needs a session, whatever the ID is (T19)', async () => {
    const ada = await signInWithRoles(app);
    for (const id of [ada.id, newId(new Date()), 'x']) {
      const { data, errors } = await app.client().send(NodeDocument, { id });
      expect([data?.node, errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['UNAUTHENTICATED']]);
    }
    await deactivate(app, ada.id);
    const { errors } = await ada.client.send(NodeDocument, { id: ada.id }, { token: ada.token });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  test('keeps the rules of the fields: staff see no events of a user', async () => {
    const [ada, staff] = [await signInWithRoles(app), await signInWithRoles(app, 'STAFF')];
    const query = `{ node(id: "${ada.id}") { ... on User { securityEvents { nodes { id } } } } }`;
    const { data, errors } = await staff.client.post({ query }, { token: staff.token });
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ node: null }, ['FORBIDDEN']]);
  });

  test('records a refused administrator without a second factor, not a user who asks for what is not theirs', async () => {
    const strict = await startApp({ ADMIN_SECOND_FACTOR: 'required' });
    try {
      const [user, admin] = [await signInWithRoles(strict), await signInWithRoles(strict, 'ADMIN')];
      const id = newId(new Date());
      expect(await fetchNode(admin, admin.id)).toMatchObject({ id: admin.id });
      const refused = await admin.client.send(NodeDocument, { id }, { token: admin.token });
      expect(refused.errors.map(({ extensions }) => extensions)).toEqual([
        { code: 'FORBIDDEN', reason: 'SECOND_FACTOR_REQUIRED' },
      ]);
      expect(await fetchNode(user, id)).toBeNull();
      const lines = strict.logged.filter((line) => line.includes('query node') && line.includes('"audit"'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(admin.id);
    } finally {
      await strict.close();
    }
  });
});

test('one object is one result, however often it is selected', async () => {
  const [ada, admin] = [await signInWithRoles(app), await signInWithRoles(app, 'ADMIN')];
  const query = `{
    me { a: sessions { id } b: sessions { id } }
    users(first: 100) { nodes { id sessions { id } } edges { node { id hasPassword sessions { id } } } }
  }`;
  const { data, errors } = await admin.client.post({ query }, { token: admin.token });
  expect(errors).toEqual([]);
  interface Row {
    id: string;
    sessions: { id: string }[];
  }
  const { me, users } = data as {
    me: { a: { id: string }[]; b: { id: string }[] };
    users: { nodes: Row[]; edges: { node: Row }[] };
  };
  expect([me.a, me.b]).toEqual([[{ id: idOfSession(admin) }], [{ id: idOfSession(admin) }]]);
  for (const rows of [users.nodes, users.edges.map(({ node }) => node)])
    expect(rows.find(({ id }) => id === ada.id)?.sessions).toEqual([{ id: idOfSession(ada) }]);
});
