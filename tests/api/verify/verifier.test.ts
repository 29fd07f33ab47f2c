import { createVerifier, VerificationError, type Verifier } from '@latchkey/verify';
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApp } from '../../support/app.ts';
import { requestFeed } from '../../support/revocation-feed.ts';
import { logOut, type RegisteredUser, registerUser } from '../../support/sessions.ts';
import { AUDIENCE, expectRevokedInTime, outcomeOf, startIssuer, verifierFor } from '../../support/verify.ts';

let app: TestApp;
let verifier: Verifier;
let user: RegisteredUser;
beforeAll(async () => {
  app = await startIssuer();
  verifier = verifierFor(app);
  user = await registerUser(app.client());
});
afterAll(async () => {
  verifier.close();
  await app.close();
});

describe('a verifier', () => {
  test('returns the claims of an access token', async () => {
    const claims = await verifier.verify(user.accessToken);
    expect(claims).toMatchObject({ ...decodeJwt(user.accessToken), scopes: [], roles: expect.any(Array) });
    expect([claims.iss, claims.aud, claims.email]).toEqual([app.url, AUDIENCE, user.email]);
  });

  test('returns claims that a caller cannot change for other requests', async () => {
    const claims = await verifier.verify(user.accessToken);
    expect(() => Object.assign(claims, { sub: 'other' })).toThrow(TypeError);
    expect(() => (claims.roles as string[]).push('ADMIN')).toThrow(TypeError);
  });

  test('refuses tokens of a session within two seconds of its logout, and tells listeners', async () => {
    const leaver = await registerUser(app.client());
    const { sid } = await verifier.verify(leaver.accessToken);
    const told: string[] = [];
    const stop = verifier.onRevoked((id) => void told.push(id));
    await logOut(leaver.client, leaver.refreshToken);
    await expectRevokedInTime(verifier, leaver.accessToken);
    stop();
    expect(told).toContain(sid);
    expect(await outcomeOf(verifier, user.accessToken)).toBe('accepted');
  });

  test('that has just started knows the sessions that ended before', async () => {
    const leaver = await registerUser(app.client());
    await logOut(leaver.client, leaver.refreshToken);
    const late = verifierFor(app);
    await expectRevokedInTime(late, leaver.accessToken);
    late.close();
  });

  test('sends no request for each token', async () => {
    let requests = 0;
    const counting = verifierFor(app, {
      cacheSize: 0,
      fetch: (url, init) => {
        requests += 1;
        return fetch(url, init);
      },
    });
    await counting.start();
    const before = requests;
    for (let count = 0; count < 200; count += 1) await counting.verify(user.accessToken);
    expect(requests - before).toBeLessThan(20);
    counting.close();
  });

  test('without the feed accepts tokens of ended sessions until they expire', async () => {
    const leaver = await registerUser(app.client());
    await logOut(leaver.client, leaver.refreshToken);
    const lenient = verifierFor(app, { revocations: false });
    expect(await outcomeOf(lenient, leaver.accessToken)).toBe('accepted');
    lenient.close();
  });

  test('that is closed verifies nothing', async () => {
    const closed = verifierFor(app);
    closed.close();
    expect(await outcomeOf(closed, user.accessToken)).toBe('unavailable');
  });
});

