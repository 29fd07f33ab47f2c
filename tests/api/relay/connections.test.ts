import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { buildApiSchema } from '../../../src/http/schema.ts';
import { auditEvents } from '../../../src/infra/db/tables.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';

// https://relay.dev/graphql/connections.htm

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const schema = buildApiSchema();
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const connections = objects.filter(({ name }) => name.endsWith('Connection'));

describe('every connection', () => {
  test.each(connections)('$name has edges with cursor and node, nodes and pageInfo', (connection) => {
    const { edges, nodes, pageInfo } = connection.getFields();
    const node = getNamedType(nodes?.type);
    expect([edges, nodes, pageInfo].map((field) => String(field?.type))).toEqual([
      `[${node}Edge!]!`,
      `[${node}!]!`,
      'PageInfo!',
    ]);
    const edge = getNamedType(edges?.type);
    const fields = isObjectType(edge) ? edge.getFields() : {};
    expect([fields.cursor, fields.node].map((field) => String(field?.type))).toEqual(['String!', `${node}!`]);
  });

  test('can be paged through in both directions', () => {
    const names = new Set(connections.map(({ name }) => name));
    const fields = objects.flatMap((type) => Object.values(type.getFields()));
    const paged = fields.filter(({ type }) => names.has(getNamedType(type).name));
    expect(paged.length).toBeGreaterThanOrEqual(3);
    for (const { name, args } of paged) {
      const types = Object.fromEntries(args.map((argument) => [argument.name, String(argument.type)]));
      expect([name, types]).toMatchObject([name, { first: 'Int', after: 'String', last: 'Int', before: 'String' }]);
    }
  });
});

interface Page {
  edges: { cursor: string; node: { id: string } }[];
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const SELECTION =
  '{ edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
const VARIABLES = '($first: Int, $after: String, $last: Int, $before: String, $id: ID!)';
const PAGE = 'first: $first, after: $after, last: $last, before: $before';

describe.each([
  ['auditEvents', `{ auditEvents(${PAGE}, filter: { userId: $id }) ${SELECTION} }`],
  ['securityEvents', `{ user(id: $id) { securityEvents(${PAGE}) ${SELECTION} } }`],
])('%s', (_, text) => {
  async function read(variables: object): Promise<Page> {
    const { data, errors } = await admin.client.post(
      { query: `query ${VARIABLES} ${text}`, variables },
      { token: admin.token },
    );
    expect(errors).toEqual([]);
    const { auditEvents: ofAll, user } = data as { auditEvents?: Page; user?: { securityEvents: Page } };
    return ofAll ?? user?.securityEvents ?? expect.fail();
  }

  test('shows the same events forwards, backwards, as edges and as nodes, each once', async () => {
    const { userId, ids } = await insertEvents(11);
    const forwards: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await read({ id: userId, first: 4, after });
      expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
      expect([page.edges[0]?.cursor, page.edges.at(-1)?.cursor]).toEqual([
        page.pageInfo.startCursor,
        page.pageInfo.endCursor,
      ]);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      forwards.push(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(forwards).toEqual(ids);
    const backwards: string[] = [];
    for (let before: string | null = null; ; ) {
      const page = await read({ id: userId, last: 4, before });
      expect(page.pageInfo.hasNextPage).toBe(before !== null);
      backwards.unshift(...page.nodes.map(({ id }) => id));
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(backwards).toEqual(ids);
  });

  test('continues at the cursor of any edge, in both directions', async () => {
    const { userId, ids } = await insertEvents(5);
    const cursor = (await read({ id: userId, first: 5 })).edges[2]?.cursor;
    const next = await read({ id: userId, first: 5, after: cursor });
    const previous = await read({ id: userId, last: 5, before: cursor });
    expect([previous, next].map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([ids.slice(0, 2), ids.slice(3)]);
  });

  test.each([
    ['before without last', { before: 'x' }],
    ['last with after', { last: 1, after: 'x' }],
    ['no rows', { last: 0 }],
    ['too many rows', { last: 101 }],
  ])('rejects %s', async (_, variables) => {
    const query = `query ${VARIABLES} ${text}`;
    const { errors } = await admin.client.post(
      { query, variables: { id: admin.id, ...variables } },
      { token: admin.token },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

/** Inserts events of a new user, two in each millisecond. IDs are in list order: newest first. */
async function insertEvents(count: number): Promise<{ userId: string; ids: string[] }> {
  const { id: userId } = await signInWithRoles(app);
  const { db } = app.app.services;
  const start = Date.now() + 60_000; // Newer than the sign-in, which is cut off below.
  const rows = Array.from({ length: count }, (_, index) => {
    const at = new Date(start + Math.floor(index / 2));
    return { id: newId(at), at, type: 'sign-in', outcome: 'succeeded', userId };
  });
  await db.delete(auditEvents);
  await db.insert(auditEvents).values(rows);
  return { userId, ids: rows.map(({ id }) => id).reverse() };
}
