import { expect, test } from 'vitest';
import { IdentitiesDocument } from '../../schema/generated/graphql.ts';
import { insertAccount } from '../support/accounts.ts';
import type { TestApp } from '../support/app.ts';
import { expectType } from '../support/client.ts';
import type { Tampering } from '../support/social/id-tokens.ts';
import type { Peer } from '../support/social/peer.ts';
import { signInWith } from '../support/social/sign-in.ts';

const TAMPERED: [Tampering, string][] = [
  ['another nonce', 'NONCE_MISMATCH'],
  ['another audience', 'AUDIENCE_MISMATCH'],
  ['another audience besides ours', 'AUDIENCE_MISMATCH'],
  ['another issuer', 'TOKEN_INVALID'],
  ['a foreign signature', 'TOKEN_INVALID'],
  ['no signature', 'TOKEN_INVALID'],
  ['the client secret as its key', 'TOKEN_INVALID'],
  ['expired', 'TOKEN_INVALID'],
  ['issued an hour ago', 'TOKEN_INVALID'],
  ['no subject', 'TOKEN_INVALID'],
];

const UNVERIFIED = [false, undefined, 'false', 'yes', 1, null, {}];

interface Context {
  app(): TestApp;
  peer(): Peer;
  /** The code flow returns an ID token. */
  hasIdToken: boolean;
}

/** The part of the provider contract about profiles: ID tokens and email addresses. */
export function testProfiles({ app, peer, hasIdToken }: Context): void {
  test.each(TAMPERED)(
    hasIdToken
      ? 'an ID token with %s is rejected (T82)'
      : 'an ID token with %s is ignored, because this provider has none (T82)',
    async (tampering, reason) => {
      peer().tampering = tampering;
      const outcome = await signInWith(app().client(), peer());
      if (hasIdToken) return expect(outcome).toMatchObject({ __typename: 'SocialRejected', reason });
      const { accessToken } = expectType(outcome, 'Authenticated');
      const { me } = await app().client().request(IdentitiesDocument, undefined, { token: accessToken });
      expect(me?.identities).toMatchObject([{ email: peer().person.email }]);
    },
  );

  test.each(UNVERIFIED)('with email_verified = %j an address opens no account (T80)', async (emailVerified) => {
    const victim = await insertAccount(app());
    peer().person = { ...peer().person, email: victim.email, emailVerified };
    expectType(await signInWith(app().client(), peer()), 'IdentityConflict');
    expectType(await signInWith(app().client(), peer()), 'IdentityConflict');
  });

  test.each(UNVERIFIED)('with email_verified = %j an address is not saved (T80)', async (emailVerified) => {
    peer().person = { ...peer().person, emailVerified };
    const { user } = expectType(await signInWith(app().client(), peer()), 'Authenticated');
    expect(user).toMatchObject({ email: null, emailVerified: false });
  });

  test.each(['', 'not an address', 'a@x.example, b@y.example'])(
    'the malformed address %j is ignored',
    async (email) => {
      peer().person = { ...peer().person, email };
      expect(expectType(await signInWith(app().client(), peer()), 'Authenticated').user.email).toBeNull();
    },
  );

  test.each([
    ['full-width letters', (email: string) => email.replace('ada', 'ａｄａ')],
    ['a full-width @', (email: string) => email.replace('@', '＠')],
    ['a full stop that only looks like one', (email: string) => email.replace('.com', '․com')],
    ['spaces around it', (email: string) => ` ${email} `],
  ])(
    'a verified address with %s is not an account’s, and its user signs in without an address (T104)',
    async (_, spell) => {
      const owner = await insertAccount(app());
      peer().person = { ...peer().person, email: spell(owner.email), emailVerified: true };
      const { user } = expectType(await signInWith(app().client(), peer()), 'Authenticated');
      expect(user).toMatchObject({ email: null });
      expect(user.id).not.toBe(owner.id);
      const again = expectType(await signInWith(app().client(), peer()), 'Authenticated');
      expect(again.user.id).toBe(user.id);
    },
  );

  test('signs in without an address', async () => {
    const { email: _, ...person } = peer().person;
    peer().person = person;
    const { user } = expectType(await signInWith(app().client(), peer()), 'Authenticated');
    expect(user.email).toBeNull();
  });
}
