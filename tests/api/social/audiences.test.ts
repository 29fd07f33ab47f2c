import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { uniqueEmail } from '../../support/people.ts';
import { CLIENT_ID } from '../../support/social/id-tokens.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { signInWith, tokenLogin } from '../../support/social/sign-in.ts';

// As at Apple: the website has a Services ID, and the app its bundle ID.

const BUNDLE_ID = 'com.example.app';

let apple: Peer;
let app: TestApp;
beforeAll(async () => {
  apple = await startMockIssuer('apple', { OIDC_APPLE_AUDIENCES: `${BUNDLE_ID}, com.example.app.watch` });
  app = await startApp({ ...apple.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI });
});
afterAll(() => Promise.all([app.close(), apple.close()]));

const signInByApp = async (claims: Record<string, unknown>) =>
  tokenLogin(app.client(), { provider: 'apple', idToken: await apple.idToken?.(claims) });

test('the same person signs in on the website and in the app', async () => {
  apple.person = { subject: crypto.randomUUID(), email: uniqueEmail('apple'), emailVerified: true };
  const inApp = expectType(await signInByApp({ aud: BUNDLE_ID }), 'Authenticated');
  expect(inApp.isNewUser).toBe(true);
  const onWebsite = expectType(await signInWith(app.client(), apple), 'Authenticated');
  expect(onWebsite).toMatchObject({ isNewUser: false, user: { id: inApp.user.id } });
  for (const aud of [CLIENT_ID, 'com.example.app.watch', [CLIENT_ID, BUNDLE_ID]])
    expect(await signInByApp({ aud })).toMatchObject({ isNewUser: false, user: { id: inApp.user.id } });
});

test('tokens for other clients are rejected', async () => {
  for (const aud of ['com.example', 'com.example.other', [BUNDLE_ID, 'com.example.other'], ''])
    expect(expectType(await signInByApp({ aud }), 'SocialRejected').reason).toBe('AUDIENCE_MISMATCH');
});
