import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANARY, startHttp, type TestServer } from '../../support/http.ts';

let server: TestServer;
let production: TestServer;
beforeAll(async () => {
  server = await startHttp();
  production = await startHttp({ production: true, http: { introspection: false } });
});
afterAll(() => Promise.all([server.app.close(), production.app.close()]));

describe('an internal error shows a fixed message and the request id (T12)', () => {
  test.each(['BUG', 'SQL', 'FOREIGN'])('hides all details of %s', async (how) => {
    for (const { graphql } of [server, production]) {
      const { body } = await graphql(`{ fails(how: ${how}) }`, { headers: { 'x-request-id': 'id-1' } });
      expect(body).toEqual({
        data: { fails: null },
        errors: [
          {
            message: 'Something went wrong on our side.',
            path: ['fails'],
            locations: [{ line: 1, column: 3 }],
            extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'id-1' },
          },
        ],
      });
    }
  });

  test('hides them without NODE_ENV, too', async () => {
    const before = process.env.NODE_ENV;
    delete process.env.NODE_ENV;
    const unset = await startHttp();
    const { body } = await unset.graphql('{ fails(how: BUG) }');
    await unset.app.close();
    process.env.NODE_ENV = before;
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${CANARY}|stack|\\.js|\\.ts`));
  });
});

test.each(['UNAVAILABLE', 'WRAPPED'])('a dependency that is down causes a 503 with retry-after: %s', async (how) => {
  const { status, headers, body } = await server.graphql(`{ fails(how: ${how}) }`);
  expect([status, headers.get('retry-after'), body.errors?.[0]?.extensions.code]).toEqual([
    503,
    '1',
    'SERVICE_UNAVAILABLE',
  ]);
  expect(JSON.stringify(body)).not.toContain('canary');
});

test.each([
  ['an introspection', '{ __schema { types { name } } }'],
  ['a type by name', '{ __type(name: "User") { name } }'],
  ['helo', '{ helo }'],
  ['a wrong type name', '{ node { ... on Usr { id } } }'],
  ['a wrong argument', '{ echo(txt: "x") }'],
  ['a wrong enum value', '{ colour(colour: GREN) }'],
  ['a wrong enum value in a variable', 'query($c: Colour!) { colour(colour: $c) }'],
  ['a wrong fragment', '{ ...Ndoe }  fragment Node on Node { name }'],
])('in production %s reveals nothing about the schema (T11)', async (_, query) => {
  const { status, body } = await production.graphql(query, { variables: { c: 'GREN' } });
  expect(status).toBe(400);
  expect(JSON.stringify(body)).not.toMatch(/did you mean|"hello"|GREEN|"types"/i);
  const helped = await server.graphql('{ helo }');
  expect(helped.body.errors?.[0]?.message).toContain('Did you mean');
});

test.each([
  ['a variable of another type', 'query($t: String!) { echo(text: $t) }', { t: 7 }],
  ['a missing variable', 'query($t: String!) { echo(text: $t) }', {}],
  ['a null where a default was declared', 'query($t: String = "x") { echo(text: $t) }', { t: null }],
])('%s returns BAD_USER_INPUT', async (_, query, variables) => {
  const { body } = await server.graphql(query, { variables });
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
});

const NINE = Array.from({ length: 9 }, (_, index) => index);

test.each([
  ['unknown fields', 'GRAPHQL_VALIDATION_FAILED', `{ node { ${NINE.map((n) => `unknown${n}`).join(' ')} } }`],
  [
    'missing variables',
    'BAD_USER_INPUT',
    `query(${NINE.map((n) => `$t${n}: String!`).join(' ')}) { ${NINE.map((n) => `a${n}: echo(text: $t${n})`).join(' ')} }`,
  ],
])('of nine errors, five are reported, and that there are more: %s', async (_, code, query) => {
  const { errors = [] } = (await server.graphql(query)).body;
  expect(errors).toHaveLength(6);
  expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
  expect(errors.at(-1)?.message).toMatch(/^Too many/);
});

test('an invalid variable is reported without quoting its value (T88)', async () => {
  const send = async (query: string, variables: object) =>
    (await server.graphql(query, { variables })).body.errors?.[0]?.message;
  const echo = 'query($text: String!) { echo(text: $text) }';
  expect(await send(echo, { text: { password: CANARY, more: 'a; b' } })).toBe(
    'Variable "$text" got an invalid value; String cannot represent a non string value.',
  );
  expect(await send(echo, { text: [CANARY] })).not.toContain('canary');
  expect(await send('query($c: Colour!) { colour(colour: $c) }', { c: { password: CANARY } })).not.toContain('canary');
});
