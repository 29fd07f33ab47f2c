import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docsBlock } from '../support/docs.ts';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.ts';

// What gateways that cannot run here must find, by their documentation: in the settings of docs/gateways.md, in the key set, in the
// discovery document and in the claims.

/** The issuer in docs/gateways.md. */
const EXAMPLE = 'https://auth.example.com';
const BLOCKS = [
  'hasura.json',
  'hasura-map.json',
  'router.yaml',
  'cosmo.yaml',
  'hive-router.yaml',
  'yoga-jwt.mjs',
  'gateway.config.ts',
];
const block = (name: string): string => docsBlock('gateways.md', name);

let issuer: Issuer;
let keys: JWK[];
let claims: ReturnType<typeof decodeJwt>;
let header: ReturnType<typeof decodeProtectedHeader>;
let userId: string;
beforeAll(async () => {
  issuer = await startIssuer({ ACCESS_TOKEN_CLAIMS: 'hasura,supabase' });
  const { accessToken, user } = await issuer.signIn();
  [claims, header, userId] = [decodeJwt(accessToken), decodeProtectedHeader(accessToken), user.id];
  ({ keys } = (await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json()) as { keys: JWK[] });
});
afterAll(() => issuer.close());

describe('the settings of every gateway', () => {
  test.each(BLOCKS)('name the key set, the audience and a single algorithm: %s', (name) => {
    const text = block(name).replace(`\${issuer}`, EXAMPLE);
    expect(text).toContain(`${EXAMPLE}/.well-known/jwks.json`);
    expect(text).toContain(AUDIENCE);
    // Hasura takes the algorithm from the key.
    expect(text.match(/\b[A-Z]{2}\d{3}\b|EdDSA/g) ?? []).toEqual(name.startsWith('hasura') ? [] : ['ES256']);
  });

  test.each(BLOCKS.filter((name) => name !== 'cosmo.yaml'))('name the issuer: %s', (name) => {
    expect(block(name)).toMatch(new RegExp(`(?:issuers?"?:\\s+(?:- )?|issuer = )["']?${EXAMPLE}["']?[,;]?$`, 'm'));
  });
});

describe('the key set', () => {
  test('has for each key the algorithm, use and key id that gateways select it by', () => {
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys)
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) });
    expect(keys.map(({ kid }) => kid)).toContain(header.kid);
  });

  test('says for how long it may be cached: without that Hasura never reads it again', async () => {
    const { headers } = await fetch(`${issuer.url}/.well-known/jwks.json`);
    expect(headers.get('cache-control')).toMatch(/(?:^|[ ,])max-age=300$/);
    expect(headers.get('content-type')).toMatch(/^application\/json\b/);
  });
});

test('the discovery document names the key set, as Supabase requires', async () => {
  const document = await (await fetch(`${String(claims.iss)}/.well-known/openid-configuration`)).json();
  expect(document).toMatchObject({ issuer: claims.iss, jwks_uri: `${issuer.url}/.well-known/jwks.json` });
});

test('an access token has every claim that gateways check only if it is there', () => {
  expect(claims).toMatchObject({ iss: issuer.url, aud: AUDIENCE, sub: userId, exp: expect.any(Number) });
});

test('an access token has the database role that Supabase requires, with the preset', () => {
  expect(claims.role).toBe('authenticated');
  expect(header.kid).toEqual(expect.any(String));
});

describe('Hasura', () => {
  test('finds its claims in the access token, with the preset', () => {
    const session = claims['https://hasura.io/jwt/claims'] as Record<string, unknown>; // Checked next.
    expectHasuraSession(session);
    expect(session['x-hasura-user-id']).toBe(userId);
    expect(session['x-hasura-allowed-roles']).not.toContain('admin');
  });

  /** What Hasura makes of an entry of claims_map: a text or list as it is, or the value at a path of one name. */
  const mapped = (entry: unknown): unknown => {
    const { path } = entry as { path?: string };
    return path === undefined ? entry : claims[path.replace('$.', '')];
  };

  test('finds with claims_map a user id, and a default role among the allowed ones', () => {
    const { claims_map } = JSON.parse(block('hasura-map.json'));
    const session = Object.fromEntries(Object.entries(claims_map).map(([name, entry]) => [name, mapped(entry)]));
    expectHasuraSession(session);
    expect(session['x-hasura-user-id']).toBe(userId);
  });

  test('has the same settings in both examples, but for claims_map', () => {
    const { claims_map, ...rest } = JSON.parse(block('hasura-map.json'));
    expect(claims_map).toBeDefined();
    expect(rest).toEqual(JSON.parse(block('hasura.json')));
  });
});

/** The rules of Hasura's documentation: two roles are required, and all values but the list are texts. */
function expectHasuraSession(session: Record<string, unknown>): void {
  const { 'x-hasura-allowed-roles': roles, ...texts } = session;
  expect(roles).toEqual(expect.arrayContaining([texts['x-hasura-default-role']]));
  for (const role of roles as unknown[]) expect(role).toEqual(expect.any(String));
  for (const [name, text] of Object.entries(texts)) expect([name, text]).toEqual([name, expect.any(String)]);
}
