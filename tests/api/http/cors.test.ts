import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHttp, type TestServer } from '../../support/http.ts';

const LISTED = 'http://localhost:3000';

let server: TestServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(() => server.app.close());

const preflight = (origin: string, of = server) =>
  fetch(`${of.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

test('a listed origin may send credentials and read the request id (T16)', async () => {
  const { headers } = await preflight(LISTED);
  expect(headers.get('access-control-allow-origin')).toBe(LISTED);
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  expect(headers.get('access-control-allow-headers')).toContain('authorization');
  expect(headers.get('vary')).toMatch(/origin/i);
  const response = await server.graphql('{ hello }', { headers: { origin: LISTED } });
  expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
  expect(response.headers.get('access-control-expose-headers')).toContain('x-request-id');
});

test.each([
  'https://evil.example',
  `${LISTED}.evil.example`,
  `${LISTED}/`,
  'http://localhost:30000',
  'https://localhost:3000',
  'null',
  '*',
  LISTED.toUpperCase(),
])('the origin %s gets no CORS headers (T16)', async (origin) => {
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  const response = await server.graphql('{ hello }', { headers: { origin } });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('an empty list allows no origin, and no response contains a wildcard (T16)', async () => {
  const closed = await startHttp({ http: { allowedOrigins: [] } });
  for (const origin of [LISTED, '*', 'null']) {
    expect((await preflight(origin, closed)).headers.get('access-control-allow-origin')).toBeNull();
  }
  await closed.app.close();
});

test('a listed origin can read error responses', async () => {
  for (const [path, init] of [
    ['/nothing', {}],
    ['/graphql', { method: 'POST', body: 'x' }],
  ] as const) {
    const response = await fetch(server.url + path, { ...init, headers: { origin: LISTED } });
    expect(response.ok).toBe(false);
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
  }
});

describe('with wildcards, app shells and a development server', () => {
  let lenient: TestServer;
  beforeAll(async () => {
    lenient = await startHttp({
      http: {
        allowedOrigins: ['https://*.example.com', 'capacitor://localhost', 'chrome-extension://abcdefghijklmnop'],
        publicOrigins: ['https://*.vercel.app'],
        loopbackOrigins: true,
      },
    });
  });
  afterAll(() => lenient.app.close());

  const access = async (origin: string) => {
    const [{ headers: first }, { headers: second }] = [
      await preflight(origin, lenient),
      await lenient.graphql('{ hello }', { headers: { origin } }),
    ];
    expect(first.get('access-control-allow-origin')).toBe(second.get('access-control-allow-origin'));
    if (first.get('access-control-allow-origin') === null) return 'none';
    expect(first.get('access-control-allow-origin')).toBe(origin);
    expect(first.get('vary')).toMatch(/origin/i);
    return first.get('access-control-allow-credentials') === 'true' ? 'credentials' : 'public';
  };
  const readCookie = async (origin: string) => {
    const headers = { origin, cookie: 'refresh=token' };
    return (await lenient.graphql('mutation { cookie }', { headers })).body.data?.cookie;
  };

  test.each([
    ['https://app.example.com', 'credentials'],
    ['https://a_b-1.example.com', 'credentials'],
    ['https://example.com', 'none'],
    ['https://a.b.example.com', 'none'],
    ['https://.example.com', 'none'],
    ['https://*.example.com', 'none'],
    ['https://evil.example/.example.com', 'none'],
    ['https://evil@app.example.com', 'none'],
    ['https://appexample.com', 'none'],
    ['https://app.example.com.evil.example', 'none'],
    ['http://app.example.com', 'none'],
    ['https://app.example.com:8443', 'none'],
    ['https://preview-1.vercel.app', 'public'],
    ['https://vercel.app', 'none'],
    ['capacitor://localhost', 'credentials'],
    ['capacitor://evil', 'none'],
    ['ionic://localhost', 'none'],
    ['chrome-extension://abcdefghijklmnop', 'credentials'],
    ['http://127.0.0.1:5173', 'credentials'],
    ['http://localhost:5174', 'credentials'],
    ['https://localhost', 'credentials'],
    ['http://[::1]:8080', 'credentials'],
    ['http://127.8.9.1:1', 'credentials'],
    ['http://app.localhost:3000', 'credentials'],
    ['http://127.example.com', 'none'],
    ['http://localhost.evil.example', 'none'],
    ['http://evil.example:5173', 'none'],
    ['http://192.168.1.4:5173', 'none'],
    ['null', 'none'],
  ])('%s gets %s, and the cookie is read only with credentials', async (origin, expected) => {
    expect(await access(origin)).toBe(expected);
    expect(await readCookie(origin)).toBe(expected === 'credentials' ? 'token' : null);
  });
});
