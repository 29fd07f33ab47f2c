import { createHash, randomInt } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IdentitiesDocument } from '../../schema/generated/graphql.ts';
import { examineProviders } from '../../src/cli/doctor/dependencies.ts';
import { MINUTE, SECOND } from '../../src/core/clock.ts';
import type { ProviderDefinition } from '../../src/features/social/providers/definition.ts';
import { SOCIAL_PROVIDERS } from '../../src/features/social/providers/registry.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { expectType } from '../support/client.ts';
import { testClock } from '../support/clock.ts';
import { loadTestConfig } from '../support/config.ts';
import { uniqueEmail } from '../support/people.ts';
import { dumpTables } from '../support/rows.ts';
import type { Fault } from '../support/social/faults.ts';
import { impatientWeb } from '../support/social/impatient-web.ts';
import { type Peer, REDIRECT_URI } from '../support/social/peer.ts';
import { authorize, callback, signInWith, visitProvider } from '../support/social/sign-in.ts';
import { testProfiles } from './provider-profile.contract.ts';

/** What differs between providers. */
export interface Traits {
  /** The code flow returns an ID token. */
  hasIdToken: boolean;
  /** It states whether an address is verified. */
  verifiesEmail: boolean;
}

/** Every provider must pass this. It runs the whole service against a server that behaves like the provider. */
export function describeProvider(
  title: string,
  open: () => Promise<Peer>,
  traits: Traits,
  providers: readonly ProviderDefinition[] = SOCIAL_PROVIDERS,
): void {
  const registries = { gateways: [], providers };

  describe(`Provider: ${title}`, () => {
    const clock = testClock();
    let peer: Peer;
    let app: TestApp;
    beforeAll(async () => {
      peer = await open();
      const other = {
        OIDC_OTHER_ISSUER: 'http://127.0.0.1:9',
        OIDC_OTHER_CLIENT_ID: 'x',
        OIDC_OTHER_CLIENT_SECRET: 'y',
      };
      app = await startApp(
        { ...peer.settings, ...other, SOCIAL_REDIRECT_URIS: REDIRECT_URI },
        { clock, registries, openWeb: impatientWeb(() => [peer]) },
      );
    });
    afterAll(() => Promise.all([app.close(), peer.close()]));
    beforeEach(() => {
      const subject = String(randomInt(2 ** 40));
      const person = { subject, email: uniqueEmail('social'), emailVerified: true };
      Object.assign(peer, { fault: 'none', tampering: 'none', faultyPath: peer.tokenPath, person });
      peer.requests.length = 0;
    });

    const getRejection = async (outcome: ReturnType<typeof callback>) =>
      expectType(await outcome, 'SocialRejected').reason;

    test('is checked by the doctor', async () => {
      const text = `users can be sent to ${peer.name}`;
      expect(await examineProviders(loadTestConfig(peer.settings, registries))).toMatchObject([
        { state: 'good', text },
      ]);
    });

    test('signs up a new user, and later signs in the same user', async () => {
      const first = expectType(await signInWith(app.client(), peer), 'Authenticated');
      expect(first.isNewUser).toBe(true);
      const verified = traits.verifiesEmail ? { email: peer.person.email, emailVerified: true } : { email: null };
      expect(first.user).toMatchObject(verified);
      const { me } = await app.client().request(IdentitiesDocument, undefined, { token: first.accessToken });
      expect(me?.identities).toMatchObject([{ provider: peer.name, email: peer.person.email }]);

      peer.person = { ...peer.person, email: uniqueEmail('moved') };
      const second = expectType(await signInWith(app.client(), peer), 'Authenticated');
      expect(second).toMatchObject({ isNewUser: false, user: { id: first.user.id } });
    });

    test('its tokens and a sign-in’s code, state and verifier appear in no log and no table (T53)', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      const [before, logged] = [await dumpTables(app.app.services.db), app.logged.length];
      expectType(await callback(client, callbackInput), 'Authenticated');
      const verifier = peer.tokenRequests()[0]?.form.get('code_verifier') ?? '';
      const bearers = peer.requests.map(
        ({ headers, query }) => headers.authorization?.slice(7) ?? query.get('access_token'),
      );
      const secrets = [callbackInput.code, callbackInput.state, verifier, ...bearers].filter(
        (secret) => secret && secret.length > 15,
      );
      expect(secrets.length).toBeGreaterThan(2);
      const written = [before, await dumpTables(app.app.services.db), ...app.logged.slice(logged - 10)].join('\n');
      for (const secret of secrets) expect(written).not.toContain(secret);
    });

    test('every authorization has a fresh S256 challenge, and the verifier is sent (T79)', async () => {
      const challenges = new Set<string>();
      for (let round = 0; round < 2; round++) {
        const authorization = expectType(await authorize(app.client(), { provider: peer.name }), 'SocialAuthorization');
        const query = new URL(authorization.url).searchParams;
        expect(query.get('code_challenge_method')).toBe('S256');
        expect(query.get('state')).toBe(authorization.state);
        expect(Buffer.from(authorization.state, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
        challenges.add(query.get('code_challenge') ?? '');
      }
      expect(challenges.size).toBe(2);

      let sentChallenge = '';
      const alter = (url: string) => {
        sentChallenge = new URL(url).searchParams.get('code_challenge') ?? '';
        return url;
      };
      expectType(await signInWith(app.client(), peer, { alter }), 'Authenticated');
      const verifier = peer.tokenRequests()[0]?.form.get('code_verifier') ?? '';
      expect(createHash('sha256').update(verifier).digest('base64url')).toBe(sentChallenge);
    });

    test('a code for another challenge is rejected (T79)', async () => {
      const alter = (url: string) => {
        const altered = new URL(url);
        altered.searchParams.set('code_challenge', createHash('sha256').update('x'.repeat(43)).digest('base64url'));
        return altered.href;
      };
      expect(await getRejection(signInWith(app.client(), peer, { alter }))).toBe('CODE_REJECTED');
    });

    test('a missing or unknown state is rejected without a request to the provider (T76)', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      const { state: _, ...stateless } = callbackInput;
      const { errors } = await client.post({
        query: 'mutation ($input: SocialCallbackInput!) { socialCallback(input: $input) { __typename } }',
        variables: { input: stateless },
      });
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(await getRejection(callback(client, { ...callbackInput, state: '' }))).toBe('STATE_UNKNOWN');
      expect(await getRejection(callback(client, { ...callbackInput, state: 'x'.repeat(43) }))).toBe('STATE_UNKNOWN');
      expect(peer.tokenRequests()).toHaveLength(0);
      expectType(await callback(client, callbackInput), 'Authenticated');
    });

    test('sixteen callbacks with one state succeed once and send one request to the provider (T76, F19)', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      const outcomes = await Promise.all(Array.from({ length: 16 }, () => callback(client, callbackInput)));
      expect(outcomes.filter(({ __typename }) => __typename === 'Authenticated')).toHaveLength(1);
      const others = outcomes.filter(({ __typename }) => __typename !== 'Authenticated');
      for (const other of others) expect(expectType(other, 'SocialRejected').reason).toBe('STATE_UNKNOWN');
      expect(await getRejection(callback(client, callbackInput))).toBe('STATE_UNKNOWN');
      expect(peer.tokenRequests()).toHaveLength(1);
    });

    test('a state expires after ten minutes and is then rejected without a request to the provider (T76)', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      clock.advance(10 * MINUTE + SECOND);
      try {
        expect(await getRejection(callback(client, callbackInput))).toBe('STATE_EXPIRED');
        expect(peer.tokenRequests()).toHaveLength(0);
      } finally {
        clock.advance(-10 * MINUTE - SECOND);
      }
    });

    test('one client’s state is rejected for another, and still works for the first (T77)', async () => {
      const [mine, theirs] = [app.client(), app.client()];
      const [callbackInput, other] = [await visitProvider(mine, peer), await visitProvider(theirs, peer)];
      const swapped = { ...callbackInput, challengeId: other.challengeId };
      expect(await getRejection(callback(theirs, swapped))).toBe('STATE_MISMATCH');
      expect(await getRejection(callback(theirs, { ...callbackInput, challengeId: crypto.randomUUID() }))).toBe(
        'STATE_MISMATCH',
      );
      expect(peer.tokenRequests()).toHaveLength(0);
      expectType(await callback(mine, callbackInput), 'Authenticated');
    });

    test('a state is rejected for another provider, and so is another provider’s iss (T78)', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      expect(await getRejection(callback(client, { ...callbackInput, provider: 'other' }))).toBe('STATE_MISMATCH');
      const issuer = 'https://attacker.example.com';
      expect(await getRejection(callback(client, { ...callbackInput, issuer }))).toBe('STATE_MISMATCH');
      expect(peer.tokenRequests()).toHaveLength(0);
    });

    test('a malformed, used or empty code is rejected', async () => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      expectType(await callback(client, callbackInput), 'Authenticated');
      const again = await visitProvider(client, peer);
      expect(await getRejection(callback(client, { ...again, code: callbackInput.code }))).toBe('CODE_REJECTED');
      const third = await visitProvider(client, peer);
      expect(await getRejection(callback(client, { ...third, code: 'a\r\nb' }))).toBe('CODE_REJECTED');
      const fourth = await visitProvider(client, peer);
      expectType(await callback(client, { ...fourth, code: '' }), 'InvalidInput');
    });

    testProfiles({ app: () => app, peer: () => peer, hasIdToken: traits.hasIdToken });

    const FAULTS: Fault[] = [
      'responds with 500',
      'responds with garbage',
      'never responds',
      'sends 100 MB',
      'redirects',
    ];
    test.each(FAULTS)('is unavailable when it %s, and the next sign-in works (T84)', async (fault) => {
      const client = app.client();
      const callbackInput = await visitProvider(client, peer);
      const before = peer.written();
      peer.fault = fault;
      expectType(await callback(client, callbackInput), 'SocialProviderUnavailable');
      expect(peer.tokenRequests()).toHaveLength(1);
      expect(peer.written() - before).toBeLessThan(16 * 1024 * 1024);
      peer.fault = 'none';
      expectType(await signInWith(client, peer), 'Authenticated');
    });

    test('redirects to another host are not followed (T84)', async () => {
      const trap = await open();
      try {
        const callbackInput = await visitProvider(app.client(), peer);
        Object.assign(peer, { fault: 'redirects', elsewhere: `${trap.origin}/stolen` });
        expectType(await callback(app.client(), callbackInput), 'SocialProviderUnavailable');
        expect(trap.requests).toEqual([]);
      } finally {
        peer.elsewhere = 'http://169.254.169.254/latest/meta-data';
        await trap.close();
      }
    });
  });
}
