import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangeBytes, startHttp, type TestServer } from '../../support/http.ts';

let development: TestServer;
let production: TestServer;
beforeAll(async () => {
  [development, production] = await Promise.all([
    startHttp({ http: { publicUrl: 'http://dev.example.com:4000', graphiql: true } }),
    startHttp({ production: true, http: { publicUrl: 'https://id.example.com' } }),
  ]);
});
afterAll(() => Promise.all([development.app.close(), production.app.close()]));

async function get(server: TestServer, path: string, host: string) {
  const head = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\norigin: http://localhost:3000\r\nconnection: close\r\n\r\n`;
  const response = await exchangeBytes(server.port, head);
  return { status: Number(response.split(' ')[1]), response };
}

describe('in development', () => {
  test.each(['/graphql?query={hello}', '/healthz', '/.well-known/jwks.json', '/graphiql/graphiql.js', '/nothing'])(
    'a page of another site cannot read %s by pointing its own name at this machine (T103)',
    async (path) => {
      const { status, response } = await get(development, path, 'evil.example:4000');
      expect(status).toBe(421);
      expect(response).toContain('"code":"MISDIRECTED_REQUEST"');
      expect(response).toMatch(/x-content-type-options: nosniff/i);
      expect(response).not.toMatch(/access-control-allow-origin|hello|"UP"|keys/i);
      // What a developer who opened the server by its network address must do.
      expect(response).toContain('PUBLIC_URL');
      expect(response).not.toContain('evil');
    },
  );

  test.each([
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost@evil.example',
    'evil.example#localhost',
    'evil.localhost.example',
    'notlocalhost',
    '192.168.1.5:4000',
    '0.0.0.0:4000',
    '[::2]:4000',
    'example.com',
    'dev.example.com.evil.example',
  ])('the host %s is refused (T103)', async (host) => {
    expect([400, 421]).toContain((await get(development, '/healthz', host)).status);
  });

  test.each([
    'localhost',
    'localhost:4000',
    'LOCALHOST:9',
    'localhost.:4000',
    'app.localhost:4000',
    '127.0.0.1',
    '127.8.8.8:4000',
    '[::1]:4000',
    'dev.example.com:4000',
    'dev.example.com',
    'Dev.Example.com:8080',
  ])('the host %s is served (T103)', async (host) => {
    expect((await get(development, '/healthz', host)).status).toBe(200);
  });

  test('a forwarding header does not make another host acceptable (T103)', async () => {
    const response = await exchangeBytes(
      development.port,
      'GET /healthz HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: localhost\r\nconnection: close\r\n\r\n',
    );
    expect(response).toMatch(/^HTTP\/1.1 421 /);
  });
});

test('in production, where a proxy chooses the Host header, every host is served (T103)', async () => {
  for (const host of ['evil.example', 'latchkey.internal:8080', '10.0.0.7'])
    expect((await get(production, '/healthz', host)).status).toBe(200);
});

describe('a request gets 400 as JSON, with our headers,', () => {
  test.each([
    ['with two Host headers', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nHost: localhost\r\n'],
    ['with two different Host headers', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n'],
    ['with two Host headers in HTTP/1.0', 'GET /healthz HTTP/1.0\r\nhost: localhost\r\nhost: localhost\r\n'],
    ['without a Host header', 'GET /healthz HTTP/1.1\r\n'],
    ['with an empty Host header', 'GET /healthz HTTP/1.1\r\nhost:\r\n'],
    ['with a Host header that is no host', 'GET /healthz HTTP/1.1\r\nhost: a b\r\n'],
  ])('%s', async (_, head) => {
    for (const { port } of [development, production]) {
      const response = await exchangeBytes(port, `${head}connection: close\r\n\r\n`);
      expect(response).toMatch(/^HTTP\/1.1 400 /);
      expectOurError(response, 'BAD_REQUEST');
    }
  });
});

test('a health check by HTTP/1.0 needs no Host header', async () => {
  for (const { port } of [development, production])
    expect(await exchangeBytes(port, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
});

test('an expectation that the server does not meet gets 417 as JSON, with our headers', async () => {
  const request = (expectation: string) =>
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\nexpect: ${expectation}\r\ncontent-type: application/json\r\ncontent-length: 19\r\nconnection: close\r\n\r\n{"query":"{hello}"}`;
  const response = await exchangeBytes(development.port, request('junk'));
  expect(response).toMatch(/^HTTP\/1.1 417 /);
  expectOurError(response, 'EXPECTATION_FAILED');
  expect(await exchangeBytes(development.port, request('100-continue'))).toContain('{"data":{"hello":"world"}}');
});

test.each(['gzip', 'br', 'deflate', 'GZIP', 'identity, gzip', 'x'])(
  'a body with Content-Encoding: %s gets 415 and is not read',
  async (encoding) => {
    const response = await development.post('{"query":"{hello}"}', {
      'content-type': 'application/json',
      'content-encoding': encoding,
    });
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(JSON.stringify(await response.json())).toContain('UNSUPPORTED_MEDIA_TYPE');
  },
);

test('a body with Content-Encoding: identity is read', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'identity' };
  expect((await development.post('{"query":"{hello}"}', headers)).status).toBe(200);
});

function expectOurError(response: string, code: string): void {
  expect(response).toMatch(/content-type: application\/json; charset=utf-8/i);
  expect(response).toMatch(/x-content-type-options: nosniff/i);
  expect(response).toMatch(/cache-control: no-store/i);
  expect(response).toMatch(/x-request-id: [\w.-]+/i);
  expect(response).toContain(`"code":"${code}"`);
}
