import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHttp, type TestServer } from '../../support/http.ts';

// The first request for an operation goes through Apollo Server; the next ones do not.

let server: TestServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.app.close());

const TWO = 'query One { hello } query Two($text: String!) { echo(text: $text) }';
const ECHO = 'query($text: String!) { echo(text: $text) }';

const BODIES: Record<string, unknown> = {
  'a query': { query: '{ hello }' },
  'a query with everything else null': { query: '{ hello }', operationName: null, variables: null, extensions: null },
  'a variable': { query: ECHO, variables: { text: 'héllo' } },
  'a missing variable': { query: ECHO },
  'a wrong variable': { query: ECHO, variables: { text: { secret: 'canary' } } },
  'variables that are a list': { query: ECHO, variables: ['text'] },
  'variables that are text': { query: ECHO, variables: '{"text":"x"}' },
  'more wrong variables than are reported': {
    query: `query(${'abcdef'.replace(/./g, '$$$&: Int! ')}) { hello ${'abcdef'.replace(/./g, '$&: slow(milliseconds: $$$&) ')} }`,
    variables: { a: 'x', b: 'x', c: 'x', d: 'x', e: 'x', f: 'x' },
  },
  'one of two operations': { query: TWO, operationName: 'Two', variables: { text: 'x' } },
  'the other of two operations': { query: TWO, operationName: 'One' },
  'two operations without a name': { query: TWO },
  'a name that no operation has': { query: TWO, operationName: 'Three' },
  'an empty name': { query: '{ hello }', operationName: '' },
  'a name that is a number': { query: '{ hello }', operationName: 1 },
  'extensions of a client': { query: '{ hello }', extensions: { clientLibrary: { name: 'a client' } } },
  'a persisted query': { query: '{ hello }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
  'extensions that are a list': { query: '{ hello }', extensions: [] },
  'a mutation': { query: 'mutation { keepCookie(token: "x") }' },
  'an unavailable dependency': { query: '{ hello fails(how: UNAVAILABLE) }' },
  'a bug': { query: '{ fails(how: BUG) }' },
  'data that must not be null': { query: 'mutation { protected }' },
  introspection: { query: '{ __schema { queryType { name } } __typename }' },
  'an unknown field': { query: '{ helo }' },
  'a fragment': { query: '{ node { ...N } } fragment N on Node { name }' },
  'a directive': { query: 'query($no: Boolean!) { hello @skip(if: $no) }', variables: { no: true } },
};

const ACCEPTS = [
  undefined,
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'text/html',
];

async function send(body: unknown, accept: string | undefined, headers: Record<string, string> = {}) {
  const response = await server.post(JSON.stringify(body), {
    'content-type': 'application/json',
    'x-request-id': 'id-1',
    ...(accept && { accept }),
    ...headers,
  });
  const { date: _, ...sent } = Object.fromEntries(response.headers);
  return { status: response.status, headers: sent, body: await response.text() };
}

describe.each(ACCEPTS)('with accept: %s', (accept) => {
  test.each(Object.keys(BODIES))('the answer to a repeated request is the same: %s', async (title) => {
    const first = await send(BODIES[title], accept);
    for (let again = 0; again < 2; again++) expect(await send(BODIES[title], accept)).toEqual(first);
  });
});

test('a repeated request with a token that has become invalid gets 401', async () => {
  const body = { query: 'mutation { protected }' };
  const [good, bad] = ['a-good-token', 'a-bad-token'].map((token) => ({ authorization: `Bearer ${token}` }));
  for (let times = 0; times < 2; times++) {
    expect((await send(body, undefined, good)).status).toBe(200);
    expect(await send(body, undefined, bad)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  }
});

test('a repeated mutation runs once for each request', async () => {
  const before = server.executed.login ?? 0;
  for (let times = 0; times < 3; times++) await send({ query: 'mutation { login }' }, undefined);
  expect((server.executed.login ?? 0) - before).toBe(3);
});

test('a mutation with an invalid variable is not executed, however often it is sent', async () => {
  const before = server.executed.login ?? 0;
  const query = 'mutation($password: String) { login(password: $password) }';
  await send({ query, variables: { password: 'x' } }, undefined);
  for (let times = 0; times < 3; times++) {
    expect(JSON.parse((await send({ query, variables: { password: 1 } }, undefined)).body)).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  }
  expect((server.executed.login ?? 0) - before).toBe(1);
});

test('only POST runs mutations, also those that are known', async () => {
  const query = 'mutation { login }';
  await send({ query }, undefined);
  const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`);
  expect(response.status).toBe(405);
});
