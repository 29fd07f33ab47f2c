import { buildSchema, type GraphQLSchema, getIntrospectionQuery, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as operations from '../../../schema/generated/graphql.ts';
import { MAX_RESPONSE_BYTES, requireMaximumSizes } from '../../../src/http/response-limit.ts';
import { estimateResponse } from '../../../src/http/response-size.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { fillWithLongestValues } from '../../support/longest-values.ts';

let app: TestApp;
let admin: UserWithRoles;
let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildApiSchema();
  app = await startApp();
  admin = await signInWithRoles(app, 'ADMIN');
  await fillWithLongestValues(app, admin.id);
});
afterAll(() => app.close());

const SESSION = 'id device ipAddress isCurrent createdAt lastUsedAt expiresAt';
const IDENTITY = 'id provider email createdAt';
const USER =
  'id email emailVerified phone phoneVerified firstName lastName companyName locale isActive roles hasPassword lastLoginAt createdAt updatedAt';
const EVENT = 'id at kind outcome userId actorId reason sessionId method ipAddress requestId facts { name value }';
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

async function send(query: string, variables?: object) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin.token}` },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return { status: response.status, text, bytes: Buffer.byteLength(text) };
}

function estimate(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('the operation must come first');
  return estimateResponse(schema, { document, operation, readVariable: (name) => variables[name] });
}

test.each([
  ['twenty aliases of a list', `{ me { ${times(20, (i) => `a${i}: sessions(first: 100) { ${SESSION} }`)} } }`],
  [
    'twenty aliases, through a fragment',
    `{ me { ${times(20, (i) => `a${i}: sessions(first: 100) { ...s }`)} } } fragment s on Session { ${SESSION} }`,
  ],
  ['lists in a list', `{ users(first: 100) { nodes { sessions { ${SESSION} } } } }`],
  [
    'a page whose size is a variable',
    `query($n: Int) { users(first: $n) { nodes { sessions { ${SESSION} } } } }`,
    { n: 100 },
  ],
  ['a page whose size is a default', `query($n: Int = 100) { users(first: $n) { nodes { sessions { ${SESSION} } } } }`],
  ['a last page', `query($n: Int) { users(last: $n) { edges { node { sessions { ${SESSION} } } } } }`, { n: 100 }],
  ['pages beside each other', `{ ${times(6, (i) => `a${i}: users(first: 100) { nodes { ${USER} } }`)} }`],
  [
    'pages that are selected as edges and as nodes',
    `{ ${times(2, (i) => `a${i}: users(first: 100) { nodes { ${USER} } edges { cursor node { ${USER} } } }`)} }`,
  ],
  [
    'lists in a list of edges',
    `{ users(last: 100) { edges { node { securityEvents(last: 20) { edges { cursor node { id } } } } } } }`,
  ],
  [
    'a page of pages',
    `{ users(first: 100) { nodes { securityEvents(first: 100) { nodes { id at kind outcome } } } } }`,
  ],
  [
    'lists in a fragment that is used twice',
    `{ user(id: "x") { ...u } me { ...u } all: users(first: 9) { nodes { ...u } } } fragment u on User { ${times(5, (i) => `a${i}: sessions(first: 100) { ${SESSION} }`)} }`,
  ],
])('refuses %s before execution, with 400 (T96)', async (_, query, variables?: object) => {
  const { status, text, bytes } = await send(query, variables);
  expect([status, bytes < 1_000]).toEqual([400, true]);
  expect(JSON.parse(text)).not.toHaveProperty('data');
  expect(text).toContain('The response could be');
});

describe('accepts', () => {
  const documents = Object.entries(operations).filter(([name]) => name.endsWith('Document'));

  test('every operation of schema/operations, with the largest pages (T96)', () => {
    expect(documents.length).toBeGreaterThan(30);
    for (const [name, document] of documents)
      expect([name, estimate(String(document), { first: 100 }) < MAX_RESPONSE_BYTES]).toEqual([name, true]);
  });

  test.each([
    ['a page of a hundred users', `{ users(first: 100) { edges { cursor node { ${USER} } } ${PAGE_INFO} } }`],
    [
      'a page of twenty users with sessions',
      `{ users(first: 20) { nodes { ${USER} sessions { ${SESSION} } } ${PAGE_INFO} } }`,
    ],
    [
      'all about one account',
      `{ me { ${USER} sessions(first: 100) { ${SESSION} } identities { ${IDENTITY} } securityEvents(first: 100) { nodes { id at kind outcome } } } }`,
    ],
    [
      'the introspection of GraphiQL and code generators',
      getIntrospectionQuery({
        descriptions: true,
        inputValueDeprecation: true,
        oneOf: true,
        specifiedByUrl: true,
        schemaDescription: true,
        directiveIsRepeatable: true,
      }),
    ],
  ])('%s (T96)', async (_, query) => {
    const { status, text } = await send(query);
    expect([status, JSON.parse(text).errors]).toEqual([200, undefined]);
  });
});

test.each([
  ['users', `{ users(first: 100) { edges { cursor node { ${USER} } } ${PAGE_INFO} totalCount } }`],
  [
    'users as edges and as nodes',
    `{ users(first: 100) { nodes { ${USER} } edges { cursor node { ${USER} } } ${PAGE_INFO} } }`,
  ],
  ['sessions', `{ me { sessions(first: 100) { ${SESSION} } } }`],
  ['identities', `{ me { ${times(10, (i) => `a${i}: identities { ${IDENTITY} }`)} } }`],
  ['audit events', `{ auditEvents(first: 100, filter: { kind: "longest" }) { nodes { ${EVENT} } ${PAGE_INFO} } }`],
  [
    'audit events as edges',
    `{ auditEvents(last: 100, filter: { kind: "longest" }) { edges { cursor node { ${EVENT} } } ${PAGE_INFO} } }`,
  ],
  ['a node', `{ me { id } node(id: "00000000-0000-7000-8000-000000000000") { id ... on User { ${USER} } } }`],
  [
    'security events',
    `{ me { securityEvents(first: 100) { nodes { id at kind outcome byAdministrator sessionId method ipAddress } ${PAGE_INFO} } } }`,
  ],
  ['typenames', `{ me { __typename sessions(first: 100) { __typename } } }`],
  ['the schema', getIntrospectionQuery()],
  ['a type', '{ __type(name: "User") { name fields { name description type { name kind } } } }'],
])('no response is larger than its estimate, even of the longest values: %s (T96)', async (_, query) => {
  const { status, text, bytes } = await send(query);
  expect([status, JSON.parse(text).errors]).toEqual([200, undefined]);
  expect(bytes).toBeLessThanOrEqual(estimate(query));
  // Nor is the estimate so high that ordinary requests are refused.
  expect(estimate(query)).toBeLessThan(10 * bytes + 5_000);
});

const TYPED = 'name description type { name kind description ofType { name kind description } }';
const MEMBERS = `name description fields { ${TYPED} args { ${TYPED} } } inputFields { ${TYPED} }`;
test.each([
  [
    'aliases of a list',
    `{ __schema { types { ${times(18, (i) => `a${i}: fields { ${TYPED} args { ${TYPED} } }`)} } } }`,
  ],
  [
    'aliases of the schema',
    `{ ${times(10, (i) => `a${i}: __schema { types { ${MEMBERS} } directives { name description } }`)} }`,
  ],
])('introspection has a limit, too: refuses %s (T96)', async (_, query) => {
  const { status, bytes } = await send(query);
  expect([status, bytes < 1_000]).toEqual([400, true]);
});

describe('a schema is not built', () => {
  test.each([
    ['a list', 'type Query { names: [String!]! }', '@MaxItems is missing on Query.names'],
    [
      'a list below an object',
      'type Query { user: User } type User { names: [String] }',
      '@MaxItems is missing on User.names',
    ],
    [
      'the list of a page that is used without a size elsewhere',
      'type Query { users(first: Int): Page all: Page } type Page { nodes: [ID] }',
      '@MaxItems is missing on Page.nodes',
    ],
    ['a scalar of its own', 'scalar JSON type Query { settings: JSON }', '@MaxBytes is missing on Query.settings'],
  ])('with %s without a maximum size (T96)', (_, sdl, message) => {
    expect(() => requireMaximumSizes(buildSchema(sdl))).toThrow(message);
  });

  test('unless it is the list of a page, which has the requested size (T96)', () => {
    const pages =
      'type Query { users(first: Int): Page } type Page { nodes: [ID] edges: [Edge] } type Edge { cursor: String }';
    expect(() => requireMaximumSizes(buildSchema(pages))).not.toThrow();
  });
});

test('an account shows its fifty most recently used sessions, or as many as requested, up to a hundred (T96)', async () => {
  const count = async (args = '') => JSON.parse((await send(`{ me { sessions${args} { id } } }`)).text);
  expect((await count()).data.me.sessions).toHaveLength(50);
  expect((await count('(first: null)')).data.me.sessions).toHaveLength(50);
  expect((await count('(first: 3)')).data.me.sessions).toHaveLength(3);
  expect((await count('(first: 100)')).data.me.sessions).toHaveLength(100);
  for (const size of [0, -1, 101])
    expect((await count(`(first: ${size})`)).errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
