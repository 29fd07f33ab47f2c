import { randomBytes, type webcrypto } from 'node:crypto';
import { eq } from 'drizzle-orm';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose';
import type { Environment } from '../../src/config.ts';
import { MINUTE } from '../../src/core/clock.ts';
import { createKeyring, unseal } from '../../src/core/secrets.ts';
import { signingKeys } from '../../src/infra/db/tables.ts';
import { startApp } from './app.ts';
import { testClock } from './clock.ts';
import { freePort } from './ports.ts';
import { requestFeed } from './revocation-feed.ts';
import { registerUser, WITHOUT_VERIFICATION } from './sessions.ts';

/** The audience in docs/resource-server.md. */
export const AUDIENCE = 'https://api.example.com';

type Changes = Record<string, unknown>;

/** A running Latchkey whose tokens other programs verify. */
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/**
 * Starts Latchkey for tests of programs that verify its tokens, with PUBLIC_URL as it is reached.
 * @param behind milliseconds that its clock is behind, so that a key can be published early enough to sign tokens whose time of
 * issue is not in the future. 0 for programs that read the revocation feed, whose documents are valid for a minute.
 */
export async function startIssuer(env: Environment = {}, behind = 30 * MINUTE) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32);
  const clock = testClock();
  clock.advance(-behind);
  const app = await startApp(
    {
      ...WITHOUT_VERIFICATION,
      PUBLIC_URL: url,
      TOKEN_AUDIENCE: AUDIENCE,
      ACCESS_TOKEN_TTL: '1h',
      SECRET_KEY: secret.toString('base64'),
      ...env,
    },
    { clock },
    port,
  );

  /** The key that signed the token. */
  async function keyOf(token: string): Promise<{ private: Awaited<ReturnType<typeof importJWK>>; public: JWK }> {
    const kid = String(decodeProtectedHeader(token).kid);
    const [row] = await app.app.services.db.select().from(signingKeys).where(eq(signingKeys.kid, kid));
    if (!row) throw new Error(`there is no key ${kid}`);
    const jwk: JWK = JSON.parse(await unseal(createKeyring([secret]), row.sealedPrivateJwk));
    return { private: await importJWK(jwk, row.alg), public: row.publicJwk };
  }

  return {
    app,
    url,
    clock,
    signIn: () => registerUser(app.client()),
    keyOf,
    /** Signs a copy of the token with other claims and headers; undefined leaves one out. */
    async alter(token: string, claims: Changes, headers: Changes = {}, key?: Parameters<SignJWT['sign']>[0]) {
      const header = { ...decodeProtectedHeader(token), ...headers } as unknown as JWTHeaderParameters; // Wrong headers, too.
      return new SignJWT(JSON.parse(JSON.stringify({ ...decodeJwt(token), ...claims })))
        .setProtectedHeader(JSON.parse(JSON.stringify(header)))
        .sign(key ?? (await keyOf(token)).private);
    },
    /** `latchkey keys rotate`, and the time until the new key signs. With a right clock, `latchkey keys rotate --now`. */
    async rotateKeys(): Promise<void> {
      await app.app.services.keys.rotate({ immediately: behind === 0 });
      if (behind > 0) clock.advance(11 * MINUTE);
    },
    close: () => app.close(),
  };
}

/** A credential that Latchkey never issues. It is signed well, and verifiers that find a single key may accept it. */
export const WITHOUT_KEY_ID = 'a token that is without a key id';

const seconds = () => Math.floor(Date.now() / 1_000);
const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** What a resource server must refuse with 401: the title of each, and its Authorization header. */
export async function refusedCredentials(
  issuer: Issuer,
  { accessToken, refreshToken }: { accessToken: string; refreshToken: string },
): Promise<[title: string, authorization: string | undefined][]> {
  const { alter } = issuer;
  const [head, payload, signature] = accessToken.split('.');
  const { public: publicKey } = await issuer.keyOf(accessToken);
  const spki = await exportSPKI((await importJWK(publicKey, 'ES256', { extractable: true })) as webcrypto.CryptoKey); // Not a secret.
  const other = await generateKeyPair('ES256');
  const bytes = (text: string) => Buffer.from(text) as unknown as webcrypto.CryptoKey; // Raw bytes as the key.
  const unsigned = (alg: string) => `${encode({ ...decodeProtectedHeader(accessToken), alg })}.${payload}`;
  const tokens: [string, string][] = [
    ['expired', await alter(accessToken, { exp: seconds() - 7_200, iat: seconds() - 7_800 })],
    ['without an expiry', await alter(accessToken, { exp: undefined })],
    ['not valid yet', await alter(accessToken, { nbf: seconds() + 300 })],
    ['for another audience', await alter(accessToken, { aud: 'https://other.example.com' })],
    ['for no audience', await alter(accessToken, { aud: undefined })],
    ['of another issuer', await alter(accessToken, { iss: 'https://other.example.com' })],
    ['of no issuer', await alter(accessToken, { iss: undefined })],
    ['without a subject', await alter(accessToken, { sub: undefined })],
    ['a refresh token', refreshToken],
    ['the revocation feed', (await requestFeed(issuer.url)).token],
    ['of type JWT', await alter(accessToken, {}, { typ: 'JWT' })],
    ['of no type', await alter(accessToken, {}, { typ: undefined })],
    ['an ID token by its type', await alter(accessToken, {}, { typ: 'id+jwt' })],
    ['of the algorithm none', `${unsigned('none')}.`],
    ['of the algorithm None, with a signature', `${unsigned('None')}.${signature}`],
    ['HS256 with the public key as PEM', await alter(accessToken, {}, { alg: 'HS256' }, bytes(spki))],
    [
      'HS256 with the public key as JWK',
      await alter(accessToken, {}, { alg: 'HS256' }, bytes(JSON.stringify(publicKey))),
    ],
    ['signed with another key', await alter(accessToken, {}, {}, other.privateKey)],
    ['with an unknown key id', await alter(accessToken, {}, { kid: randomBytes(32).toString('base64url') })],
    ['without a key id', await alter(accessToken, {}, { kid: undefined })],
    ['with changed claims', `${head}.${encode({ ...decodeJwt(accessToken), scope: 'orders:read' })}.${signature}`],
    ['cut off', accessToken.slice(0, -10)],
    ['of two parts', `${head}.${payload}`],
    ['no JWT', 'not.a.token'],
    ['no text', '\u00ff\u00fe'],
    ['empty', ''],
  ];
  return [
    ['no Authorization header', undefined],
    ['another scheme', 'Basic YTpi'],
    ['the scheme alone', 'Bearer'],
    ['the token alone', accessToken],
    ['two tokens', `Bearer ${accessToken} ${accessToken}`],
    ...tokens.map(([title, token]): [string, string] => [`a token that is ${title}`, `Bearer ${token}`]),
  ];
}