describe('a verifier refuses', () => {
  test.each([undefined, ''])('no token: %j', async (token) => {
    expect(await outcomeOf(verifier, token)).toBe('missing');
  });

  test.each(['x', 'a.b', 'a.b.c', '..', 'a.b.c.d', `${'a'.repeat(20_000)}.b.c`, 'é.b.c'])(
    'text that is no token: %s',
    async (token) => {
      expect(await outcomeOf(verifier, token)).toBe('malformed');
    },
  );

  test('a refresh token', async () => {
    expect(await outcomeOf(verifier, user.refreshToken)).not.toBe('accepted');
  });

  test('a document of the revocation feed, although it is signed with the same key', async () => {
    const { token } = await requestFeed(app.url, { query: 'since=0' });
    expect(decodeProtectedHeader(token).kid).toBe(decodeProtectedHeader(user.accessToken).kid);
    // It also has no audience.
    expect(['wrong-type', 'wrong-audience', 'malformed']).toContain(await outcomeOf(verifier, token));
  });

  test('a token for another audience, or of another issuer', async () => {
    const elsewhere = verifierFor(app, { audience: 'https://other.example.com' });
    expect(await outcomeOf(elsewhere, user.accessToken)).toBe('wrong-audience');
    elsewhere.close();
    const other = createVerifier({ issuer: 'https://other.example.com', url: app.url, audience: AUDIENCE });
    expect(await outcomeOf(other, user.accessToken)).toBe('wrong-issuer');
    other.close();
  });

  test('another spelling of a token, and a changed one', async () => {
    const [header = '', payload = '', signature = ''] = user.accessToken.split('.');
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const respelled =
      signature.slice(0, -1) +
      last[(last.indexOf(signature.at(-1) ?? '') & ~15) + ((last.indexOf(signature.at(-1) ?? '') + 1) & 15)];
    expect(Buffer.from(respelled, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(await outcomeOf(verifier, `${header}.${payload}.${respelled}`)).toBe('malformed');
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(user.accessToken), roles: ['ADMIN'] })).toString(
      'base64url',
    );
    expect(await outcomeOf(verifier, `${header}.${forged}.${signature}`)).toBe('bad-signature');
  });

  test('a token without a signature, or signed with the public key as a secret', async () => {
    const claims = decodeJwt(user.accessToken);
    const { kid = '' } = decodeProtectedHeader(user.accessToken);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${encode(claims)}.${encode({})}`;
    expect(await outcomeOf(verifier, unsigned)).toBe('wrong-algorithm');
    const keys = createRemoteJWKSet(new URL(`${app.url}/.well-known/jwks.json`));
    const publicKey = await keys({ alg: 'ES256', kid });
    const secret = new TextEncoder().encode(await exportSPKI(publicKey));
    const confused = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid }).sign(secret);
    expect(await outcomeOf(verifier, confused)).toBe('wrong-algorithm');
  });

  test('a token with a key that the service does not have, also if the token contains the key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const claims = decodeJwt(user.accessToken);
    const header = {
      alg: 'ES256',
      typ: 'at+jwt',
      kid: 'mine',
      jwk: await exportJWK(publicKey),
      jku: 'https://evil.example/',
    };
    const forged = await new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
    expect(await outcomeOf(verifier, forged)).toBe('unknown-key');
  });
});

test('the error has the status and headers of RFC 6750, and does not contain the token', async () => {
  const error = (await verifier.verify('a.b.c').catch((thrown: unknown) => thrown)) as VerificationError; // Checked next.
  expect(error).toBeInstanceOf(VerificationError);
  expect([error.status, error.headers]).toEqual([
    401,
    { 'www-authenticate': 'Bearer error="invalid_token", error_description="The access token is malformed."' },
  ]);
  const missing = (await verifier.verify('').catch((thrown: unknown) => thrown)) as VerificationError; // As above.
  expect(missing.headers).toEqual({ 'www-authenticate': 'Bearer' });
});

test.each([
  [{ issuer: 'auth.example.com' }, 'issuer'],
  [{ issuer: 'https://auth.example.com/' }, 'issuer'],
  [{ audience: '' }, 'audience'],
  [{ audience: [] }, 'audience'],
  [{ clockTolerance: 31 }, 'clockTolerance'],
  [{ algorithms: [] }, 'algorithms'],
  [{ revocations: { maxStaleness: 5 } }, 'maxStaleness'],
])('wrong options are refused at once: %j', (options, name) => {
  const valid = { issuer: 'https://auth.example.com', audience: AUDIENCE };
  expect(() => createVerifier({ ...valid, ...options })).toThrow(name);
});

test('a verifier that is closed aborts its request with AbortError, and reports no outage', async () => {
  const reasons: unknown[] = [];
  const problems: unknown[] = [];
  const waiting = createVerifier({
    issuer: 'https://auth.example.com',
    audience: AUDIENCE,
    onError: (error) => problems.push(error),
    fetch: (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reasons.push(signal.reason);
          reject(signal.reason);
        });
      }),
  });
  void waiting.start();
  waiting.close();
  expect(reasons).toEqual([expect.objectContaining({ name: 'AbortError' })]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(problems).toEqual([]);
});
