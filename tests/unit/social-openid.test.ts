import { generateKeyPairSync } from 'node:crypto';
import { createLocalJWKSet, exportJWK, importSPKI, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { createCachedDocument } from '../../src/features/social/openid/cached-document.ts';
import { createDiscovery } from '../../src/features/social/openid/discovery.ts';
import { Failure } from '../../src/features/social/provider.ts';
import { openIdProvider } from '../../src/features/social/providers/openid/openid-provider.ts';
import { boundedWeb } from '../../src/infra/web/bounded-web.ts';
import type { WebRequest } from '../../src/infra/web/web.ts';
import { json, startPeer } from '../support/social/peer.ts';

const CLIENT = {
  name: 'x',
  label: 'X',
  issuer: '',
  clientId: 'client',
  secret: { kind: 'shared', secret: 'secret' },
  scopes: ['openid'],
  emailDomains: [],
  audiences: [],
  responseMode: 'query',
} as const;

/** Starts an issuer that serves the usual discovery document with these changes. */
async function startIssuerWith(changes: (origin: string) => Record<string, unknown>) {
  return startPeer({
    name: 'x',
    tokenPath: '/token',
    settings: () => ({}),
    handler: (origin) => (_request, response) =>
      json(response, 200, {
        issuer: origin,
        authorization_endpoint: `${origin}/auth`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
        ...changes(origin),
      }),
  });
}

describe('discovery', () => {
  const discover = async (changes: (origin: string) => Record<string, unknown>) => {
    const peer = await startIssuerWith(changes);
    const web = boundedWeb({ allowedUrls: [peer.issuer] });
    const found = await createDiscovery({ web, issuer: peer.issuer }).get();
    await peer.close();
    return { found, web };
  };

  test.each<[string, Record<string, unknown>]>([
    ['a link-local token endpoint', { token_endpoint: 'http://169.254.169.254/token' }],
    ['a link-local token endpoint with https', { token_endpoint: 'https://169.254.169.254/token' }],
    ['an IPv6 token endpoint', { token_endpoint: 'https://[fd00::1]/token' }],
    ['a token endpoint with a bare host name', { token_endpoint: 'https://metadata/token' }],
    ['a decimal address', { token_endpoint: 'https://2852039166/token' }],
    ['plain http elsewhere', { token_endpoint: 'http://issuer.example.com/token' }],
    ['keys on a local port', { jwks_uri: 'http://127.0.0.1:1/jwks' }],
    ['keys in a file', { jwks_uri: 'file:///etc/passwd' }],
    ['credentials in a URL', { jwks_uri: 'https://a:b@issuer.example.com/jwks' }],
    ['no keys', { jwks_uri: undefined }],
    ['a jwks_uri that is not a string', { jwks_uri: ['https://issuer.example.com/jwks'] }],
    ['an authorization endpoint that is a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['another issuer', { issuer: 'https://issuer.example.com' }],
    ['no issuer', { issuer: undefined }],
  ])('rejects %s (T82, T84)', async (_title, changes) => {
    expect((await discover(() => changes)).found).toMatchObject({ reason: 'UNAVAILABLE' });
  });

  test('allows requests to the origins that it names and to no others (T84)', async () => {
    const request = (web: { send(request: WebRequest): Promise<unknown> }, url: string) => web.send({ url });
    const { found, web } = await discover(() => ({ token_endpoint: 'https://token.invalid/token' }));
    expect(found).toMatchObject({ tokenEndpoint: 'https://token.invalid/token' });
    const refused = { kind: 'failed', error: 'the origin is not allowed' };
    expect(await request(web, 'https://token.invalid/token')).not.toEqual(refused);
    expect(await request(web, 'https://other.invalid/token')).toEqual(refused);
    expect(await request(web, 'http://token.invalid/token')).toEqual(refused);
    expect(await request(web, 'not an address')).toEqual(refused);
  });

  test('for an issuer with a path and a trailing slash is below that path', async () => {
    const peer = await startIssuerWith(() => ({}));
    const issuer = `${peer.origin}/tenant/`;
    await createDiscovery({ web: boundedWeb({ allowedUrls: [issuer] }), issuer }).get();
    expect(peer.requests.map(({ path }) => path)).toEqual(['/tenant/.well-known/openid-configuration']);
    await peer.close();
  });
});

describe('a key set (F26)', () => {
  const ID_TOKEN = [{ alg: 'RS256', kid: 'a' }, { sub: 'x' }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmF0dXJl')
    .join('.');

  test.each<[string, unknown]>([
    ['without a list of keys', { keys: 'none' }],
    ['that is a list', []],
    ['with null as a key', { keys: [null] }],
    ['with a key without a modulus', { keys: [{ kty: 'RSA', kid: 'a', alg: 'RS256', e: 'AQAB' }] }],
    ['with an invalid key', { keys: [{ kty: 'RSA', kid: 'a', alg: 'RS256', e: 'AQAB', n: '!' }] }],
  ])('%s makes the provider unavailable, not the token invalid', async (_title, keys) => {
    const peer = await startPeer({
      name: 'x',
      tokenPath: '/token',
      settings: () => ({}),
      handler: (origin) => (request, response) =>
        request.url === '/jwks'
          ? json(response, 200, keys)
          : json(response, 200, {
              issuer: origin,
              authorization_endpoint: `${origin}/auth`,
              token_endpoint: `${origin}/token`,
              jwks_uri: `${origin}/jwks`,
            }),
    });
    const provider = openIdProvider({ ...CLIENT, issuer: peer.issuer }, { openWeb: boundedWeb, clock: systemClock });
    expect(await provider.accept({ kind: 'idToken', token: ID_TOKEN, nonce: undefined })).toMatchObject({
      reason: 'UNAVAILABLE',
    });
    await peer.close();
  });
});

describe('a cached document', () => {
  const failure = new Failure('UNAVAILABLE', 'down');
  function createSource() {
    const state = { now: 0, loads: 0, loaded: { version: 1 } as { version: number } | Failure };
    const document = createCachedDocument({
      load: async () => {
        state.loads += 1;
        return state.loaded;
      },
      freshFor: 1_000,
      staleFor: 100_000,
      now: () => state.now,
    });
    return { state, document };
  }

  test('is kept while it is fresh, and longer while its source is down', async () => {
    const { state, document } = createSource();
    expect(await document.get()).toEqual({ version: 1 });
    state.loaded = { version: 2 };
    expect(await document.get()).toEqual({ version: 1 });
    state.now = 1_000;
    expect(await document.get()).toEqual({ version: 2 });
    state.loaded = failure;
    state.now = 50_000;
    expect(await document.get()).toEqual({ version: 2 });
    state.now = 200_000;
    expect(await document.get()).toBe(failure);
    expect(state.loads).toBe(4);
  });

  test('is renewed on demand, but not for every request', async () => {
    const { state, document } = createSource();
    await document.get();
    for (let round = 0; round < 100; round++) await document.renew();
    expect(state.loads).toBe(1);
    state.now = 10_000;
    await Promise.all(Array.from({ length: 100 }, () => document.renew()));
    expect(state.loads).toBe(2);
  });
});

describe('a signed client secret, as Apple requires it', () => {
  test('is a short-lived ES256 JWT for the issuer, sent in the body', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const peer = await startIssuerWith(() => ({ token_endpoint_auth_methods_supported: ['client_secret_post'] }));
    const clientSecret = {
      kind: 'signed',
      teamId: 'TEAM123456',
      keyId: 'KEY1234567',
      privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    } as const;
    const provider = openIdProvider(
      {
        name: 'apple',
        label: 'Apple',
        issuer: peer.issuer,
        clientId: 'com.example.web',
        secret: clientSecret,
        scopes: ['openid', 'email'],
        emailDomains: [],
        audiences: [],
        responseMode: 'form_post',
      },
      { openWeb: boundedWeb, clock: systemClock },
    );
    const parameters = { redirectUri: 'https://app.example.com/', state: 's', nonce: 'n', verifier: 'v'.repeat(43) };
    const url = new URL(String(await provider.authorize(parameters)));
    expect(url.searchParams.get('response_mode')).toBe('form_post');
    expect(url.searchParams.get('nonce')).toBe('n');

    await provider.exchange({ ...parameters, code: 'c', issuer: undefined });
    const [{ form, headers } = { form: new URLSearchParams(), headers: {} }] = peer.tokenRequests();
    expect(headers.authorization).toBeUndefined();
    expect(form.get('client_id')).toBe('com.example.web');
    const key = await importSPKI(String(publicKey.export({ type: 'spki', format: 'pem' })), 'ES256');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(key)), kid: 'KEY1234567', alg: 'ES256' }] });
    const { payload } = await jwtVerify(form.get('client_secret') ?? '', keys, {
      algorithms: ['ES256'],
      issuer: 'TEAM123456',
      subject: 'com.example.web',
      audience: peer.issuer,
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(600);
    await peer.close();
  });
});
