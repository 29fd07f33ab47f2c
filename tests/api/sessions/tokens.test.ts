import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { asc, sql } from 'drizzle-orm';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { numericDate } from '../../../src/core/clock.ts';
import { createKeyring, unseal } from '../../../src/core/secrets.ts';
import { signingKeys } from '../../../src/infra/db/tables.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import {
  getRejectionReason,
  isTokenAccepted,
  type RegisteredUser,
  registerUser,
  verifyToken,
  WITHOUT_VERIFICATION,
} from '../../support/sessions.ts';

const SECRET = randomBytes(32);
const NOTHING = { active: false, tokenType: null, userId: null, sessionId: null, expiresAt: null };
let app: TestApp;
let clock: TestClock;
let ada: RegisteredUser;

/** The server's serverKey signing key: each token forged with it is wrong in one thing only. */
let serverKey: { private: Awaited<ReturnType<typeof importJWK>>; public: JWK };

let header: JWTHeaderParameters;
let claims: JWTPayload;
beforeAll(async () => {
  clock = testClock();
  app = await startApp({ ...WITHOUT_VERIFICATION, SECRET_KEY: SECRET.toString('base64') }, { clock });
  ada = await registerUser(app.client());
  const [row] = await app.app.services.db.select().from(signingKeys).orderBy(asc(signingKeys.generation));
  if (!row) throw new Error('there is no signing key');
  const jwk: JWK = JSON.parse(await unseal(createKeyring([SECRET]), row.sealedPrivateJwk));
  serverKey = { private: await importJWK(jwk, row.alg), public: row.publicJwk };
  header = decodeProtectedHeader(ada.accessToken) as JWTHeaderParameters; // Our tokens always name their algorithm.
  claims = decodeJwt(ada.accessToken);
});
afterAll(() => app.close());

type Changes = Record<string, unknown>;
type Key = typeof serverKey.private;

/** @param changes undefined leaves a claim out */
const forge = (changes: Changes, headers: Changes = {}, key = serverKey.private): Promise<string> =>
  new SignJWT(defined({ ...claims, ...changes }))
    .setProtectedHeader(defined({ ...header, ...headers }) as unknown as JWTHeaderParameters) // Wrong headers, too.
    .sign(key, { crit: { 'urn:example:unknown': true } });

