import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { startFacebook } from '../../support/social/facebook.ts';
import { startGithub } from '../../support/social/github.ts';
import { startGoogle } from '../../support/social/google.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { tokenLogin } from '../../support/social/sign-in.ts';

let peers: Peer[] = [];
let app: TestApp;
beforeAll(async () => {
  peers = await Promise.all([startGoogle(), startFacebook(), startMockIssuer(), startGithub()]);
  const settings = Object.assign({}, ...peers.map((peer) => peer.settings));
  app = await startApp({ ...settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI });
});
afterAll(() => Promise.all([app, ...peers].map((opened) => opened.close())));

describe('socialTokenLogin', () => {
  test.each<[string, Record<string, string>, string]>([
    ['neither token', {}, 'idToken'],
    ['both tokens', { idToken: 'a.b.c', accessToken: 'x' }, 'idToken'],
    ['two empty ones', { idToken: '', accessToken: '' }, 'idToken'],
  ])('rejects %s', async (_title, tokens, path) => {
    const { fields } = expectType(await tokenLogin(app.client(), { provider: 'google', ...tokens }), 'InvalidInput');
    expect(fields).toMatchObject([{ path, code: 'REQUIRED' }]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['mock', { accessToken: 'x' }, 'accessToken'],
    ['github', { accessToken: 'x' }, 'accessToken'],
    ['facebook', { idToken: 'a.b.c' }, 'idToken'],
  ])('rejects a token of %s whose audience cannot be checked', async (provider, tokens, path) => {
    const { fields } = expectType(await tokenLogin(app.client(), { provider, ...tokens }), 'InvalidInput');
    expect(fields).toMatchObject([{ path, code: 'NOT_ALLOWED' }]);
  });

  test('returns SocialProviderUnavailable for an unknown provider', async () => {
    expectType(await tokenLogin(app.client(), { provider: 'unknown', idToken: 'a.b.c' }), 'SocialProviderUnavailable');
    expectType(
      await tokenLogin(app.client(), { provider: '__proto__', idToken: 'a.b.c' }),
      'SocialProviderUnavailable',
    );
  });
});
