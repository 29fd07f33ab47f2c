import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  IdentitiesDocument,
  RegisterEmailDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, signInWith, visitProvider } from '../../support/social/sign-in.ts';

// Two people and one address; see docs/decisions/0009.

let google: GooglePeer;
let company: Peer;
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [google, company] = await Promise.all([startGoogle(), startMockIssuer('company')]);
  settings = { ...google.settings, ...company.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  // With this policy accounts exist before their address is verified.
  app = await startApp({ ...settings, ...WITHOUT_VERIFICATION, OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => Promise.all([app.close(), google.close(), company.close()]));

/** Google is authoritative for gmail.com. */
const uniqueGmail = () => uniqueEmail('victim').replace('example.com', 'gmail.com');

const createPerson = (email: string) => ({ subject: crypto.randomUUID(), email, emailVerified: true as unknown });

beforeEach(() => {
  google.person = createPerson(uniqueEmail());
  company.person = createPerson(uniqueEmail());
});

/** An attacker signs up with the victim's address and links their own identity. */
async function signUpAttacker(email: string) {
  const client = app.client();
  const attacker = await registerAt(client, email);
  company.person = createPerson('attacker@example.org');
  const linked = await signInWith(client, company, { purpose: 'LINK', token: attacker.accessToken });
  expectType(linked, 'IdentityLinked');
  return { ...attacker, client, identity: company.person };
}

async function registerAt(client: ReturnType<TestApp['client']>, email: string) {
  const input = { email, password: PASSWORD, firstName: 'Mallory' };
  const session = expectType((await client.request(RegisterEmailDocument, { input })).registerEmail, 'Authenticated');
  return { ...session, refreshToken: session.refreshToken ?? '' };
}

async function expectAttackerRemoved(attacker: Awaited<ReturnType<typeof signUpAttacker>>, victimId: string) {
  expect(await me(attacker.client, attacker.accessToken)).toBeNull();
  expectType(await refresh(attacker.client, attacker.refreshToken), 'RefreshRejected');
  company.person = attacker.identity;
  // The attacker's identity now opens an account of its own.
  const ownAccount = expectType(await signInWith(app.client(), company), 'Authenticated');
  expect(ownAccount.user.id).not.toBe(victimId);
}

describe('an attacker who signed up with another person’s address (T34)', () => {
  test('loses the account when the owner signs in with the address’s own provider', async () => {
    const email = uniqueGmail();
    const attacker = await signUpAttacker(email);
    google.person = createPerson(email);
    const victim = expectType(await signInWith(app.client(), google), 'Authenticated');
    expect(victim).toMatchObject({ isNewUser: false, user: { id: attacker.user.id, email, emailVerified: true } });
    await expectAttackerRemoved(attacker, victim.user.id);
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');

    const mine = await app.client().request(IdentitiesDocument, undefined, { token: victim.accessToken });
    expect(mine.me).toMatchObject({ hasPassword: false, identities: [{ provider: 'google' }] });
    expect(await me(app.client(), victim.accessToken)).toMatchObject({ firstName: 'Ada' });
  });

  test('loses the account and linked identities when the owner resets the password', async () => {
    const email = uniqueEmail('victim');
    const attacker = await signUpAttacker(email);
    const input = { identifier: email };
    const client = app.client();
    const { requestPasswordReset } = await client.request(RequestPasswordResetDocument, { input });
    const { id } = expectType(requestPasswordReset, 'Challenge');
    const [message] = await app.mail(email);
    const newPassword = 'saffron-glacier-57-trumpet';
    const submission = { challengeId: id, code: message?.code, newPassword };
    const { resetPassword } = await client.request(ResetPasswordDocument, { input: submission });
    expect(resetPassword).toMatchObject({ __typename: 'PasswordChanged', sessionsEnded: 1 });
    await expectAttackerRemoved(attacker, attacker.user.id);
    const owner = expectType(await login(app.client(), email, newPassword), 'Authenticated');
    const mine = await app.client().request(IdentitiesDocument, undefined, { token: owner.accessToken });
    expect(mine.me?.identities).toEqual([]);
  });

  test('cannot finish a pending link or reset', async () => {
    const email = uniqueGmail();
    const client = app.client();
    const attacker = await registerAt(client, email);
    company.person = createPerson('attacker@example.org');
    const link = await visitProvider(client, company, { purpose: 'LINK', token: attacker.accessToken });
    const { requestPasswordReset } = await client.request(RequestPasswordResetDocument, {
      input: { identifier: email },
    });
    const reset = expectType(requestPasswordReset, 'Challenge');
    const [message] = await app.mail(email);

    google.person = createPerson(email);
    expectType(await signInWith(app.client(), google), 'Authenticated');
    expectType(await callback(client, link, { token: attacker.accessToken }), 'SocialRejected');
    const submission = { challengeId: reset.id, code: message?.code, newPassword: 'saffron-glacier-57-trumpet' };
    const { resetPassword } = await client.request(ResetPasswordDocument, { input: submission });
    expectType(resetPassword, 'ChallengeFailed');
  });

  test('does not exist for a verified address: its owner keeps password and sessions', async () => {
    const verified = await startApp(settings);
    try {
      const owner = await signUp(verified);
      google.person = createPerson(owner.email);
      const again = expectType(await signInWith(verified.client(), google), 'Authenticated');
      expect(again.user.id).toBe(owner.user.id);
      expect(await me(owner.client, owner.accessToken)).toMatchObject({ hasPassword: true });
      expectType(await login(verified.client(), owner.email, PASSWORD), 'Authenticated');
    } finally {
      await verified.close();
    }
  });
});

describe('an address alone does not open an account (T80)', () => {
  test.each([false, 'false', undefined])('with email_verified = %j, even at its own provider', async (claim) => {
    const email = uniqueGmail();
    const victim = await registerAt(app.client(), email);
    google.person = { ...createPerson(email), emailVerified: claim };
    expectType(await signInWith(app.client(), google), 'IdentityConflict');
    expect(await me(app.client(), victim.accessToken)).toMatchObject({ email });
  });

  test('at a provider that is not authoritative for it', async () => {
    const email = uniqueEmail('unverified');
    const owner = await registerAt(app.client(), email);
    for (const peer of [google, company]) {
      peer.person = createPerson(email);
      expectType(await signInWith(app.client(), peer), 'IdentityConflict');
    }
    expect(await me(app.client(), owner.accessToken)).toMatchObject({ email, hasPassword: true });
  });

  test('unless it is in a Google Workspace or in a domain listed for the issuer', async () => {
    const email = uniqueEmail('workspace');
    const { user } = await registerAt(app.client(), email);
    google.person = { ...createPerson(email), hd: 'example.com' } as typeof google.person;
    expect(expectType(await signInWith(app.client(), google), 'Authenticated').user.id).toBe(user.id);

    const staff = await startMockIssuer('staff', { OIDC_STAFF_EMAIL_DOMAINS: 'example.com, example.net' });
    const listed = await startApp({ ...settings, ...staff.settings, ...WITHOUT_VERIFICATION });
    try {
      const other = await registerUser(listed.client());
      staff.person = createPerson(other.email);
      expect(expectType(await signInWith(listed.client(), staff), 'Authenticated').user.id).toBe(other.user.id);
      const outside = await registerUser(listed.client());
      await listed.app.services.db.execute(
        sql`update users set email = replace(email, 'example.com', 'sub.example.com') where id = ${outside.user.id}`,
      );
      staff.person = createPerson(outside.email.replace('example.com', 'sub.example.com'));
      expectType(await signInWith(listed.client(), staff), 'IdentityConflict');
    } finally {
      await Promise.all([listed.close(), staff.close()]);
    }
  });

  test('when two accounts try to take over each other', async () => {
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    company.person = createPerson('ada@example.org');
    const adas = company.person;
    expectType(await signInWith(ada.client, company, { purpose: 'LINK', token: ada.accessToken }), 'IdentityLinked');

    // Eve links what is Ada's; Ada claims Eve's address at a provider that checks nothing.
    const stolen = await signInWith(eve.client, company, { purpose: 'LINK', token: eve.accessToken });
    expectType(stolen, 'IdentityConflict');
    company.person = { ...createPerson(eve.email), emailVerified: 'false' };
    expectType(await signInWith(ada.client, company), 'IdentityConflict');
    company.person = adas;
    expect(expectType(await signInWith(eve.client, company), 'Authenticated').user.id).toBe(ada.user.id);
    expect(await me(eve.client, eve.accessToken)).toMatchObject({ id: eve.user.id });
  });

  test('and a sign-up by a provider voids an older pending sign-up for the address', async () => {
    const verified = await startApp(settings);
    try {
      const email = uniqueEmail();
      const pending = await beginSignUp(verified, verified.client(), email, 'attackers-own-92-password');
      google.person = createPerson(email);
      expectType(await signInWith(verified.client(), google), 'Authenticated');
      const late = await verify(verified.client(), { challengeId: pending.challenge.id, code: pending.code });
      expectType(late, 'ChallengeFailed');
      expectType(await login(verified.client(), email, 'attackers-own-92-password'), 'InvalidCredentials');
    } finally {
      await verified.close();
    }
  });
});
