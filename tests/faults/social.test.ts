import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boundedWeb } from '../../src/infra/web/bounded-web.ts';
import { insertAccount } from '../support/accounts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { login, me } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import type { Fault } from '../support/social/faults.ts';
import { type GooglePeer, startGoogle } from '../support/social/google.ts';
import { startMockIssuer } from '../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../support/social/peer.ts';
import { authorize, callback, signInWith, tokenLogin, visitProvider } from '../support/social/sign-in.ts';

const FAULTS: Fault[] = ['responds with 500', 'responds with garbage', 'never responds', 'sends 100 MB', 'redirects'];
const createPerson = () => ({ subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true });

/** Starts a provider, and a service that has not cached anything about it. */
async function startFresh(deadline = 1_000, maxConcurrent?: number) {
  const peer = await startMockIssuer();
  peer.person = createPerson();
  const settings = { ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  const app = await startApp(settings, {
    openWeb: (bounds) => boundedWeb({ ...bounds, deadline, ...(maxConcurrent && { maxConcurrent }) }),
  });
  return { peer, app, close: () => Promise.all([app.close(), peer.close()]) };
}

describe('an issuer whose discovery endpoint fails (F26)', () => {
  test.each(FAULTS)('is unavailable while the endpoint %s, and works again afterwards', async (fault) => {
    const { peer, app, close } = await startFresh();
    try {
      Object.assign(peer, { fault, faultyPath: '/.well-known/openid-configuration' });
      expectType(await authorize(app.client(), { provider: 'mock' }), 'SocialProviderUnavailable');
      const idToken = await peer.idToken?.();
      expectType(await tokenLogin(app.client(), { provider: 'mock', idToken }), 'SocialProviderUnavailable');
      peer.fault = 'none';
      expectType(await signInWith(app.client(), peer), 'Authenticated');
    } finally {
      await close();
    }
  });

  test('is unavailable while it is down', async () => {
    const { peer, app, close } = await startFresh();
    await peer.close();
    try {
      expectType(await authorize(app.client(), { provider: 'mock' }), 'SocialProviderUnavailable');
    } finally {
      await close();
    }
  });

  test('gets one discovery request for sixteen parallel sign-ins', async () => {
    const { peer, app, close } = await startFresh();
    try {
      const authorizations = await Promise.all(
        Array.from({ length: 16 }, () => authorize(app.client(), { provider: 'mock' })),
      );
      for (const authorization of authorizations) expectType(authorization, 'SocialAuthorization');
      expect(peer.requests.filter(({ path }) => path.startsWith('/.well-known'))).toHaveLength(1);
    } finally {
      await close();
    }
  });
});

describe('an issuer’s key set (F26)', () => {
  test.each(FAULTS)('that %s makes the issuer unavailable until it works again', async (fault) => {
    const { peer, app, close } = await startFresh();
    try {
      Object.assign(peer, { fault, faultyPath: '/jwks' });
      expectType(await signInWith(app.client(), peer), 'SocialProviderUnavailable');
      peer.fault = 'none';
      expectType(await signInWith(app.client(), peer), 'Authenticated');
    } finally {
      await close();
    }
  });

  test('that is cached is used while the issuer does not respond', async () => {
    const { peer, app, close } = await startFresh();
    try {
      expectType(await signInWith(app.client(), peer), 'Authenticated');
      Object.assign(peer, { fault: 'responds with 500', faultyPath: '/jwks' });
      expectType(await signInWith(app.client(), peer), 'Authenticated');
    } finally {
      await close();
    }
  });
});

describePostgres('while one provider hangs (F26)', () => {
  let database: { url: string; drop(): Promise<void> };
  let [google, mock]: [GooglePeer?, Peer?] = [];
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    [google, mock] = await Promise.all([startGoogle(), startMockIssuer()]);
    const env = { ...google.settings, ...mock.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
    // With four connections, holding one while waiting for the provider would block everything.
    app = await startApp(
      { ...env, DATABASE_URL: database.url, DATABASE_POOL_SIZE: '4' },
      { openWeb: (bounds) => boundedWeb({ ...bounds, deadline: 8_000, maxConcurrent: 8 }) },
    );
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([google?.close(), mock?.close()]);
    await database.drop();
  });
  beforeEach(() => {
    for (const peer of [google, mock]) if (peer) peer.person = createPerson();
  });

  test('users can sign in with passwords and other providers, and at most eight requests wait for the hanging one', async () => {
    const { email } = await insertAccount(app);
    const hanging = google as GooglePeer; // Started in beforeAll.
    expectType(await signInWith(app.client(), hanging), 'Authenticated');
    const callbackInputs = await Promise.all(Array.from({ length: 24 }, () => visitProvider(app.client(), hanging)));
    hanging.requests.length = 0;
    hanging.fault = 'never responds';
    let waiting = callbackInputs.length;
    const callbacks = callbackInputs.map((callbackInput) =>
      callback(app.client(), callbackInput).finally(() => waiting--),
    );

    const others = Array.from({ length: 8 }, async () => {
      const { accessToken } = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
      expect(await me(app.client(), accessToken)).toMatchObject({ email });
      expectType(await signInWith(app.client(), mock as Peer), 'Authenticated');
    });
    await Promise.all(others);
    expect(waiting).toBeGreaterThan(0);
    for (const outcome of await Promise.all(callbacks)) expectType(outcome, 'SocialProviderUnavailable');
    expect(hanging.tokenRequests().length).toBeLessThanOrEqual(8);

    hanging.fault = 'none';
    expectType(await signInWith(app.client(), hanging), 'Authenticated');
  });
});
