import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IdentitiesDocument, SocialProvidersDocument } from '../../../schema/generated/graphql.ts';
import { deactivate, insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { CLIENT_ID } from '../../support/social/id-tokens.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { startRealIssuer } from '../../support/social/real-issuer.ts';
import { authorize, callback, signInWith, visitProvider } from '../../support/social/sign-in.ts';

const APP_URI = 'com.example.app:/callback';
const WITH_QUERY = 'https://app.example.com/callback?from=social';

let google: GooglePeer;
let company: Peer;
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [google, company] = await Promise.all([
    startGoogle(),
    startMockIssuer('company', { OIDC_COMPANY_LABEL: 'Example Inc.' }),
  ]);
  settings = {
    ...google.settings,
    ...company.settings,
    SOCIAL_REDIRECT_URIS: [REDIRECT_URI, APP_URI, WITH_QUERY].join(','),
  };
  app = await startApp(settings);
});
afterAll(() => Promise.all([app.close(), google.close(), company.close()]));

let person: { subject: string; email: string; emailVerified: unknown };
beforeEach(() => {
  person = { subject: crypto.randomUUID(), email: uniqueEmail('social'), emailVerified: true };
  google.person = person;
  company.person = person;
});

const listIdentities = async (client: ApiClient, token: string) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities;

const listEvents = (userId: string) =>
  rows<{ type: string; outcome: string; method: string | null; detail: Record<string, string> }>(
    app.app.services.db,
    sql`select type, outcome, method, detail from audit_events where user_id = ${userId} order by at, id`,
  );

test('an OpenID issuer is added by settings alone, with its label', async () => {
  const { socialProviders } = await app.client().request(SocialProvidersDocument);
  expect(socialProviders).toEqual([
    { name: 'google', label: 'Google' },
    { name: 'company', label: 'Example Inc.' },
  ]);
  expect(expectType(await signInWith(app.client(), company), 'Authenticated').isNewUser).toBe(true);
});

test('without providers the list is empty, and a sign-in returns SocialProviderUnavailable', async () => {
  const withoutProviders = await startApp();
  try {
    expect((await withoutProviders.client().request(SocialProvidersDocument)).socialProviders).toEqual([]);
    expectType(await authorize(withoutProviders.client()), 'SocialProviderUnavailable');
    const input = { provider: 'google', code: 'x', state: 'y', challengeId: crypto.randomUUID() };
    expectType(await callback(withoutProviders.client(), input), 'SocialProviderUnavailable');
  } finally {
    await withoutProviders.close();
  }
});

describe('a redirect URI (T83)', () => {
  test.each([REDIRECT_URI, APP_URI, WITH_QUERY])('%s is accepted, because it is on the list', async (redirectUri) => {
    const { url } = expectType(await authorize(app.client(), { redirectUri }), 'SocialAuthorization');
    expect(new URL(url).searchParams.get('redirect_uri')).toBe(redirectUri);
  });

  test.each([
    '//evil.example',
    'https:evil.example',
    '\\\\evil.example',
    'https://evil.example/callback',
    'http://user@localhost:3000/callback',
    'http://localhost:3000@evil.example/callback',
    'http://localhost:3000/callback%0d%0aset-cookie:x',
    'http://localhost:3000/callback/../evil',
    'http://localhost:3000/callback?next=//evil.example',
    'http://localhost:3000/callback#',
    'http://localhost:3000/callback/',
    'http://LOCALHOST:3000/callback',
    'http://localhost:3000/callback.evil.example',
    'http://localhost:3000',
    'javascript:alert(1)',
    ' http://localhost:3000/callback',
    '',
  ])('%j is rejected, because it does not match the list exactly', async (redirectUri) => {
    const result = expectType(await authorize(app.client(), { redirectUri }), 'InvalidInput');
    expect(result.fields).toMatchObject([{ path: 'redirectUri', code: 'NOT_ALLOWED' }]);
  });
});

