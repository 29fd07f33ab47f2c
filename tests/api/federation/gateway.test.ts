import {
  buildSchema,
  type DocumentNode,
  type GraphQLInputType,
  parse,
  parseValue,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as operations from '../../../schema/generated/graphql.ts';
import { LoginDocument, MeDocument, RefreshDocument, UsersDocument } from '../../../schema/generated/graphql.ts';
import { printApiSchema } from '../../../src/http/schema.ts';
import { insertAccount } from '../../support/accounts.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type ApiClient, apiClient, expectType } from '../../support/client.ts';
import { minimalLiteral } from '../../support/documents.ts';
import { startGateway, type TestGateway } from '../../support/federation/gateway.ts';
import { PASSWORD } from '../../support/people.ts';

// Apollo Gateway, in front of this service and of a shop whose orders refer to users.

const ORDERS = '{ orders { nodes { id user { id email } } pageInfo { hasNextPage } } }';

describe('through a gateway', () => {
  let app: TestApp;
  let gateway: TestGateway;
  let ada: UserWithRoles;
  let eve: UserWithRoles;
  const client = (): ApiClient => apiClient(gateway.url);

  beforeAll(async () => {
    app = await startApp({ FEDERATION: 'on', LOGIN_BUDGET_IP: '1000/15m' });
    [ada, eve] = [await signInWithRoles(app), await signInWithRoles(app)];
    gateway = await startGateway(app, 'shop', [ada.id, eve.id]);
  });
  afterAll(async () => {
    await gateway?.close();
    await app?.close();
  });

  async function readOrders(token?: string) {
    const { data, errors } = await client().post({ query: ORDERS }, { token });
    const { orders } = data as { orders: { nodes: { user: { id: string; email: string | null } }[] } };
    return {
      users: orders.nodes.map(({ user }) => user),
      errors: errors.map(({ path, extensions }) => [path, extensions.code]),
    };
  }

  test('anonymous callers see the ids of users, which come from the other subgraph, and no more', async () => {
    const { users, errors } = await readOrders();
    expect(users).toEqual([ada, eve].map(({ id }) => ({ id, email: null })));
    expect(errors.map(([, code]) => code)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    const { data } = await client().post({ query: '{ orders { nodes { user { id } } } }' });
    expect(data).toMatchObject({ orders: { nodes: [{ user: { id: ada.id } }, { user: { id: eve.id } }] } });
  });

  test('a user sees their own address only', async () => {
    const { users, errors } = await readOrders(ada.token);
    expect(users).toEqual([
      { id: ada.id, email: ada.email },
      { id: eve.id, email: null },
    ]);
    expect(errors).toEqual([[['orders', 'nodes', 1, 'user'], 'FORBIDDEN']]);
  });

  test('an administrator sees every user, fetched at once', async () => {
    const admin = await signInWithRoles(app, 'ADMIN');
    const before = gateway.queries.length;
    const { users, errors } = await readOrders(admin.token);
    expect(users).toEqual([ada, eve].map(({ id, email }) => ({ id, email })));
    expect(errors).toEqual([]);
    expect(gateway.queries.slice(before)).toHaveLength(1);
    const { data } = await client()
      .request(UsersDocument, { first: 2 }, { token: admin.token })
      .then((found) => ({
        data: found.users.edges,
      }));
    expect(data).toHaveLength(2);
  });

  test('a user of ours has the fields of the other subgraph', async () => {
    const { data, errors } = await client().post({ query: '{ me { email orders { id } } }' }, { token: eve.token });
    expect([data, errors]).toEqual([{ me: { email: eve.email, orders: [{ id: 'order-1' }] } }, []]);
  });

  test('the client’s address, request id and language reach the service, and the cookie comes back', async () => {
    const { email } = await insertAccount(app);
    const caller = client();
    const headers = {
      'x-request-id': 'through-the-gateway-1',
      'accept-language': 'ru',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    };
    const wrong = await caller.send(LoginDocument, { input: { identifier: email, password: 'wrong' } }, { headers });
    const problem = expectType(wrong.data?.login ?? expect.fail(), 'InvalidCredentials');
    expect(problem.message).toMatch(/\p{Script=Cyrillic}/u);
    const right = { identifier: email, password: PASSWORD, transport: 'COOKIE' } as const;
    const response = await caller.send(LoginDocument, { input: right }, { headers });
    const session = expectType(response.data?.login ?? expect.fail(), 'Authenticated');
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^refresh=.+HttpOnly/);
    const { data } = await caller.send(MeDocument, undefined, { token: session.accessToken });
    expect(data?.me?.sessions).toMatchObject([{ device: 'Firefox on Linux', ipAddress: caller.ip, isCurrent: true }]);
    const lines = app.logged.filter((line) => line.includes('through-the-gateway-1') && line.includes('"route"'));
    expect(lines).toHaveLength(2);

    const cookies = { headers: { cookie: cookie?.split(';')[0] ?? '' } };
    const refreshed = await caller.send(RefreshDocument, { input: {} }, cookies);
    expectType(refreshed.data?.refresh ?? expect.fail(), 'Authenticated');
    expect(refreshed.headers.getSetCookie()).toHaveLength(1);
    const evil = { headers: { ...cookies.headers, origin: 'https://evil.example' } };
    const stolen = await caller.send(RefreshDocument, { input: {} }, evil);
    expect(stolen.data?.refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'MISSING' });
  });

  test.each([
    ['without a token', undefined, 'UNAUTHENTICATED'],
    ['with a refused token', 'x.y.z', 'UNAUTHENTICATED'],
    ['without the role', 'ada', 'FORBIDDEN'],
  ])('errors keep their code: %s', async (_, token, code) => {
    const query = token === 'ada' ? '{ users { nodes { id } } }' : '{ me { id } }';
    const { errors } = await client().post({ query }, { token: token === 'ada' ? ada.token : token });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  });

  const schema = buildSchema(printApiSchema());
  const documents = Object.entries(operations).filter(
    ([name, document]) => name.endsWith('Document') && !String(document).includes('node(id:'),
  );
  test.each(documents)('the limits allow what the gateway makes of %s', async (_, document) => {
    const query = String(document);
    const { errors } = await client().post({ query, variables: minimalVariables(parse(query)) });
    const refused = errors.filter(({ extensions: { code } }) => !['UNAUTHENTICATED', 'FORBIDDEN'].includes(code));
    expect(refused).toEqual([]);
  });

  function minimalVariables(document: DocumentNode): Record<string, unknown> {
    const [operation] = document.definitions;
    const definitions = operation?.kind === 'OperationDefinition' ? (operation.variableDefinitions ?? []) : [];
    return Object.fromEntries(
      definitions
        .filter(({ type }) => type.kind === 'NonNullType')
        .map(({ variable, type }) => {
          const literal = minimalLiteral(typeFromAST(schema, type as never) as GraphQLInputType);
          return [variable.name.value, valueFromASTUntyped(parseValue(literal))];
        }),
    );
  }
});

