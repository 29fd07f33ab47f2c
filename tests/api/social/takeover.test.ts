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
import { freshDatabase } from '../../support/databases.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { type GooglePeer, startGoogle } from '../../support/social/google.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, roundTrip, signInWith, tokenLogin } from '../../support/social/round-trip.ts';

// Two people and one address; see docs/decisions/0009.

let google: GooglePeer;
let company: Peer;
let app: TestApp;
let settings: Record<string, string | undefined>;
beforeAll(async () => {
  [google, company] = await Promise.all([startGoogle(), startMockIssuer('company')]);
  settings = { ...google.settings, ...company.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI };
  // The policy under which a stranger's account exists before anybody proved its address.
  app = await startApp({ ...settings, ...WITHOUT_VERIFICATION, OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => Promise.all([app.close(), google.close(), company.close()]));

/** gmail.com, which Google hands out itself. */
const gmail = () => uniqueEmail('victim').replace('example.com', 'gmail.com');
const someone = (email: string) => ({ subject: crypto.randomUUID(), email, emailVerified: true as unknown });

beforeEach(() => {
  google.person = someone(uniqueEmail());
  company.person = someone(uniqueEmail());
});

/** A stranger with the victim's address: signed up, signed in, an identity of their own linked, names and all. */
async function strangerAt(email: string) {
  const client = app.client();
  const stranger = await newcomerWith(client, email);
  company.person = someone('stranger@example.org');
  const linked = await signInWith(client, company, { purpose: 'LINK', token: stranger.accessToken });
  expectType(linked, 'IdentityLinked');
  return { ...stranger, client, identity: company.person };
}

async function newcomerWith(client: ReturnType<TestApp['client']>, email: string) {
  const input = { email, password: PASSWORD, firstName: 'Mallory' };
  const session = expectType((await client.ask(RegisterEmailDocument, { input })).registerEmail, 'Authenticated');
  return { ...session, refreshToken: session.refreshToken ?? '' };
}

async function expectStrangerGone(stranger: Awaited<ReturnType<typeof strangerAt>>, victimId: string) {
  expect(await me(stranger.client, stranger.accessToken)).toBeNull();
  expectType(await refresh(stranger.client, stranger.refreshToken), 'RefreshRejected');
  company.person = stranger.identity;
  // Their identity opens an account of their own by now, not the victim's.
  const elsewhere = expectType(await signInWith(app.client(), company), 'Authenticated');
  expect(elsewhere.user.id).not.toBe(victimId);
}

describe('a stranger who waits at an address (T34)', () => {
  test('is thrown out when its owner signs in with the provider that hands it out', async () => {
    const email = gmail();
    const stranger = await strangerAt(email);
    google.person = someone(email);
    const victim = expectType(await signInWith(app.client(), google), 'Authenticated');
    expect(victim).toMatchObject({ isNewUser: false, user: { id: stranger.user.id, email, emailVerified: true } });
    await expectStrangerGone(stranger, victim.user.id);
    expectType(await login(app.client(), email, PASSWORD), 'InvalidCredentials');

    const mine = await app.client().ask(IdentitiesDocument, undefined, { token: victim.accessToken });
    expect(mine.me).toMatchObject({ hasPassword: false, identities: [{ provider: 'google' }] });
    expect(await me(app.client(), victim.accessToken)).toMatchObject({ firstName: 'Ada' });
  });

  test('is thrown out when its owner resets the password, linked identities and all', async () => {
    const email = uniqueEmail('victim');
    const stranger = await strangerAt(email);
    const input = { identifier: email };
    const client = app.client();
    const { requestPasswordReset } = await client.ask(RequestPasswordResetDocument, { input });
    const { id } = expectType(requestPasswordReset, 'Challenge');
    const [message] = await app.mail(email);
    const newPassword = 'saffron-glacier-57-trumpet';
    const answer = { challengeId: id, code: message?.code, newPassword };
    const { resetPassword } = await client.ask(ResetPasswordDocument, { input: answer });
    expect(resetPassword).toMatchObject({ __typename: 'PasswordChanged', sessionsEnded: 1 });
    await expectStrangerGone(stranger, stranger.user.id);
    const owner = expectType(await login(app.client(), email, newPassword), 'Authenticated');
    const mine = await app.client().ask(IdentitiesDocument, undefined, { token: owner.accessToken });
    expect(mine.me?.identities).toEqual([]);
  });

  test('is left with nothing that is under way: a link, a reset', async () => {
    const email = gmail();
    const client = app.client();
    const stranger = await newcomerWith(client, email);
    company.person = someone('stranger@example.org');
    const link = await roundTrip(client, company, { purpose: 'LINK', token: stranger.accessToken });
    const { requestPasswordReset } = await client.ask(RequestPasswordResetDocument, { input: { identifier: email } });
    const reset = expectType(requestPasswordReset, 'Challenge');
    const [message] = await app.mail(email);

    google.person = someone(email);
    expectType(await signInWith(app.client(), google), 'Authenticated');
    expectType(await callback(client, link, { token: stranger.accessToken }), 'SocialRejected');
    const answer = { challengeId: reset.id, code: message?.code, newPassword: 'saffron-glacier-57-trumpet' };
    const { resetPassword } = await client.ask(ResetPasswordDocument, { input: answer });
    expectType(resetPassword, 'ChallengeFailed');
  });

  test('who proved the address is no stranger: the owner keeps password and sessions', async () => {
    const verified = await startApp(settings);
    try {
      const owner = await signUp(verified);
      google.person = someone(owner.email);
      const again = expectType(await signInWith(verified.client(), google), 'Authenticated');
      expect(again.user.id).toBe(owner.user.id);
      expect(await me(owner.client, owner.accessToken)).toMatchObject({ hasPassword: true });
      expectType(await login(verified.client(), owner.email, PASSWORD), 'Authenticated');
    } finally {
      await verified.close();
    }
  });
});

describe('an address alone opens nothing (T80)', () => {
  test.each([false, 'false', undefined])(
    'email_verified = %j, even at the provider that hands it out',
    async (claim) => {
      const email = gmail();
      const victim = await newcomerWith(app.client(), email);
      google.person = { ...someone(email), emailVerified: claim };
      expectType(await signInWith(app.client(), google), 'IdentityConflict');
      expect(await me(app.client(), victim.accessToken)).toMatchObject({ email });
    },
  );

  test('a provider that does not hand it out does not open an account whose address nobody proved', async () => {
    const email = uniqueEmail('unverified');
    const owner = await newcomerWith(app.client(), email);
    for (const peer of [google, company]) {
      peer.person = someone(email);
      expectType(await signInWith(app.client(), peer), 'IdentityConflict');
    }
    expect(await me(app.client(), owner.accessToken)).toMatchObject({ email, hasPassword: true });
  });

  test('a Workspace’s addresses are Google’s, and a listed domain’s are the issuer’s', async () => {
    const email = uniqueEmail('workspace');
    const { user } = await newcomerWith(app.client(), email);
    google.person = { ...someone(email), hd: 'example.com' } as typeof google.person;
    expect(expectType(await signInWith(app.client(), google), 'Authenticated').user.id).toBe(user.id);

    const staff = await startMockIssuer('staff', { OIDC_STAFF_EMAIL_DOMAINS: 'example.com, example.net' });
    const listed = await startApp({ ...settings, ...staff.settings, ...WITHOUT_VERIFICATION });
    try {
      const other = await registerUser(listed.client());
      staff.person = someone(other.email);
      expect(expectType(await signInWith(listed.client(), staff), 'Authenticated').user.id).toBe(other.user.id);
      const outside = await registerUser(listed.client());
      await listed.app.services.db.execute(
        sql`update users set email = replace(email, 'example.com', 'sub.example.com') where id = ${outside.user.id}`,
      );
      staff.person = someone(outside.email.replace('example.com', 'sub.example.com'));
      expectType(await signInWith(listed.client(), staff), 'IdentityConflict');
    } finally {
      await Promise.all([listed.close(), staff.close()]);
    }
  });

  test('two accounts that try to take each other over both fail', async () => {
    const [ada, eve] = [await registerUser(app.client()), await registerUser(app.client())];
    company.person = someone('ada@example.org');
    const adas = company.person;
    expectType(await signInWith(ada.client, company, { purpose: 'LINK', token: ada.accessToken }), 'IdentityLinked');

    // Eve links what is Ada's; Ada claims Eve's address at a provider that checks nothing.
    const stolen = await signInWith(eve.client, company, { purpose: 'LINK', token: eve.accessToken });
    expectType(stolen, 'IdentityConflict');
    company.person = { ...someone(eve.email), emailVerified: 'false' };
    expectType(await signInWith(ada.client, company), 'IdentityConflict');
    company.person = adas;
    expect(expectType(await signInWith(eve.client, company), 'Authenticated').user.id).toBe(ada.user.id);
    expect(await me(eve.client, eve.accessToken)).toMatchObject({ id: eve.user.id });
  });

  test('after a sign-up by a provider nobody completes an older sign-up for the address', async () => {
    const verified = await startApp(settings);
    try {
      const email = uniqueEmail();
      const waiting = await beginSignUp(verified, verified.client(), email, 'strangers-own-92-password');
      google.person = someone(email);
      expectType(await signInWith(verified.client(), google), 'Authenticated');
      const late = await verify(verified.client(), { challengeId: waiting.challenge.id, code: waiting.code });
      expectType(late, 'ChallengeFailed');
      expectType(await login(verified.client(), email, 'strangers-own-92-password'), 'InvalidCredentials');
    } finally {
      await verified.close();
    }
  });
});

describePostgres('sixteen at once, over two replicas (F20)', () => {
  let database: { url: string; drop(): Promise<void> };
  let replicas: TestApp[];
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    const env = { ...settings, ...WITHOUT_VERIFICATION, DATABASE_URL: database.url };
    replicas = await Promise.all([startApp(env), startApp(env)]);
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await database.drop();
  });
  const replica = (index: number) => replicas[index % 2] as TestApp; // There are two.
  const db = () => replica(0).app.services.db;

  test('who are one new person become one account', async () => {
    google.person = someone(uniqueEmail());
    const idToken = await google.idToken();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    const users = answers.map((answer) => expectType(answer, 'Authenticated'));
    expect(new Set(users.map(({ user }) => user.id)).size).toBe(1);
    expect(users.filter(({ isNewUser }) => isNewUser)).toHaveLength(1);
    expect(await rows(db(), sql`select id from identities where subject = ${google.person.subject}`)).toHaveLength(1);
  });

  test('who are one new person without an address become one account', async () => {
    google.person = { ...someone(uniqueEmail()), emailVerified: false };
    const idToken = await google.idToken();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    expect(new Set(answers.map((answer) => expectType(answer, 'Authenticated').user.id)).size).toBe(1);
    expect(await rows(db(), sql`select id from users where email is null`)).toHaveLength(1);
  });

  test('who have one address at two providers become one account', async () => {
    const email = uniqueEmail();
    [google.person, company.person] = [someone(email), someone(email)];
    const tokens = await Promise.all([google.idToken(), company.idToken?.()]);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => {
        const provider = index % 4 < 2 ? 'google' : 'company';
        return tokenLogin(replica(index).client(), { provider, idToken: tokens[index % 4 < 2 ? 0 : 1] });
      }),
    );
    expect(new Set(answers.map((answer) => expectType(answer, 'Authenticated').user.id)).size).toBe(1);
    expect(await rows(db(), sql`select id from users where email = ${email}`)).toHaveLength(1);
  });

  test('who come to a stranger’s account throw the stranger out once, and stay in (T34)', async () => {
    const email = gmail();
    const client = replica(0).client();
    const stranger = await newcomerWith(client, email);
    google.person = someone(email);
    const idToken = await google.idToken();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => tokenLogin(replica(index).client(), { provider: 'google', idToken })),
    );
    const sessions = answers.map((answer) => expectType(answer, 'Authenticated'));
    expect(await me(client, stranger.accessToken)).toBeNull();
    for (const [index, { accessToken }] of sessions.entries())
      expect(await me(replica(index).client(), accessToken)).toMatchObject({ email, emailVerified: true });
    const reclaims = sql`select id from audit_events where type = 'account-reclaim' and user_id = ${stranger.user.id}`;
    expect(await rows(db(), reclaims)).toHaveLength(1);
  });

  test('of sixteen answers to one state one signs in, and the provider is asked once (F19)', async () => {
    google.person = someone(uniqueEmail());
    const trip = await roundTrip(replica(0).client(), google);
    google.requests.length = 0;
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => callback(replica(index).client(), trip)),
    );
    expect(answers.filter(({ __typename }) => __typename === 'Authenticated')).toHaveLength(1);
    expect(google.tokenRequests()).toHaveLength(1);
  });
});
