import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogoutDocument, SecurityEventsDocument, VerifyTokenDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { me, refresh, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { beginSignUp, signUp, uniqueEmail } from '../../support/people.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, tokenLogin, visitProvider } from '../../support/social/sign-in.ts';
import { otherSpellings, otherTokens } from '../../support/spellings.ts';

let google: GooglePeer;
let app: TestApp;
beforeAll(async () => {
  google = await startGoogle();
  app = await startApp({ ...google.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI });
});
afterAll(() => Promise.all([app.close(), google.close()]));

/** The names of the spellings that were accepted. */
async function listAccepted(
  spellings: Record<string, string>,
  isAccepted: (token: string) => Promise<boolean>,
): Promise<string[]> {
  expect(Object.keys(spellings).length).toBeGreaterThan(2);
  const accepted: string[] = [];
  for (const [what, token] of Object.entries(spellings)) if (await isAccepted(token)) accepted.push(what);
  return accepted;
}

describe('only the spelling that the service wrote is accepted', () => {
  test('of an access token (T106)', async () => {
    const { client, accessToken } = await signUp(app);
    const isActive = async (token: string) => (await client.request(VerifyTokenDocument, { token })).verifyToken.active;
    expect(await isActive(accessToken)).toBe(true);
    expect(await listAccepted(otherTokens(accessToken), isActive)).toEqual([]);
    // The same in the header, as far as HTTP lets it through.
    const padded = `${accessToken}==`;
    expect([await me(client, padded), await me(client, accessToken)]).toEqual([null, expect.anything()]);
  });

  test('of a refresh token, in the body and in the cookie (T106)', async () => {
    const { client, refreshToken } = await signUp(app);
    const isAccepted = async (token: string) => (await refresh(client, token)).__typename !== 'RefreshRejected';
    expect(await listAccepted(otherTokens(refreshToken), isAccepted)).toEqual([]);

    const escaped = refreshToken.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
    const logoutBy = async (cookie: string) => {
      const query = LogoutDocument.toString();
      const { data } = await client.post({ query }, { headers: { cookie: `refresh=${cookie}` } });
      return (data as { logout: { sessionsEnded?: number } }).logout.sessionsEnded ?? 0;
    };
    expect([await logoutBy(escaped), await logoutBy(`"${refreshToken}"`)]).toEqual([0, 0]);
    expect(await logoutBy(refreshToken)).toBe(1);
  });

  test('of the token in a link, in the API and on the page (T106)', async () => {
    const client = app.client();
    const { message } = await beginSignUp(app, client);
    const url = new URL(message.link ?? '');
    const token = url.searchParams.get('token') ?? '';
    const isVerified = async (other: string) => (await verify(client, { token: other })).__typename === 'EmailVerified';
    expect(await listAccepted(otherSpellings(token), isVerified)).toEqual([]);
    const showsForm = async (other: string) =>
      (await fetch(`${app.url}${url.pathname}?token=${encodeURIComponent(other)}`)).status === 200;
    expect(await listAccepted(otherSpellings(token), showsForm)).toEqual([]);
    expect([await showsForm(token), await isVerified(token)]).toEqual([true, true]);
  });

  test('of the state of a social sign-in (T106)', async () => {
    google.person = { subject: crypto.randomUUID(), email: uniqueEmail('social'), emailVerified: true };
    const client = app.client();
    const returned = await visitProvider(client, google);
    const isAccepted = async (state: string) =>
      (await callback(client, { ...returned, state })).__typename !== 'SocialRejected';
    expect(await listAccepted(otherSpellings(returned.state), isAccepted)).toEqual([]);
    expectType(await callback(client, returned), 'Authenticated');
  });

  test('of an ID token from an app (T106)', async () => {
    google.person = { subject: crypto.randomUUID(), email: uniqueEmail('native'), emailVerified: true };
    const token = await google.idToken();
    const isAccepted = async (idToken: string) =>
      (await tokenLogin(app.client(), { provider: 'google', idToken })).__typename === 'Authenticated';
    expect(await listAccepted(otherTokens(token), isAccepted)).toEqual([]);
    expect(await isAccepted(token)).toBe(true);
  });

  test('of a cursor (T106)', async () => {
    const { client, accessToken: token } = await signUp(app);
    const read = (after: string | null) => client.send(SecurityEventsDocument, { first: 1, after }, { token });
    const cursor = (await read(null)).data?.me?.securityEvents.pageInfo.endCursor ?? '';
    expect((await read(cursor)).errors).toEqual([]);
    const isAccepted = async (other: string) => (await read(other)).errors.length === 0;
    expect(await listAccepted(otherSpellings(cursor), isAccepted)).toEqual([]);
  });
});
