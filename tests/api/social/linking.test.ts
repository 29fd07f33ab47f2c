import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  IdentitiesDocument,
  UnlinkIdentityDocument,
} from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { refreshTokens, registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { authorize, callback, signInWith, visitProvider } from '../../support/social/sign-in.ts';

let [one, two]: Peer[] = [];
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [one, two] = await Promise.all([startMockIssuer('one'), startMockIssuer('two')]);
  settings = {
    ...one?.settings,
    ...two?.settings,
    ...WITHOUT_VERIFICATION,
    SOCIAL_REDIRECT_URIS: REDIRECT_URI,
    EMAIL_SIGN_IN: 'off',
  };
  app = await startApp(settings);
});
afterAll(() => Promise.all([app.close(), one?.close(), two?.close()]));

const peers = () => [one as Peer, two as Peer] as const; // Started in beforeAll.

beforeEach(() => {
  for (const peer of peers()) peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});

const listIdentities = async (client: ApiClient, token: string) =>
  (await client.request(IdentitiesDocument, undefined, { token })).me?.identities ?? [];

const unlink = async (client: ApiClient, token: string, id: string) =>
  (await client.request(UnlinkIdentityDocument, { id }, { token })).unlinkIdentity;

const link = async (client: ApiClient, token: string, peer: Peer, password?: string) =>
  signInWith(client, peer, { purpose: 'LINK', token, ...(password && { password }) });

/** Makes the sign-in eleven minutes older. */
const ageSession = ({ id }: { id: string }) =>
  app.app.services.db.execute(
    sql`update sessions set authenticated_at = authenticated_at - interval '11 minutes' where id = ${id}`,
  );

/** Signs up at a provider, so without a password. */
const signUpBySocial = async (peer: Peer, client = app.client()) => ({
  client,
  ...expectType(await signInWith(client, peer), 'Authenticated'),
});

describe('linking', () => {
  test('adds an identity once, whatever its address', async () => {
    const [peer] = peers();
    const { client, accessToken, user } = await registerUser(app.client());
    peer.person.emailVerified = false;
    const linked = expectType(await link(client, accessToken, peer), 'IdentityLinked');
    expect(linked).toMatchObject({ identity: { provider: 'one', email: peer.person.email }, user: { id: user.id } });
    expect(expectType(await link(client, accessToken, peer), 'IdentityLinked').identity.id).toBe(linked.identity.id);
    expect(await listIdentities(client, accessToken)).toHaveLength(1);
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).toBe(user.id);
  });

  test('requires a session both to start and to finish (T85)', async () => {
    const [peer] = peers();
    const { client, accessToken } = await registerUser(app.client());
    const { errors } = await client.post({
      query: `mutation { socialAuthorize(input: { provider: "one", purpose: LINK, redirectUri: "${REDIRECT_URI}" }) { __typename } }`,
    });
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const callbackInput = await visitProvider(client, peer, { purpose: 'LINK', token: accessToken });
    expect(expectType(await callback(client, callbackInput), 'SocialRejected').reason).toBe('STATE_MISMATCH');
    expectType(await callback(client, callbackInput, { token: accessToken }), 'IdentityLinked');
  });

  test('with an access token that expired meanwhile asks for a new one, and works with it', async () => {
    const [peer] = peers();
    const clock = testClock();
    const short = await startApp({ ...settings, ACCESS_TOKEN_TTL: '5m' }, { clock });
    const { client, accessToken, refreshToken } = await registerUser(short.client());
    const callbackInput = await visitProvider(client, peer, { purpose: 'LINK', token: accessToken });
    clock.advance(6 * MINUTE);
    const query = 'mutation ($input: SocialCallbackInput!) { socialCallback(input: $input) { __typename } }';
    const expired = await client.post({ query, variables: { input: callbackInput } }, { token: accessToken });
    expect(expired).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const next = await refreshTokens(client, refreshToken);
    expectType(await callback(client, callbackInput, { token: next.accessToken }), 'IdentityLinked');
    await short.close();
  });

  test('started by one user is rejected for another (T20, T77)', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    const callbackInput = await visitProvider(ada.client, peer, { purpose: 'LINK', token: ada.accessToken });
    const stolen = expectType(await callback(eve.client, callbackInput, { token: eve.accessToken }), 'SocialRejected');
    expect(stolen.reason).toBe('STATE_MISMATCH');
    expect(peer.tokenRequests().filter(({ form }) => form.get('code') === callbackInput.code)).toEqual([]);
    expectType(await callback(ada.client, callbackInput, { token: ada.accessToken }), 'IdentityLinked');
  });

  test('is rejected for an identity of another account', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    expectType(await link(ada.client, ada.accessToken, peer), 'IdentityLinked');
    expectType(await link(eve.client, eve.accessToken, peer), 'IdentityConflict');
    expect(await listIdentities(eve.client, eve.accessToken)).toEqual([]);
  });

  test('requires the password from ten minutes after the sign-in (T85)', async () => {
    const [peer] = peers();
    const { client, refreshToken, session } = await registerUser(app.client());
    await ageSession(session);
    // A refresh does not make the session younger.
    const { accessToken: token } = await refreshTokens(client, refreshToken);
    const begin = (password?: string) =>
      authorize(client, { provider: peer.name, purpose: 'LINK', ...(password && { password }) }, { token });

    expect(expectType(await begin(), 'ReauthenticationRequired').methods).toEqual(['PASSWORD']);
    expectType(await begin('not-the-password-at-all'), 'InvalidCredentials');
    expectType(await begin(PASSWORD), 'SocialAuthorization');
    expectType(await link(client, token, peer, PASSWORD), 'IdentityLinked');
  });

  test('requires a new sign-in when the account has no password (T85)', async () => {
    const [peer, other] = peers();
    const { client, ...first } = await signUpBySocial(peer);
    await ageSession(first.session);
    const { accessToken: token } = await refreshTokens(client, first.refreshToken ?? '');
    for (const password of [undefined, PASSWORD]) {
      const input = { provider: other.name, purpose: 'LINK' as const, ...(password && { password }) };
      const refused = expectType(await authorize(client, input, { token }), 'ReauthenticationRequired');
      expect(refused.methods).toEqual(['SIGN_IN']);
    }
    const again = expectType(await signInWith(client, peer), 'Authenticated');
    expectType(await link(client, again.accessToken, other), 'IdentityLinked');
  });

  test('counts wrong passwords together with those of the login (T42)', async () => {
    const { client, email, accessToken: token } = await registerUser(app.client());
    const begin = (password: string) => authorize(client, { provider: 'one', purpose: 'LINK', password }, { token });
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++) expectType(await begin(`wrong-${guess}`), 'InvalidCredentials');
    expectType(await begin(PASSWORD), 'RateLimited');
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
  });

  test('is limited after a hundred rejections, before the provider is asked (T42)', async () => {
    const [peer] = peers();
    const client = app.client();
    const callbackInput = await visitProvider(client, peer);
    const wrong = { ...callbackInput, challengeId: crypto.randomUUID() };
    for (let round = 0; round < 10; round++) {
      const results = await Promise.all(Array.from({ length: 10 }, () => callback(client, wrong)));
      for (const result of results) expectType(result, 'SocialRejected');
    }
    expectType(await callback(client, callbackInput), 'RateLimited');
    expectType(await callback(app.client(), callbackInput), 'Authenticated');
  });
});

