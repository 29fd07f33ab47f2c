import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCEPTED, exchangeBytes, startHttp, type TestServer } from '../../support/http.ts';

let server: TestServer;
let secure: TestServer;
beforeAll(async () => {
  server = await startHttp({ http: { graphiql: true } });
  secure = await startHttp({
    http: { secure: true, publicUrl: 'https://id.example.com', trustedProxies: ['127.0.0.1'] },
  });
});
afterAll(() => Promise.all([server.app.close(), secure.app.close()]));

const ROUTES: [string, RequestInit?][] = [
  ['/graphql?query={hello}'],
  ['/graphql', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
  ['/graphql', { headers: { accept: 'text/html' } }],
  ['/healthz'],
  ['/readyz'],
  ['/.well-known/jwks.json'],
  ['/nothing'],
  ['/graphiql/nothing.js'],
  ['/%zz'],
];

test.each(ROUTES)('%s has the security headers and does not name the server software (T17)', async (path, init) => {
  const { headers } = await fetch(server.url + path, init);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-type')).toMatch(/charset=utf-8$/);
  expect(headers.get('cache-control')).toBe(path.includes('jwks') ? 'public, max-age=300' : 'no-store');
  expect([headers.get('server'), headers.get('x-powered-by'), headers.get('strict-transport-security')]).toEqual([
    null,
    null,
    null,
  ]);
});

test('behind https every response has HSTS (T17)', async () => {
  for (const path of ['/healthz', '/nothing', '/%zz']) {
    expect((await fetch(secure.url + path)).headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
});

test('a request id of the client is returned, unless it could break a log line', async () => {
  const getRequestId = async (id: string) =>
    (await fetch(`${server.url}/healthz`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
  expect(await getRequestId('abc-1.2_3')).toBe('abc-1.2_3');
  for (const bad of ['a b', 'x'.repeat(129), 'a"b', 'ä', '<script>', ''])
    expect(await getRequestId(bad)).toMatch(/^[0-9a-f-]{36}$/);
  expect(
    (await fetch(`${server.url}/nothing`, { headers: { 'x-request-id': 'mine' } })).headers.get('x-request-id'),
  ).toBe('mine');
});

describe('the client’s address', () => {
  const FORGED = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };
  const getAddress = async (of: TestServer, headers: Record<string, string>) =>
    (await of.graphql('{ client { ip } }', { headers })).body.data?.client;

  test('is taken from a forwarding header only behind a trusted proxy (T40)', async () => {
    expect(await getAddress(server, FORGED)).toEqual({ ip: '127.0.0.1' });
    expect(await getAddress(secure, { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' })).toEqual({ ip: '203.0.113.9' });
    expect(await getAddress(secure, { 'x-real-ip': FORGED['x-real-ip'] })).toEqual({ ip: '127.0.0.1' });
  });

  test.each([
    'nonsense',
    "'; drop table users",
    '999.1.1.1',
    '1.2.3.4:80:90',
    'unknown',
    '_hidden',
    '[1.2.3',
    '1.2.3.4/8',
    ',',
    'x'.repeat(3000),
  ])('is the proxy’s own when the header is "%s" (T40)', async (value) => {
    expect(await getAddress(secure, { 'x-forwarded-for': value })).toEqual({ ip: '127.0.0.1' });
  });

  // As written by nginx, Azure Application Gateway, AWS, HAProxy, Envoy, Traefik and others; RFC 7239 sections 4 and 6.
  test.each([
    ['203.0.113.9:4711', '203.0.113.9'],
    ['203.0.113.9:', '203.0.113.9'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]', '2001:db8::7'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['2001:db8:0:0:0:0:0:7:4711', '2001:db8:0:0:0:0:0:7'],
    ['"203.0.113.9"', '203.0.113.9'],
    ['  203.0.113.9  ', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:80', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['0:0:0:0:0:ffff:CB00:7109', '203.0.113.9'],
    ['198.51.100.1, ::ffff:cb00:7109, ::ffff:7f00:1', '203.0.113.9'],
    ['198.51.100.1,203.0.113.9', '203.0.113.9'],
    ['198.51.100.1 , 203.0.113.9:1 , 127.0.0.1:80,, ', '203.0.113.9'],
    ['nonsense, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, nonsense, 127.0.0.1', '127.0.0.1'],
  ])('is read from X-Forwarded-For: %s (T40)', async (value, ip) => {
    expect(await getAddress(secure, { 'x-forwarded-for': value })).toEqual({ ip });
  });

  test.each([
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="203.0.113.9:4711"', '203.0.113.9'],
    ['for="[2001:db8:cafe::17]:4711"', '2001:db8:cafe::17'],
    ['proto=https;by=203.0.113.43;for=203.0.113.9;host=example.com', '203.0.113.9'],
    ['for=198.51.100.1, for=203.0.113.9;by=127.0.0.1', '203.0.113.9'],
    ['for=198.51.100.1, for=203.0.113.9, for=127.0.0.1', '203.0.113.9'],
    ['for=unknown', '127.0.0.1'],
    ['for="_gazonk"', '127.0.0.1'],
    ['by=203.0.113.9', '127.0.0.1'],
    ['for=203.0.113.9;for=203.0.113.8', '127.0.0.1'],
    // A client leaves a quote open, and the proxy appends.
    ['for="198.51.100.1, for=203.0.113.9', '203.0.113.9'],
    ['for="198.51.100.1, for="[2001:db8::9]:1"', '2001:db8::9'],
    ['for="198.51.100.1;x=\\", for=203.0.113.9', '203.0.113.9'],
  ])('is read from Forwarded: %s (T40)', async (forwarded, ip) => {
    expect(await getAddress(secure, { forwarded })).toEqual({ ip });
    expect(await getAddress(server, { forwarded })).toEqual({ ip: '127.0.0.1' });
  });

  test('is read from all X-Forwarded-For headers together, which win over Forwarded (T40)', async () => {
    const body = JSON.stringify({ query: '{ client { ip } }' });
    const request = [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      `content-length: ${body.length}`,
      'connection: close',
      'x-forwarded-for: 198.51.100.1',
      'forwarded: for=198.51.100.2',
      'x-forwarded-for: 203.0.113.9, 127.0.0.1',
    ];
    const response = await exchangeBytes(secure.port, `${request.join('\r\n')}\r\n\r\n${body}`);
    expect(response).toContain('"ip":"203.0.113.9"');
  });

  test('is IPv4 when mapped to IPv6, and has no zone', async () => {
    expect(await getAddress(secure, { 'x-forwarded-for': '::ffff:203.0.113.9' })).toEqual({ ip: '203.0.113.9' });
    expect(await getAddress(secure, { 'x-forwarded-for': 'fe80::1%eth0' })).toEqual({ ip: 'fe80::1' });
  });

  test('the user agent is shortened and has no control characters, and the locale is a supported one', async () => {
    const headers = { 'user-agent': `Evil\u0085\u009b31m ${'x'.repeat(2000)}`, 'accept-language': 'de, ru;q=0.8' };
    const { body } = await server.graphql('{ client { userAgent locale } }', { headers });
    const client = body.data?.client as { userAgent: string; locale: string };
    expect([client.userAgent.length, client.locale]).toEqual([400, 'ru']);
    expect(client.userAgent).toMatch(/^Evil31m x+$/);
  });
});

describe('the access token', () => {
  const me = (authorization: string) => server.graphql('{ me { id } hello }', { headers: { authorization } });
  const unauthenticated = {
    data: { me: null, hello: 'world' },
    errors: [
      {
        message: 'A valid access token is required.',
        path: ['me'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'UNAUTHENTICATED' },
      },
    ],
  };

  test.each([`Bearer ${ACCEPTED.token}`, `bearer  ${ACCEPTED.token}`])('is read from "%s"', async (header) => {
    expect((await me(header)).body).toEqual({ data: { me: { id: 'user-1' }, hello: 'world' } });
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    ACCEPTED.token,
    `Basic ${ACCEPTED.token}`,
    'Bearer tökén',
    `Bearer ${ACCEPTED.token} ${ACCEPTED.token}`,
    `Bearer ${ACCEPTED.token},Bearer ${ACCEPTED.token}`,
    'Bearer a\tb',
    'Bearer ==',
  ])('"%s" counts as no token: protected fields say so, public ones work (T67)', async (header) => {
    const { status, body } = await me(header);
    expect([status, body]).toEqual([header.startsWith('Basic') ? 200 : 401, unauthenticated]);
  });

  test('over 8 KB counts as no token (T67)', async () => {
    expect((await me(`Bearer ${ACCEPTED.token}${'a'.repeat(8192)}`)).body).toEqual(unauthenticated);
  });

  test('in two Authorization headers counts as no token (T67)', async () => {
    const body = '{"query":"{ me { id } }"}';
    const response = await exchangeBytes(
      server.port,
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${ACCEPTED.token}\r\nAuthorization: Bearer other\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    expect(response).toContain('UNAUTHENTICATED');
  });

  test('a mutation that signs in continues as the new session', async () => {
    expect((await server.graphql('mutation { signIn }')).body.data).toEqual({ signIn: 'user-1' });
  });
});

describe('the refresh cookie', () => {
  const cookie = (headers: Record<string, string>, of = server) => of.graphql('mutation { cookie }', { headers });

  test('is HttpOnly, Secure and host-bound behind https (T74)', async () => {
    const { headers } = await secure.graphql('mutation { keepCookie(token: "a.b-c_d") }');
    expect(headers.getSetCookie()).toEqual([
      '__Host-refresh=a.b-c_d; Path=/; Expires=Tue, 01 Jan 2030 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  test('has a plain name without https, and can be cleared (T74)', async () => {
    const kept = await server.graphql('mutation { keepCookie(token: "t") }');
    expect(kept.headers.getSetCookie()[0]).toMatch(/^refresh=t; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const dropped = await server.graphql('mutation { dropCookie }');
    expect(dropped.headers.getSetCookie()).toEqual(['refresh=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
  });

  test.each([
    ['a client that is not a browser', {}, 'mine'],
    ['an origin on the list', { origin: 'http://localhost:3000' }, 'mine'],
    ['the server itself', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' }, 'mine'],
    ['an origin that is not on the list', { origin: 'https://evil.example' }, null],
    ['a longer name than one on the list', { origin: 'http://localhost:3000.evil.example' }, null],
    ['a sandboxed page', { origin: 'null' }, null],
    ['a browser that hides its origin', { 'sec-fetch-site': 'same-origin' }, null],
  ])('is accepted or ignored by origin, from %s: %o (T74)', async (_, headers, expected) => {
    const { body } = await cookie({ cookie: 'a=b; refresh=mine', ...headers });
    expect(body.data).toEqual({ cookie: expected });
  });

  test('behind https is read by its __Host- name only, which no sibling domain can set (T74)', async () => {
    expect((await cookie({ cookie: 'refresh=planted' }, secure)).body.data).toEqual({ cookie: null });
    expect((await cookie({ cookie: '__Host-refresh=mine; refresh=planted' }, secure)).body.data).toEqual({
      cookie: 'mine',
    });
    expect((await cookie({ cookie: '=;;refresh' })).body.data).toEqual({ cookie: null });
  });
});