describe('an identity', () => {
  test('is the issuer and the subject: one subject at two issuers is two users (T81)', async () => {
    google.person = { ...person, email: uniqueEmail('one') };
    company.person = { ...person, email: uniqueEmail('two') };
    const one = expectType(await signInWith(app.client(), google), 'Authenticated');
    const two = expectType(await signInWith(app.client(), company), 'Authenticated');
    expect(two).toMatchObject({ isNewUser: true });
    expect(two.user.id).not.toBe(one.user.id);
  });

  test('stays the same when its address changes (T81)', async () => {
    const { user } = expectType(await signInWith(app.client(), google), 'Authenticated');
    const successor = { ...person, subject: crypto.randomUUID() };
    google.person = { ...person, email: uniqueEmail('married') };
    expect(expectType(await signInWith(app.client(), google), 'Authenticated').user).toMatchObject({
      id: user.id,
      email: person.email,
    });
    // The address is verified here and at the provider, so this identity joins the account.
    google.person = successor;
    expect(expectType(await signInWith(app.client(), google), 'Authenticated').user.id).toBe(user.id);
  });

  test('is recorded when it is linked, signs up, signs in or is rejected (T90)', async () => {
    const { user } = expectType(await signInWith(app.client(), google), 'Authenticated');
    expect(await listEvents(user.id)).toMatchObject([
      { type: 'identity', outcome: 'linked', method: 'social', detail: { provider: 'google' } },
      { type: 'sign-up', outcome: 'completed', method: 'social' },
      { type: 'sign-in', outcome: 'succeeded', method: 'social' },
    ]);
    const callbackInput = await visitProvider(app.client(), google);
    expectType(await callback(app.client(), { ...callbackInput, code: 'wrong' }), 'SocialRejected');
    const refused = sql`select outcome, detail from audit_events where outcome = 'refused' order by at desc limit 1`;
    await expect
      .poll(() => rows(app.app.services.db, refused))
      .toEqual([{ outcome: 'refused', detail: { provider: 'google', reason: 'CODE_REJECTED' } }]);
  });

  test('does not open a deactivated account, nor does its address', async () => {
    const { user } = expectType(await signInWith(app.client(), google), 'Authenticated');
    await deactivate(app, user.id);
    expectType(await signInWith(app.client(), google), 'AccountDisabled');
    const { email } = await insertAccount(app, { active: false });
    google.person = { ...person, subject: crypto.randomUUID(), email };
    expectType(await signInWith(app.client(), google), 'AccountDisabled');
  });

  test('in cookie mode the refresh token is set as a cookie only', async () => {
    const callbackInput = await visitProvider(app.client(), google);
    const query = `mutation ($input: SocialCallbackInput!) {
      socialCallback(input: $input) { ... on Authenticated { refreshToken user { identities { provider } } } } }`;
    const variables = { input: { ...callbackInput, transport: 'COOKIE' } };
    const { data, headers } = await app.client().post({ query, variables });
    expect(data).toEqual({ socialCallback: { refreshToken: null, user: { identities: [{ provider: 'google' }] } } });
    expect(headers.get('set-cookie')).toMatch(/^refresh=.+HttpOnly/);
  });
});

test('a state expires after ten minutes, whatever OTP_TTL is', async () => {
  const longCodes = await startApp({ ...settings, OTP_TTL: '1h' });
  try {
    const { expiresAt } = expectType(await authorize(longCodes.client()), 'SocialAuthorization');
    const left = Date.parse(expiresAt) - Date.now();
    expect(left).toBeGreaterThan(8 * 60_000);
    expect(left).toBeLessThan(11 * 60_000);
  } finally {
    await longCodes.close();
  }
});

describe('with SIGN_UP=closed', () => {
  let closed: TestApp;
  beforeAll(async () => {
    closed = await startApp({ ...settings, SIGN_UP: 'closed' });
  });
  afterAll(() => closed.close());

  test('rejects new users and signs in known ones', async () => {
    const refused = expectType(await signInWith(closed.client(), google), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'provider', code: 'NOT_ALLOWED' }]);
    const { id, email } = await insertAccount(closed);
    google.person = { ...person, email };
    const first = expectType(await signInWith(closed.client(), google), 'Authenticated');
    expect(first).toMatchObject({ isNewUser: false, user: { id } });
    expect(expectType(await signInWith(closed.client(), google), 'Authenticated').user.id).toBe(id);
  });
});

describe('an issuer', () => {
  test('that promises to name itself in the redirect (RFC 9207) is rejected when it does not (T78)', async () => {
    const real = await startRealIssuer();
    real.person = person;
    const announcing = await startApp({ ...settings, ...real.settings });
    try {
      const { issuer, ...nameless } = await visitProvider(announcing.client(), real);
      expect(issuer).toBe(real.issuer);
      const refused = expectType(await callback(announcing.client(), nameless), 'SocialRejected');
      expect(refused.reason).toBe('STATE_MISMATCH');
      expect(real.tokenRequests()).toHaveLength(0);
    } finally {
      await Promise.all([announcing.close(), real.close()]);
    }
  });

  test('is not shown with the identity', async () => {
    const { url } = expectType(await authorize(app.client(), { provider: 'company' }), 'SocialAuthorization');
    expect(new URL(url).searchParams.get('client_id')).toBe(CLIENT_ID);
    const { accessToken } = expectType(await signInWith(app.client(), company), 'Authenticated');
    const identities = await listIdentities(app.client(), accessToken);
    expect(identities).toEqual([
      { id: expect.any(String), provider: 'company', email: person.email, createdAt: expect.any(String) },
    ]);
  });
});
