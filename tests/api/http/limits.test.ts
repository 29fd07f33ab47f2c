import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAVY_DOCUMENTS, repeat } from '../../support/heavy-documents.ts';
import { openConnection, startHttp, type TestServer } from '../../support/http.ts';
import { onABusyMachine, startOwnTime } from '../../support/own-time.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.app.close());

const deep = (levels: number) => `${'{ node '.repeat(levels - 1)}{ name }${' }'.repeat(levels - 1)}`;

test.each([
  ['two aliases', 'mutation { a: login b: login }'],
  ['ten thousand aliases', `mutation { ${repeat(10_000, (i) => `a${i}: login`)} }`],
  ['two hundred aliases', `mutation { ${repeat(200, (i) => `a${i}: login`)} }`],
  ['the same field twice', 'mutation { login login }'],
  ['two fields', 'mutation { login reset }'],
  ['a fragment beside it', 'mutation { login ...f } fragment f on Mutation { reset }'],
  ['a fragment spread twice', 'mutation { ...f ...f } fragment f on Mutation { login }'],
  ['an inline fragment', 'mutation { ... { a: login } ... on Mutation { b: login } }'],
  [
    'a fragment in a fragment',
    'mutation { ...f } fragment f on Mutation { login ...g } fragment g on Mutation { reset }',
  ],
  ['a skipped field', 'mutation { login a: login @skip(if: true) }'],
  ['a second operation that is not selected', 'mutation A { login } mutation B { a: login b: login }'],
])('rejects a mutation with another root field before anything runs: %s (T03)', async (_, query) => {
  const response = await server.post(JSON.stringify({ query, operationName: query.includes('B {') ? 'A' : undefined }));
  expect(response.status).toBe(query.length > 64 * 1024 ? 413 : 400);
  expect(server.executed).toEqual({});
});

test('accepts one mutation field with __typename (T03)', async () => {
  const { status, body } = await server.graphql('mutation { __typename login }');
  expect([status, body.data]).toEqual([200, { __typename: 'Mutation', login: 1 }]);
  delete server.executed.login;
});

test.each([
  [10, deep(10)],
  [100, deep(100)],
  [500, deep(500)],
  [10, `{ ...f } fragment f on Query { node { ...g } } fragment g on Node ${deep(9)}`],
  [
    100,
    `{ ...f0 } fragment f0 on Query { node { ...f1 } } ${repeat(99, (i) => `fragment f${i + 1} on Node { node { ...f${i + 2} } }`)} fragment f100 on Node { name }`,
  ],
  [10, `{ node { ...f } } fragment f on Node { node { ...f } }`],
])('rejects a document of %i levels within 50 ms (T05)', async (_, query) => {
  // The best of five: another request may be collected as garbage meanwhile. A rejected document is not cached.
  const waits: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const elapsed = startOwnTime();
    expect((await server.graphql(query)).status).toBe(400);
    waits.push(elapsed());
  }
  expect(Math.min(...waits)).toBeLessThan(onABusyMachine(50));
});

test('accepts eight levels (T05)', async () => {
  expect((await server.graphql(deep(8))).status).toBe(200);
});

test.each(Object.entries(HEAVY_DOCUMENTS))('rejects %s (T06)', async (_, query) => {
  const { status, body } = await server.graphql(query);
  expect(status).toBe(query.length > 64 * 1024 ? 413 : 400);
  expect(body.data).toBeUndefined();
  expect(JSON.stringify(body).length).toBeLessThan(10_000);
});

test('accepts the introspection query of GraphiQL and code generators', async () => {
  const options = {
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  };
  const { status, body } = await server.graphql(getIntrospectionQuery({ ...options, oneOf: true }));
  expect([status, body.errors]).toEqual([200, undefined]);
});

test('rejects a body over 64 KiB, with and without a content-length (T14)', async () => {
  const query = `{ hello } #${' '.repeat(64 * 1024)}`;
  expect((await server.post(JSON.stringify({ query }))).status).toBe(413);
  const unsaid = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Blob([JSON.stringify({ query })]).stream(),
    // Required by Node's fetch for a stream.
    duplex: 'half',
  } as RequestInit);
  expect([unsaid.status, await unsaid.json()]).toEqual([
    413,
    { errors: [{ message: 'The body is larger than 64 KiB.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] },
  ]);
  expect((await server.post(JSON.stringify({ query: `{ hello } #${' '.repeat(60_000)}` }))).status).toBe(200);
});

test('two hundred parallel uploads of 50 MB do not fill the memory (T14)', async () => {
  const before = process.memoryUsage().rss;
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 20);
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const upload = async (index: number) => {
    const socket = await openConnection(server.port);
    socket.on('error', () => {}); // The server may close the connection.
    const length = index % 2 ? 'content-length: 52428800' : 'transfer-encoding: chunked';
    socket.write(`POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${length}\r\n\r\n`);
    const closed = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text));
    });
    for (let sent = 0; sent < 50 * 1024 * 1024 && socket.writable; sent += chunk.length) {
      if (!(index % 2)) socket.write(`${chunk.length.toString(16)}\r\n`);
      const room = socket.write(chunk);
      if (!(index % 2)) socket.write('\r\n');
      if (!room) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
    }
    socket.destroy();
    return closed;
  };
  const responses = await Promise.all(Array.from({ length: 200 }, (_, index) => upload(index)));
  clearInterval(watch);
  expect(responses.filter((response) => /^HTTP\/1.1 413 /.test(response)).length).toBeGreaterThan(150);
  expect(highest - before).toBeLessThan(150 * 1024 * 1024);
});
