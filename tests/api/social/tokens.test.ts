import { createHash, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { uniqueEmail } from '../../support/people.ts';
import { dumpTables } from '../../support/rows.ts';
import { type FacebookPeer, startFacebook } from '../../support/social/facebook.ts';
import { startGithub } from '../../support/social/github.ts';
import { type GooglePeer, IOS_CLIENT, startGoogle } from '../../support/social/google.ts';
import { CLIENT_ID, sign } from '../../support/social/id-tokens.ts';
import { impatientWeb } from '../../support/social/impatient-web.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { tokenLogin } from '../../support/social/sign-in.ts';

// Native apps sign in with tokens that they got from the provider.

let google: GooglePeer;
let facebook: FacebookPeer;
let mock: Peer;
let github: Peer;
let app: TestApp;
beforeAll(async () => {
  [google, facebook, mock, github] = await Promise.all([
    startGoogle(),
    startFacebook(),
    startMockIssuer(),
    startGithub(),
  ]);
  const settings = { ...google.settings, ...facebook.settings, ...mock.settings, ...github.settings };
  app = await startApp(
    { ...settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI },
    { openWeb: impatientWeb(() => [google, facebook, mock, github]) },
  );
});
afterAll(() => Promise.all([app, google, facebook, mock, github].map((opened) => opened.close())));

beforeEach(() => {
  for (const peer of [google, facebook, mock, github])
    Object.assign(peer, {
      fault: 'none',
      person: { subject: crypto.randomUUID(), email: uniqueEmail('native'), emailVerified: true },
    });
});

const signInByIdToken = async (claims: Record<string, unknown> = {}, nonce?: string) =>
  tokenLogin(app.client(), { provider: 'google', idToken: await google.idToken(claims), ...(nonce && { nonce }) });
const getReason = async (result: ReturnType<typeof tokenLogin>) => expectType(await result, 'SocialRejected').reason;

describe('an ID token', () => {
  test('signs users up and in, with the client IDs of the website and of the app', async () => {
    const first = expectType(await signInByIdToken(), 'Authenticated');
    expect(first).toMatchObject({ isNewUser: true, user: { email: google.person.email, emailVerified: true } });
    const fromApp = expectType(await signInByIdToken({ aud: IOS_CLIENT, azp: IOS_CLIENT }), 'Authenticated');
    expect(fromApp).toMatchObject({ isNewUser: false, user: { id: first.user.id } });
    expectType(await signInByIdToken({ iss: google.issuer, aud: [CLIENT_ID, IOS_CLIENT] }), 'Authenticated');
  });

  test('of any configured issuer is accepted', async () => {
    const result = await tokenLogin(app.client(), { provider: 'mock', idToken: await mock.idToken?.() });
    expect(expectType(result, 'Authenticated').user.email).toBe(mock.person.email);
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, () => Record<string, unknown>, string]>([
    ['for another client', () => ({ aud: 'another-client' }), 'AUDIENCE_MISMATCH'],
    ['for us and another client', () => ({ aud: [CLIENT_ID, 'another-client'] }), 'AUDIENCE_MISMATCH'],
    ['without an audience', () => ({ aud: [] }), 'AUDIENCE_MISMATCH'],
    ['of another issuer', () => ({ iss: 'https://accounts.google.com.evil.example' }), 'TOKEN_INVALID'],
    ['that has expired', () => ({ iat: now() - 300, exp: now() - 120 }), 'TOKEN_INVALID'],
    ['that is eleven minutes and more old', () => ({ iat: now() - 11 * 60 - 5 }), 'TOKEN_INVALID'],
    ['that is from the future', () => ({ iat: now() + 600 }), 'TOKEN_INVALID'],
    ['that never expires', () => ({ exp: undefined }), 'TOKEN_INVALID'],
    ['that has no age', () => ({ iat: undefined }), 'TOKEN_INVALID'],
    ['without a subject', () => ({ sub: undefined }), 'TOKEN_INVALID'],
    ['with an empty subject', () => ({ sub: '' }), 'PROFILE_INCOMPLETE'],
    ['with a subject of a thousand characters', () => ({ sub: 'x'.repeat(1000) }), 'PROFILE_INCOMPLETE'],
    ['with a subject that breaks lines', () => ({ sub: 'a\r\nb' }), 'PROFILE_INCOMPLETE'],
  ])('%s is rejected (T82)', async (_title, claims, reason) => {
    expect(await getReason(signInByIdToken(claims()))).toBe(reason);
  });

  test('must contain the nonce that the app sent, plain or hashed, or none if it sent none (T82)', async () => {
    const nonce = 'n-0S6_WzA2Mj';
    const hashed = createHash('sha256').update(nonce).digest('hex');
    expectType(await signInByIdToken({ nonce }, nonce), 'Authenticated');
    expectType(await signInByIdToken({ nonce: hashed }, nonce), 'Authenticated');
    expect(await getReason(signInByIdToken({ nonce }, 'another'))).toBe('NONCE_MISMATCH');
    expect(await getReason(signInByIdToken({ nonce }))).toBe('NONCE_MISMATCH');
    expect(await getReason(signInByIdToken({}, nonce))).toBe('NONCE_MISMATCH');
    expect(await getReason(signInByIdToken({ nonce: hashed }, hashed.toUpperCase()))).toBe('NONCE_MISMATCH');
  });

  test('does not supply keys, and no URL in it is fetched (T82)', async () => {
    const trap = await startMockIssuer('trap');
    try {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      const jwk = { ...(await exportJWK(publicKey)), kid: 'theirs' };
      const now = Math.floor(Date.now() / 1000);
      const payload = { sub: 'x', aud: CLIENT_ID, iat: now, exp: now + 600 };
      const header = { alg: 'RS256', kid: 'theirs', jwk, jku: `${trap.origin}/jwks`, x5u: `${trap.origin}/x5u` };
      for (const iss of [google.issuer, trap.issuer]) {
        const idToken = await new SignJWT({ ...payload, iss }).setProtectedHeader(header).sign(privateKey);
        expect(await getReason(tokenLogin(app.client(), { provider: 'google', idToken }))).toBe('TOKEN_INVALID');
      }
      const theirs = await sign({ ...payload, iss: google.issuer }, { key: privateKey, kid: '6ce11ae', alg: 'RS256' });
      expect(await getReason(tokenLogin(app.client(), { provider: 'google', idToken: theirs }))).toBe('TOKEN_INVALID');
      expect(trap.requests).toEqual([]);
    } finally {
      await trap.close();
    }
  });

  test.each(['x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', `${'a'.repeat(20_000)}.b.c`, 'a.b.c\r\nx: y', 'ä.ö.ü'])(
    'is rejected when malformed: %.20s (T82)',
    async (idToken) => {
      expect(await getReason(tokenLogin(app.client(), { provider: 'google', idToken }))).toBe('TOKEN_INVALID');
    },
  );

  test('with an unknown key id causes one request for keys, not one each time (F22)', async () => {
    const idToken = await google.idToken();
    expectType(await tokenLogin(app.client(), { provider: 'google', idToken }), 'Authenticated');
    google.requests.length = 0;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await crypto.subtle.importKey(
      'pkcs8',
      privateKey.export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: google.issuer, aud: CLIENT_ID, sub: 'x', iat: now, exp: now + 600 };
    for (let index = 0; index < 10; index++) {
      const idToken = await sign(claims, { key, kid: `unknown-${index}`, alg: 'RS256' });
      expect(await getReason(tokenLogin(app.client(), { provider: 'google', idToken }))).toBe('TOKEN_INVALID');
    }
    expect(google.requests.filter(({ path }) => path === '/oauth2/v3/certs').length).toBeLessThanOrEqual(1);
  });
});

describe('an access token', () => {
  test.each([
    ['google', () => google],
    ['facebook', () => facebook],
  ] as const)('of %s signs in when it was issued for our app', async (provider, peer) => {
    const first = await tokenLogin(app.client(), { provider, accessToken: peer().accessToken() });
    expect(expectType(first, 'Authenticated').isNewUser).toBe(true);
    const second = await tokenLogin(app.client(), { provider, accessToken: peer().accessToken() });
    expect(expectType(second, 'Authenticated').isNewUser).toBe(false);
  });

  test.each([
    ['google', () => google.accessToken('another-client')],
    ['facebook', () => facebook.accessToken('6543210987654321')],
  ] as const)('of %s issued for another app is rejected (T82)', async (provider, accessToken) => {
    const result = tokenLogin(app.client(), { provider, accessToken: accessToken() });
    expect(await getReason(result)).toBe('AUDIENCE_MISMATCH');
  });

  test.each(['google', 'facebook'])('of %s is rejected when it is unknown', async (provider) => {
    for (const accessToken of ['x', 'a b', 'a\r\nb', 'ya29.gone'])
      expect(await getReason(tokenLogin(app.client(), { provider, accessToken }))).toBe('TOKEN_INVALID');
  });

  test('of facebook is rejected when it was revoked', async () => {
    facebook.expireTokens = true;
    try {
      const result = tokenLogin(app.client(), { provider: 'facebook', accessToken: facebook.accessToken() });
      expect(await getReason(result)).toBe('TOKEN_INVALID');
    } finally {
      facebook.expireTokens = false;
    }
  });

  test('of google opens no account when tokeninfo says email_verified "false" (T80)', async () => {
    const victim = await insertAccount(app);
    google.person = { ...google.person, email: victim.email, emailVerified: 'false' };
    expectType(
      await tokenLogin(app.client(), { provider: 'google', accessToken: google.accessToken() }),
      'IdentityConflict',
    );
  });

  test.each(['/tokeninfo', '/v1/userinfo'])(
    'of google returns SocialProviderUnavailable when %s fails (T84)',
    async (faultyPath) => {
      for (const fault of ['responds with 500', 'responds with garbage', 'never responds', 'redirects'] as const) {
        Object.assign(google, { fault, faultyPath });
        const result = await tokenLogin(app.client(), { provider: 'google', accessToken: google.accessToken() });
        expectType(result, 'SocialProviderUnavailable');
      }
    },
  );

  test.each(['/v23.0/debug_token', '/v23.0/me'])(
    'of facebook returns SocialProviderUnavailable when %s fails (T84)',
    async (faultyPath) => {
      for (const fault of ['responds with 500', 'responds with garbage', 'never responds', 'redirects'] as const) {
        Object.assign(facebook, { fault, faultyPath });
        const result = await tokenLogin(app.client(), { provider: 'facebook', accessToken: facebook.accessToken() });
        expectType(result, 'SocialProviderUnavailable');
      }
    },
  );

  test('appears in no log and no table (T88)', async () => {
    const tokens = [google.accessToken(), facebook.accessToken(), await google.idToken(), google.accessToken('other')];
    const [g, f, id, foreign] = tokens;
    for (const input of [
      { provider: 'google', accessToken: g },
      { provider: 'facebook', accessToken: f },
      { provider: 'google', idToken: id },
      { provider: 'google', accessToken: foreign },
    ])
      await tokenLogin(app.client(), input);
    const written = [await dumpTables(app.app.services.db), ...app.logged].join('\n');
    for (const token of tokens) expect(written).not.toContain(token);
  });
});