const defined = (fields: Changes): Changes =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Rejected as access token, by verifyToken and by refresh; public fields still work. */
async function expectRejectedEverywhere(token: string): Promise<void> {
  const { status: code, data, errors } = await ada.client.post({ query: '{ health { status } me { id } }' }, { token });
  expect({ code, data, errors: errors.map(({ extensions }) => extensions.code) }).toEqual({
    code: 401,
    data: { health: { status: 'UP' }, me: null },
    errors: ['UNAUTHENTICATED'],
  });
  expect(await verifyToken(ada.client, token)).toEqual(NOTHING);
  expect(await getRejectionReason(ada.client, token)).toBe('INVALID');
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = () => numericDate(clock.now());

describe('an access token', () => {
  test('is a JWT by RFC 9068 with the claims that a resource server needs', () => {
    expect(header).toEqual({ alg: 'ES256', kid: expect.any(String), typ: 'at+jwt' });
    expect(claims).toEqual({
      iss: 'http://localhost:4000',
      aud: 'http://localhost:4000',
      sub: ada.user.id,
      sid: ada.session.id,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: numericDate(new Date(ada.accessTokenExpiresAt)),
      auth_time: expect.any(Number),
      amr: ['pwd'],
      client_id: 'latchkey',
      email: ada.email,
      email_verified: false,
      roles: [],
    });
  });

  test('forged with the server’s serverKey key and unchanged is accepted, so the next tests fail for the right reason', async () => {
    expect(await isTokenAccepted(ada.client, await forge({}))).toBe(true);
    expect(await isTokenAccepted(ada.client, await forge({ nbf: now() - 60 }))).toBe(true);
  });

  test.each([undefined, null, 'now'])('whose auth_time is %s is accepted, but not as recent (T93)', async (value) => {
    const token = await forge({ auth_time: value });
    expect(await isTokenAccepted(ada.client, token)).toBe(true);
    const query = `mutation { unlinkIdentity(id: "${crypto.randomUUID()}") { __typename } }`;
    expect((await ada.client.post({ query }, { token })).data).toEqual({
      unlinkIdentity: { __typename: 'ReauthenticationRequired' },
    });
  });

  test.each<[string, () => [Changes, Changes?]]>([
    ['of type JWT', () => [{}, { typ: 'JWT' }]],
    ['of no type', () => [{}, { typ: undefined }]],
    ['that is an ID token', () => [{}, { typ: 'id+jwt' }]],
    ['that is a refresh token by its type', () => [{}, { typ: 'rt+jwt' }]],
    ['of another issuer', () => [{ iss: 'http://localhost:4000/' }]],
    ['of no issuer', () => [{ iss: undefined }]],
    ['for another audience', () => [{ aud: 'http://localhost:4001' }]],
    ['for no audience', () => [{ aud: undefined }]],
    ['that has expired', () => [{ exp: now() - 6, iat: now() - 600 }]],
    ['that never expires', () => [{ exp: undefined }]],
    ['that is not valid yet', () => [{ nbf: now() + 60 }]],
    ['without an id', () => [{ jti: undefined }]],
    ['without a time of issue', () => [{ iat: undefined }]],
    ['without a subject', () => [{ sub: undefined }]],
    ['without a client', () => [{ client_id: undefined }]],
    ['without a session', () => [{ sid: undefined }]],
    ['whose session is SQL', () => [{ sid: "' or true --" }]],
    ['whose session is an object', () => [{ sid: { id: claims.sid } }]],
    ['whose subject is not an id', () => [{ sub: '../admin' }]],
    [
      'with a critical header that we do not know',
      () => [{}, { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 }],
    ],
  ])('%s is rejected (T63)', async (_, changed) => {
    await expectRejectedEverywhere(await forge(...changed()));
  });

  test('is rejected as a refresh token, and a refresh token as an access token (T63)', async () => {
    expect(await getRejectionReason(ada.client, ada.accessToken)).toBe('INVALID');
    expect(await isTokenAccepted(ada.client, ada.refreshToken)).toBe(false);
  });

  test('with changed claims is rejected', async () => {
    const [head, , signature] = ada.accessToken.split('.');
    await expectRejectedEverywhere(`${head}.${encode({ ...claims, roles: ['ADMIN'] })}.${signature}`);
    await expectRejectedEverywhere(`${head}.${encode({ ...claims, exp: now() + 10 * 365 * 86_400 })}.${signature}`);
  });
});

describe('keys named by the token (T64)', () => {
  test.each([
    ['a path', '../../../../../../../dev/null'],
    ['a path with a zero byte', '/dev/null\0'],
    ['SQL', "x' union select 'AAAA' --"],
    ['SQL that destroys', "'; drop table signing_keys; --"],
    ['a name that every object has', '__proto__'],
    ['nothing', ''],
    ['8 KB', 'k'.repeat(8192)],
    ['an unknown key', randomBytes(32).toString('base64url')],
  ])('a kid that is %s is rejected (T64)', async (_, kid) => {
    const { privateKey } = await generateKeyPair('ES256');
    await expectRejectedEverywhere(await forge({}, { kid }, privateKey as Key)); // A key of the same type.
    await expectRejectedEverywhere(await forge({}, { kid }));
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(true);
  });

  test('jku, x5u, jwk and iss are not trusted and not fetched (T64)', async () => {
    let requests = 0;
    const trap = createServer(() => {
      requests += 1;
    }).listen(0, '127.0.0.1');
    await once(trap, 'listening');
    const { port } = trap.address() as AddressInfo; // Listens on TCP.
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: header.kid ?? '', alg: 'ES256', use: 'sig' };
    const [jku, x5u] = [`http://127.0.0.1:${port}/jwks.json`, `http://127.0.0.1:${port}/cert.pem`];
    const iss = `http://127.0.0.1:${port}`;
    const attackerKey = privateKey as Key; // ES256 like the server's.
    for (const headers of [{ jku }, { x5u }, { jwk }, { jku, kid: 'theirs' }, { jku, x5u, jwk, kid: undefined }]) {
      await expectRejectedEverywhere(await forge({}, headers, attackerKey));
      await expectRejectedEverywhere(await forge({ iss }, headers, attackerKey));
    }
    expect(requests).toBe(0);
    trap.close();
  });
});

describe('the algorithm (T65)', () => {
  test.each(['none', 'None', 'NONE', 'nOnE', ''])('"%s" is rejected (T65)', async (alg) => {
    const [, payload, signature] = ada.accessToken.split('.');
    const unsigned = encode({ ...header, alg });
    await expectRejectedEverywhere(`${unsigned}.${payload}.`);
    await expectRejectedEverywhere(`${unsigned}.${payload}.${signature}`);
  });

  test('HS256 with the public key as the secret is rejected (T65)', async () => {
    const publicKey = await importJWK(serverKey.public, 'ES256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('the imported key is not a public key');
    const spki = await exportSPKI(publicKey);
    const secrets = [
      spki,
      spki.trimEnd(),
      JSON.stringify(serverKey.public),
      serverKey.public.x ?? '',
      header.kid ?? '',
    ];
    for (const secret of secrets) {
      for (const alg of ['HS256', 'HS384', 'HS512'])
        await expectRejectedEverywhere(await forge({}, { alg }, Buffer.from(secret) as unknown as Key)); // Raw bytes as the key.
    }
  });

  test('RS256 and EdDSA with other keys are rejected (T65)', async () => {
    for (const alg of ['RS256', 'EdDSA']) {
      const { privateKey } = await generateKeyPair(alg);
      await expectRejectedEverywhere(await forge({}, { alg }, privateKey as Key)); // Of the wrong algorithm.
    }
  });
});

test('no forged token has harmed the signing keys (T64)', async () => {
  const [row] = await app.app.services.db.select({ keys: sql`count(*)::integer` }).from(signingKeys);
  expect(row).toEqual({ keys: 1 });
  expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(true);
});