test('with a prefix, both subgraphs keep their own Session, NotFound, health and node', async () => {
  const app = await startApp({ FEDERATION: 'on', FEDERATION_PREFIX: 'Auth' });
  const ada = await signInPrefixed(app);
  const gateway = await startGateway(app, 'shop with colliding names', [ada.id]);
  try {
    const query = `{
      health { isOpen } authHealth { status }
      checkout { ... on Session { cart } }
      node(id: "1") { __typename id }
      authMe { __typename id sessions { __typename isCurrent } orders { id } }
    }`;
    const { data, errors } = await apiClient(gateway.url).post({ query }, { token: ada.token });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      health: { isOpen: true },
      authHealth: { status: 'UP' },
      checkout: { cart: 'empty' },
      node: { __typename: 'Session', id: '1' },
      authMe: {
        __typename: 'User',
        id: ada.id,
        sessions: [{ __typename: 'AuthSession', isCurrent: true }],
        orders: [{ id: 'order-0' }],
      },
    });
  } finally {
    await gateway.close();
    await app.close();
  }
});

async function signInPrefixed(app: TestApp) {
  const { id, email } = await insertAccount(app);
  const query = `mutation ($input: AuthLoginInput!) {
    authLogin(input: $input) { ... on AuthAuthenticated { accessToken } }
  }`;
  const { data } = await app.client().post({ query, variables: { input: { identifier: email, password: PASSWORD } } });
  return { id, token: (data as { authLogin: { accessToken: string } }).authLogin.accessToken };
}
