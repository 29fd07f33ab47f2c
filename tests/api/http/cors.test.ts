import { afterAll, beforeAll, expect, test } from 'vitest';
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
