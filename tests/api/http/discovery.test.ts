import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';

const PATHS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

let app: TestApp;
let issuer: string;
beforeAll(async () => {
  app = await startApp(WITHOUT_VERIFICATION);
  issuer = 'http://localhost:4000';
});
afterAll(() => app.close());

const load = async (path: string) => (await fetch(app.url + path)).json() as Promise<Record<string, unknown>>;

test('both discovery documents name the issuer and the keys, and no endpoint that does not exist', async () => {
  for (const path of PATHS) {
    expect(await load(path)).toEqual({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      revocations_uri: `${issuer}/.well-known/revocations`,
      response_types_supported: [],
      grant_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      claims_supported: expect.arrayContaining(['iss', 'sub', 'sid', 'roles']),
    });
  }
});

test('the discovery documents may be cached for as long as the keys, and HEAD has the same headers', async () => {
  for (const path of PATHS) {
    const [get, head] = await Promise.all([fetch(app.url + path), fetch(app.url + path, { method: 'HEAD' })]);
    for (const { headers, status } of [get, head]) {
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('set-cookie')).toBeNull();
    }
  }
});

test('every claim of an access token is listed once, also those of ACCESS_TOKEN_CLAIMS', async () => {
  const other = await startApp({ ...WITHOUT_VERIFICATION, ACCESS_TOKEN_CLAIMS: '{"plan":"free","user":"$.id"}' });
  const { accessToken } = await registerUser(other.client());
  const response = await fetch(`${other.url}${PATHS[0]}`);
  const { claims_supported: listed } = (await response.json()) as { claims_supported: string[] };
  expect(listed).toEqual(expect.arrayContaining([...Object.keys(decodeJwt(accessToken)), 'plan', 'user']));
  expect(new Set(listed).size).toBe(listed.length);
  await other.close();
});

test('the algorithm is that of the keys', async () => {
  const edward = await startApp({ ACCESS_TOKEN_ALG: 'EdDSA' });
  const response = await fetch(`${edward.url}${PATHS[0]}`);
  expect(await response.json()).toMatchObject({ id_token_signing_alg_values_supported: ['EdDSA'] });
  await edward.close();
});

test('a library that knows only the issuer verifies an access token with the discovered keys', async () => {
  const { accessToken } = await registerUser(app.client());
  const document = await load(PATHS[0] ?? '');
  const keys = createRemoteJWKSet(new URL(new URL(String(document.jwks_uri)).pathname, app.url));
  const algorithms = document.id_token_signing_alg_values_supported as string[]; // Checked above.
  const { payload } = await jwtVerify(accessToken, keys, { issuer, audience: issuer, algorithms, typ: 'at+jwt' });
  expect(payload.sub).toBeTypeOf('string');
});
