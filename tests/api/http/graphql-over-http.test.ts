import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchangeBytes, startHttp, type TestServer } from '../../support/http.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.app.close());

/** Recommendations about status codes that would surprise application/json clients. */
const KNOWN_WARNINGS = ['572B', 'FDE2', '7B9B'];

test.each(serverAudits({ url: () => `${server.url}/graphql` }))(
  'the GraphQL over HTTP audit: $name (T01)',
  async (audit) => {
    await audit.fn();
    const result = await audit.fn(); // Now the operation is known.
    if (result.status !== 'ok') {
      expect(result, result.status === 'notice' ? 'notice' : result.reason).toMatchObject({ status: 'warn' });
      expect(KNOWN_WARNINGS).toContain(result.id);
    }
  },
);

test('without introspection only the two audits fail that read the schema (T01)', async () => {
  const closed = await startHttp({ http: { introspection: false } });
  const audits = serverAudits({ url: () => `${closed.url}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  await closed.app.close();
  expect(results.filter(({ status }) => status === 'error').map(({ id }) => id)).toEqual(['BF61', '28B9']);
});

test('rejects an array of operations without executing any (T04)', async () => {
  const one = { query: 'mutation { login }' };
  const response = await server.post(JSON.stringify([one, one]));
  expect(response.status).toBe(400);
  expect(server.executed.login).toBeUndefined();
});

test.each([
  ['text/plain', '{"query":"mutation { login }"}'],
  ['application/x-www-form-urlencoded', 'query=mutation+%7B+login+%7D'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"mutation { login }"}\r\n--x--',
  ],
  ['', '{"query":"mutation { login }"}'],
])(
  'rejects a body of type "%s", which another site’s form can send, without executing it (T07)',
  async (type, body) => {
    const header = type ? `content-type: ${type}\r\n` : '';
    const response = await exchangeBytes(
      server.port,
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${header}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    expect(response).toMatch(/^HTTP\/1.1 415 /);
    expect(response).toContain('UNSUPPORTED_MEDIA_TYPE');
    expect(server.executed.login).toBeUndefined();
  },
);

test('rejects a mutation by GET, and a GET with a form’s content type (T08)', async () => {
  const url = `${server.url}/graphql?query=`;
  const mutation = await fetch(`${url}${encodeURIComponent('mutation { login }')}`);
  expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
  expect(server.executed.login).toBeUndefined();
  const form = await fetch(`${url}{hello}`, { headers: { 'content-type': 'text/plain' } });
  expect(form.status).toBe(415);
  expect(await (await fetch(`${url}{hello}`)).json()).toEqual({ data: { hello: 'world' } });
});

test.each([
  'application/json garbage',
  'application/json; charset',
  'application/jsonp',
  'application/json,text/plain',
])('rejects the content type "%s" (T09)', async (type) => {
  const response = await server.post('{"query":"{hello}"}', { 'content-type': type });
  expect(response.status).toBe(415);
});

test.each(['utf-7', 'ibm037', 'utf-16', 'latin1', 'utf-8x'])('rejects the charset %s (T10)', async (charset) => {
  const response = await server.post('{"query":"{hello}"}', { 'content-type': `application/json; charset=${charset}` });
  expect(response.status).toBe(415);
});

test.each(['application/json;charset=UTF-8', 'application/json; charset="utf-8"', 'Application/JSON'])(
  'accepts %s (T10)',
  async (type) => {
    const response = await server.post('{"query":"{hello}"}', { 'content-type': type });
    expect(await response.json()).toEqual({ data: { hello: 'world' } });
  },
);

test.each([
  ['half a body', '{"query":'],
  ['no body', ''],
  ['a bare word', 'hello'],
  ['a NUL byte', '{"query":"{hello}\0"}'],
  ['an escaped NUL', '{"query":"query($t:String!){echo(text:$t)}","variables":{"t":"a\\u0000b"}}'],
  ['an escaped NUL in a literal', '{"query":"{echo(text:\\"a\\\\u0000b\\")}"}'],
  ['a lone surrogate', '{"query":"query($t:String!){echo(text:$t)}","variables":{"t":"\\ud800"}}'],
  ['a lone surrogate in a literal', '{"query":"{echo(text:\\"\\\\ud800\\")}"}'],
  [
    'a lone surrogate far below',
    `{"query":"{hello}","variables":{"a":${'['.repeat(20_000)}"\\udc00"${']'.repeat(20_000)}}}`,
  ],
  ['__proto__', '{"query":"{hello}","variables":{"__proto__":{"admin":true}}}'],
  ['constructor.prototype', '{"query":"{hello}","variables":{"constructor":{"prototype":{"admin":true}}}}'],
  ['a number', '7'],
  ['null', 'null'],
  ['a document of numbers', '{"query":7}'],
  ['variables in a string', '{"query":"{hello}","variables":"{}"}'],
])('responds to a body with %s with 400 as JSON (T13)', async (_, body) => {
  const response = await server.post(body);
  expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);
  expect(Object.keys((await response.json()) as object)).toEqual(['errors']);
});

test('accepts surrogate pairs and escaped backslashes (T13)', async () => {
  const query = 'query($t:String!){echo(text:$t)}';
  const response = await server.post(`{"query":"${query}","variables":{"t":"\\ud83d\\ude00 \\\\u0000"}}`);
  expect(await response.json()).toEqual({ data: { echo: '😀 \\u0000' } });
});

test('checks the variables of a GET in the same way (T13)', async () => {
  const query = encodeURIComponent('query($t:String!){echo(text:$t)}');
  const get = (variables: string) =>
    fetch(`${server.url}/graphql?query=${query}&variables=${encodeURIComponent(variables)}`);
  expect((await get('{"t":"\\u0000"}')).status).toBe(400);
  expect((await get('{"t":"\\ud800"}')).status).toBe(400);
  expect((await get('{"t":"\\u0000"')).status).toBe(400);
  expect(await (await get('{"t":"fine"}')).json()).toEqual({ data: { echo: 'fine' } });
});

test.each([
  ['an undecodable URL', 'GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
  ['an invalid Host header', 'GET /graphql?query={hello} HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n', 400],
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['headers beyond every measure', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['a content-length that lies', 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: nan\r\n\r\n', 400],
])('responds to %s with JSON and the security headers (T13)', async (_, request, status) => {
  const response = await exchangeBytes(server.port, request, 1_000);
  expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(response).toMatch(/content-type: application\/json; charset=utf-8/i);
  expect(response).toMatch(/x-content-type-options: nosniff/i);
  expect(response).toMatch(/x-request-id: [\w.-]+/i);
  expect(response).not.toMatch(/<html/i);
});

test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD', 'PROPFIND'])('rejects %s (T15)', async (method) => {
  const response = await exchangeBytes(
    server.port,
    `${method} /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
  expect(response).toMatch(/^HTTP\/1.1 40[45] /);
});

test('rejects persisted queries, whatever their hash (T18)', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } };
  for (const query of [undefined, '{hello}']) {
    const response = await server.post(JSON.stringify({ query, extensions }));
    expect(await response.text()).toContain('PERSISTED_QUERY_NOT_SUPPORTED');
  }
});

test('returns 200 as application/json, and the real status as application/graphql-response+json', async () => {
  const accept = { accept: 'application/graphql-response+json' };
  const partial = await server.graphql('{ me { id } }', { headers: accept });
  expect([partial.status, partial.body.data]).toEqual([200, { me: null }]);
  const none = await server.graphql('mutation { protected }', { headers: accept });
  expect([none.status, none.headers.get('www-authenticate'), none.body.data]).toEqual([401, 'Bearer', null]);
  const json = await server.graphql('mutation { protected }');
  expect([json.status, json.body.errors?.[0]?.extensions]).toEqual([200, { code: 'UNAUTHENTICATED' }]);
});
