import { describe, expect, test } from 'vitest';
import type { TestApp } from './app.ts';
import type { FrontRequest } from './http-front.ts';
import { PASSWORD, signUp } from './people.ts';
import { type RawRequest, rawLine, rawRequest } from './raw-request.ts';

/** An example that passes POST /graphql on to the service. */
export interface Bff {
  /** Where it listens on 127.0.0.1, and where browsers see it. */
  port: number;
  origin: string;
  /** The name of the service's cookie. */
  cookie: string;
  app: TestApp;
  /** What it has sent to the service. */
  forwarded: readonly FrontRequest[];
}

export const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  __typename ... on Authenticated { accessToken accessTokenExpiresIn session { id } }
} }`;
const REFRESH = JSON.stringify({ query: 'mutation { refresh { __typename } }' });
/** An address of this machine that is no trusted proxy. Other systems than Linux have only 127.0.0.1. */
const STRANGER = process.platform === 'linux' ? '127.0.0.9' : undefined;

/** What every backend for a frontend must do, and what an attacker must not achieve with it. */
export function describeBff(bff: () => Bff): void {
  const post = (options: RawRequest = {}) => {
    const headers = { origin: bff().origin, 'content-type': 'application/json', ...options.headers };
    return rawRequest(bff().port, { body: '{"query":"{ __typename }"}', ...options, headers });
  };
  const lastForwarded = () => bff().forwarded.at(-1);

  async function signIn(options: RawRequest = {}) {
    const { email } = await signUp(bff().app);
    const variables = { input: { identifier: email, password: PASSWORD, transport: 'COOKIE' } };
    const response = await post({ body: JSON.stringify({ query: LOGIN, variables }), ...options });
    expect(JSON.parse(response.text)).toMatchObject({ data: { login: { __typename: 'Authenticated' } } });
    const cookies = response.headers['set-cookie'] ?? [];
    const refresh = cookies.find((cookie) => cookie.startsWith(`${bff().cookie}=`)) ?? '';
    return { email, response, cookies, pair: refresh.split(';', 1)[0] ?? '' };
  }

  async function addressesOf(token: string): Promise<string[]> {
    const body = '{"query":"{ me { sessions { ipAddress } } }"}';
    const { text } = await post({ body, headers: { authorization: `Bearer ${token}` } });
    return JSON.parse(text).data.me.sessions.map(({ ipAddress }: { ipAddress: string }) => ipAddress);
  }

  describe('forwards to the service', () => {
    test('its cookie and no other, and the cookie that it sets, with all its attributes', async () => {
      const { pair, cookies } = await signIn();
      expect(cookies[0]).toMatch(/^(?:__Host-)?refresh=[\w.-]+; .*Path=\/; .*Expires=.*GMT; HttpOnly/);
      expect(cookies[0]).toContain('SameSite=Lax');
      expect(cookies.join()).not.toMatch(/Domain/i);

      const response = await post({ body: REFRESH, headers: { cookie: `theme=dark; ${pair}; analytics=1` } });
      expect(response.text).toContain('"Authenticated"');
      expect(lastForwarded()?.headers.cookie).toBe(pair);
    });

    test('the language, the browser and the request id, which comes back', async () => {
      const headers = { 'accept-language': 'uz', 'user-agent': 'Example/1.0', 'x-request-id': 'request-7' };
      const response = await post({ headers });
      expect(lastForwarded()?.headers).toMatchObject(headers);
      expect(response.headers['x-request-id']).toBe('request-7');
    });

    test('nothing that was not listed: no hop-by-hop header, no Forwarded, none of other proxies', async () => {
      const unwanted = {
        connection: 'keep-alive, x-secret',
        te: 'trailers',
        forwarded: 'for=203.0.113.9',
        'x-forwarded-host': 'attacker.example',
        'x-real-ip': '203.0.113.9',
        'x-http-method-override': 'GET',
        'x-secret': 'yes',
        'proxy-authorization': 'Basic eDp5',
      };
      expect((await post({ headers: unwanted })).status).toBe(200);
      const { connection, ...sent } = lastForwarded()?.headers ?? {};
      expect(connection).toBe('keep-alive');
      for (const name of Object.keys(unwanted)) expect(sent[name], name).toBeUndefined();
    });

    test('answers that no cache may keep', async () => {
      expect((await post()).headers['cache-control']).toBe('no-store');
    });
  });

  describe('refuses', () => {
    test.each(['https://attacker.example', 'null', ''])(
      'requests of the origin "%s", and forwards nothing',
      async (origin) => {
        const before = bff().forwarded.length;
        const response = await post({ headers: { origin } });
        expect(response.status).toBe(403);
        expect(bff().forwarded).toHaveLength(before);
      },
    );

    test('what a form can send: urlencoded, multipart and text that looks like JSON', async () => {
      for (const type of [
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/plain',
        'application/jsonp',
      ])
        expect((await post({ headers: { 'content-type': type } })).status, type).toBe(415);
    });

    test.each(['GET', 'PUT', 'DELETE', 'TRACE', 'PATCH'])('the method %s', async (method) => {
      const before = bff().forwarded.length;
      const response = await post({ method, body: '' });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(bff().forwarded).toHaveLength(before);
    });

    test.each([
      '/graphql/../dev/outbox',
      '/dev/outbox',
      '/.well-known/jwks.json',
      '/graphql/%2e%2e/dev/outbox',
      '//attacker.example/graphql',
      '/graphql%2f..%2fdev/outbox',
    ])('other paths of the service: %s', async (path) => {
      const before = bff().forwarded.length;
      const response = await post({ path, method: 'GET', body: '' });
      expect(response.text).not.toContain('"keys"');
      expect(response.status).not.toBe(200);
      expect(response.headers.location ?? bff().origin).toMatch(new RegExp(`^(?:/(?!/)|${bff().origin}(?:/|$))`));
      expect(bff().forwarded).toHaveLength(before);
    });

    test('to be an open proxy: absolute targets and CONNECT', async () => {
      const before = bff().forwarded.length;
      const host = `127.0.0.1:${bff().port}`;
      const absolute = await rawLine(
        bff().port,
        `POST http://${new URL(bff().app.url).host}/readyz HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`,
      );
      expect(absolute).toMatch(/ 4\d\d /);
      const tunnel = await rawLine(
        bff().port,
        `CONNECT ${new URL(bff().app.url).host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      );
      expect(tunnel ?? 'closed').not.toMatch(/ 200 /);
      expect(bff().forwarded).toHaveLength(before);
    });

    test('a WebSocket', async () => {
      const lines = [
        'GET /graphql HTTP/1.1',
        `Host: 127.0.0.1:${bff().port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
      ];
      const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Connection: close'];
      const line = await rawLine(bff().port, [...lines, ...key, '', ''].join('\r\n'));
      expect(line ?? 'closed').not.toMatch(/ 101 /);
    });

    test('large bodies, with and without a length', async () => {
      const before = bff().forwarded.length;
      const body = JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(70_000) });
      expect((await post({ body, headers: { 'content-length': body.length } })).status).toBe(413);
      expect((await post({ body, headers: { 'transfer-encoding': 'chunked' } })).status).toBe(413);
      expect(bff().forwarded).toHaveLength(before);
    });

    test('requests that two servers could read differently', async () => {
      const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${bff().port}\r\nOrigin: ${bff().origin}\r\n`;
      const both =
        'Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET';
      expect(await rawLine(bff().port, head + both)).toMatch(/ 400 /);
    });
  });

  test('two cookies of one name are none: another host of the domain may have set one', async () => {
    const { pair } = await signIn();
    const response = await post({ body: REFRESH, headers: { cookie: `${bff().cookie}=planted; ${pair}` } });
    expect(response.text).toContain('"RefreshRejected"');
    expect(lastForwarded()?.headers.cookie).toBeUndefined();
    expect((await post({ body: REFRESH, headers: { cookie: pair } })).text).toContain('"Authenticated"');
  });

  test.runIf(STRANGER)('an X-Forwarded-For header of the browser itself is not believed', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.66', forwarded: 'for=203.0.113.66' };
    const { response } = await signIn({ from: STRANGER ?? '', headers });
    const addresses = await addressesOf(JSON.parse(response.text).data.login.accessToken);
    expect(addresses).toContain(STRANGER);
    expect(addresses).not.toContain('203.0.113.66');
  });

  test('the address that a trusted proxy in front reports is that of the session', async () => {
    const { response } = await signIn({ headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(lastForwarded()?.headers['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1');
    expect(await addressesOf(JSON.parse(response.text).data.login.accessToken)).toContain('203.0.113.7');
  });
}