describe('unlinking', () => {
  test('removes a way to sign in and keeps the sessions', async () => {
    const [peer] = peers();
    const { client, accessToken, user } = await registerUser(app.client());
    const { identity } = expectType(await link(client, accessToken, peer), 'IdentityLinked');
    const left = expectType(await unlink(client, accessToken, identity.id), 'IdentityUnlinked');
    expect(left.user).toEqual({ id: user.id, identities: [] });
    expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).not.toBe(user.id);
    expectType(await unlink(client, accessToken, identity.id), 'NotFound');
  });

  test('is rejected for the last way to sign in (T85)', async () => {
    const [peer, other] = peers();
    const { client, accessToken } = await signUpBySocial(peer);
    const [identity] = await listIdentities(client, accessToken);
    expectType(await unlink(client, accessToken, identity?.id ?? ''), 'LastSignInMethod');
    expectType(await link(client, accessToken, other), 'IdentityLinked');
    expectType(await unlink(client, accessToken, identity?.id ?? ''), 'IdentityUnlinked');
    const [last] = await listIdentities(client, accessToken);
    expectType(await unlink(client, accessToken, last?.id ?? ''), 'LastSignInMethod');
  });

  test('counts a verified address as a way to sign in if EMAIL_SIGN_IN is on (T85)', async () => {
    const withEmailSignIn = await startApp({ ...settings, EMAIL_SIGN_IN: 'on' });
    const [peer] = peers();
    for (const emailVerified of [false, true]) {
      peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified };
      const { client, accessToken } = await signUpBySocial(peer, withEmailSignIn.client());
      const [identity] = await listIdentities(client, accessToken);
      const outcome = await unlink(client, accessToken, identity?.id ?? '');
      expectType(outcome, emailVerified ? 'IdentityUnlinked' : 'LastSignInMethod');
    }
    await withEmailSignIn.close();
  });

  test('does not count a password without an address or number as a way to sign in (T85)', async () => {
    const [peer] = peers();
    peer.person.emailVerified = false;
    const { client, accessToken: token } = await signUpBySocial(peer);
    const { changePassword } = await client.request(
      ChangePasswordDocument,
      { input: { newPassword: PASSWORD } },
      { token },
    );
    expectType(changePassword, 'PasswordChanged');
    const [identity] = await listIdentities(client, token);
    expectType(await unlink(client, token, identity?.id ?? ''), 'LastSignInMethod');
    await app.app.services.db.execute(sql`update users set email = ${uniqueEmail()} where id =
      (select user_id from identities where id = ${identity?.id})`);
    expectType(await unlink(client, token, identity?.id ?? ''), 'IdentityUnlinked');
  });

  test('does not count an identity of a provider that is not configured any more as a way to sign in (T85)', async () => {
    const [peer, other] = peers();
    const { client, accessToken } = await signUpBySocial(peer);
    const { identity } = expectType(await link(client, accessToken, other), 'IdentityLinked');
    await app.app.services.db.execute(sql`update identities set provider = 'gone' where id = ${identity.id}`);
    const [first] = await listIdentities(client, accessToken);
    expectType(await unlink(client, accessToken, first?.id ?? ''), 'LastSignInMethod');
    expectType(await unlink(client, accessToken, identity.id), 'IdentityUnlinked');
  });

  test('treats another user’s identity like one that does not exist, and keeps it (T20)', async () => {
    const [peer] = peers();
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    const { identity } = expectType(await link(ada.client, ada.accessToken, peer), 'IdentityLinked');
    const unknown = await unlink(eve.client, eve.accessToken, crypto.randomUUID());
    expectType(unknown, 'NotFound');
    expect(await unlink(eve.client, eve.accessToken, identity.id)).toEqual(unknown);
    expect(await unlink(eve.client, eve.accessToken, 'not an id')).toEqual(unknown);
    expect(await listIdentities(ada.client, ada.accessToken)).toHaveLength(1);
  });
});
