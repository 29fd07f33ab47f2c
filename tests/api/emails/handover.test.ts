import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IdentitiesDocument } from '../../../schema/generated/graphql.ts';
import {
  confirmEmailChange,
  requestEmailChange,
  resetPasswordByLink,
  resetPasswordWithToken,
  waitForMessage,
} from '../../support/account-changes.ts';
import { signInWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, register, resend, verify } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { type Peer, REDIRECT_URI } from '../../support/social/peer.ts';
import { signInWith } from '../../support/social/sign-in.ts';
import { tokenFromLink } from '../../support/verification.ts';

// An account that existed before its address was verified; see docs/decisions/0017.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const apps: Record<string, TestApp> = {};
let peer: Peer;
beforeAll(async () => {
  peer = await startMockIssuer('one');
  const settings = { ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI, OTP_RESEND_COOLDOWN: '0s' };
  for (const policy of ['off', 'login', 'signup'])
    apps[policy] = await startApp({ ...settings, EMAIL_VERIFICATION: policy });
});
afterAll(() => Promise.all([...Object.values(apps).map((app) => app.close()), peer.close()]));

beforeEach(() => {
  peer.person = { subject: crypto.randomUUID(), email: uniqueEmail(), emailVerified: true };
});

const appWith = (policy: string): TestApp => {
  const app = apps[policy];
  if (!app) throw new Error('started in beforeAll');
  return app;
};

/** Signs up with another person's address and adds a number and an identity. */
async function prepareAccount(app: TestApp) {
  const [client, email, phone] = [app.client(), uniqueEmail('victim'), uniquePhone()];
  const input = { email, password: PASSWORD, firstName: 'Mallory' };
  const session = expectType(await register(client, input), 'Authenticated');
  expectType(await verifyNumber(app, client, session.accessToken, phone), 'PhoneVerified');
  expectType(await signInWith(client, peer, { purpose: 'LINK', token: session.accessToken }), 'IdentityLinked');
  return { email, phone, client, person: peer.person, ...session, refreshToken: session.refreshToken ?? '' };
}

type Prepared = Awaited<ReturnType<typeof prepareAccount>>;

async function expectNothingLeft(app: TestApp, attacker: Prepared) {
  expectType(await login(app.client(), attacker.email, PASSWORD), 'InvalidCredentials');
  expectType(await login(app.client(), attacker.phone, PASSWORD), 'InvalidCredentials');
  expectType(await refresh(attacker.client, attacker.refreshToken), 'RefreshRejected');
  expect(await me(attacker.client, attacker.accessToken)).toBeNull();
  peer.person = attacker.person;
  expect(expectType(await signInWith(app.client(), peer), 'Authenticated').user.id).not.toBe(attacker.user.id);
  const byPhone = await signUpByPhone(app, { phone: attacker.phone });
  expect(byPhone.user.id).not.toBe(attacker.user.id);
  const left = sql`select first_name, phone from users where id = ${attacker.user.id}`;
  expect(await rows(app.app.services.db, left)).toEqual([{ first_name: null, phone: null }]);
}

/** Requests a verification as the owner of the address. */
async function requestVerification(app: TestApp, client: ApiClient, email: string) {
  const before = (await app.mail(email, 0)).length;
  const { id } = expectType(await resend(client, { email }), 'Challenge');
  const [message] = await app.mail(email, before + 1);
  return { challengeId: id, code: message?.code ?? '', token: tokenFromLink(message?.link) };
}

describe.each(['off', 'login'])(
  'the owner of an address that an attacker signed up with, EMAIL_VERIFICATION=%s',
  (policy) => {
    test('gets the account alone by a code that they requested (T98)', async () => {
      const app = appWith(policy);
      const attacker = await prepareAccount(app);
      const owner = app.client();
      const { challengeId, code } = await requestVerification(app, owner, attacker.email);
      const session = expectType(await verify(owner, { challengeId, code }), 'Authenticated');
      expect(session.user).toMatchObject({ id: attacker.user.id, emailVerified: true });
      expect(await me(owner, session.accessToken)).toMatchObject({ hasPassword: false, phone: null });
      await expectNothingLeft(app, attacker);
      expect(await me(owner, session.accessToken)).toMatchObject({ email: attacker.email });
    });

    test('gets it by a link, is told that the password is gone, and gets a link to choose one (T98)', async () => {
      const app = appWith(policy);
      const attacker = await prepareAccount(app);
      const { token } = await requestVerification(app, app.client(), attacker.email);
      const verified = expectType(await verify(app.client(), { token }), 'EmailVerified');
      expect(verified).toEqual({ __typename: 'EmailVerified', email: attacker.email, passwordRemoved: true });
      await expectNothingLeft(app, attacker);
      const reset = tokenFromLink((await waitForMessage(app, attacker.email, 'reset-password')).link);
      expectType(await resetPasswordWithToken(app, reset, NEW_PASSWORD), 'PasswordChanged');
      expectType(await login(app.client(), attacker.email, NEW_PASSWORD), 'Authenticated');
    });

    test('gets it by a reset (T98)', async () => {
      const app = appWith(policy);
      const attacker = await prepareAccount(app);
      expectType(await resetPasswordByLink(app, attacker.email, NEW_PASSWORD), 'PasswordChanged');
      await expectNothingLeft(app, attacker);
      expectType(await login(app.client(), attacker.email, NEW_PASSWORD), 'Authenticated');
    });
  },
);

describe('a link that an attacker has sent to the owner (T98)', () => {
  test('by signing up gives the owner the account', async () => {
    const app = appWith('login');
    const attacker = await prepareAccount(app);
    const { link } = await waitForMessage(app, attacker.email, 'verify-email');
    expectType(await verify(app.client(), { token: tokenFromLink(link) }), 'EmailVerified');
    await expectNothingLeft(app, attacker);
  });

  test('by signing in gives the owner the account', async () => {
    const app = appWith('login');
    const attacker = await prepareAccount(app);
    expectType(await login(attacker.client, attacker.email, PASSWORD), 'Challenge');
    const { link } = await waitForMessage(app, attacker.email, 'login-email');
    expectType(await verify(app.client(), { token: tokenFromLink(link) }), 'EmailVerified');
    await expectNothingLeft(app, attacker);
  });

  test('by moving a never verified account to another address of the owner gives the owner the account', async () => {
    const app = appWith('off');
    const attacker = await prepareAccount(app);
    const newEmail = uniqueEmail('other');
    expectType(await requestEmailChange(attacker, newEmail), 'Challenge');
    const { link } = await waitForMessage(app, newEmail, 'change-email');
    expectType(await confirmEmailChange(app.client(), { token: tokenFromLink(link) }), 'EmailChanged');
    await expectNothingLeft(app, { ...attacker, email: newEmail });
  });
});

describe('the user who signed up keeps the account', () => {
  test('by a link opened in the session, which ends the other sessions (T98)', async () => {
    const app = appWith('off');
    const ada = await prepareAccount(app);
    const elsewhere = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    const { token } = await requestVerification(app, ada.client, ada.email);
    const verified = await verify(ada.client, { token }, { token: ada.accessToken });
    expect(verified).toMatchObject({ __typename: 'EmailVerified', passwordRemoved: false });
    const { phone } = ada;
    expect(await me(ada.client, ada.accessToken)).toMatchObject({ phone, firstName: 'Mallory', emailVerified: true });
    const { me: own } = await ada.client.request(IdentitiesDocument, undefined, { token: ada.accessToken });
    expect(own?.identities).toHaveLength(1);
    expect(await me(app.client(), elsewhere.accessToken)).toBeNull();
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
  });

  test('by a link together with the password; a wrong password leaves the link unused (T98)', async () => {
    const app = appWith('login');
    const ada = await prepareAccount(app);
    const token = tokenFromLink((await waitForMessage(app, ada.email, 'verify-email')).link);
    expectType(await verify(app.client(), { token, password: NEW_PASSWORD }), 'InvalidCredentials');
    const verified = await verify(app.client(), { token, password: PASSWORD });
    expect(verified).toMatchObject({ __typename: 'EmailVerified', passwordRemoved: false });
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expectType(await login(app.client(), ada.phone, PASSWORD), 'Authenticated');
    expectType(await refresh(ada.client, ada.refreshToken), 'RefreshRejected');
  });

  test('by the code of a sign-in with the password, which ends earlier sessions (T98)', async () => {
    const app = appWith('login');
    const ada = await prepareAccount(app);
    const client = app.client();
    const { id } = expectType(await login(client, ada.email, PASSWORD), 'Challenge');
    const { code } = await waitForMessage(app, ada.email, 'login-email');
    const session = expectType(await verify(client, { challengeId: id, code }), 'Authenticated');
    expect(await me(client, session.accessToken)).toMatchObject({ phone: ada.phone, hasPassword: true });
    expectType(await refresh(ada.client, ada.refreshToken), 'RefreshRejected');
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
  });

  test('but not by the session of another account (T98)', async () => {
    const app = appWith('off');
    const attacker = await prepareAccount(app);
    const other = expectType(
      await register(app.client(), { email: uniqueEmail(), password: PASSWORD }),
      'Authenticated',
    );
    const { token } = await requestVerification(app, app.client(), attacker.email);
    const verified = await verify(app.client(), { token }, { token: other.accessToken });
    expect(verified).toMatchObject({ __typename: 'EmailVerified', passwordRemoved: true });
    await expectNothingLeft(app, attacker);
    expect(await me(app.client(), other.accessToken)).toMatchObject({ hasPassword: true });
  });
});

test('an administrator who confirms an address gives the account to the owner of the address (T98)', async () => {
  const app = appWith('off');
  const attacker = await prepareAccount(app);
  const admin = await signInWithRoles(app, 'ADMIN');
  const { user } = expectType(await updateUser(admin, attacker.user.id, { emailVerified: true }), 'AdminUser');
  expect(user).toMatchObject({ emailVerified: true, phone: null, firstName: 'Mallory' });
  await updateUser(admin, attacker.user.id, { firstName: null });
  await expectNothingLeft(app, attacker);
});

describePostgres('ten verifications at once', () => {
  const { app, replica, query, failures } = useReplicas({ EMAIL_VERIFICATION: 'off', OTP_RESEND_COOLDOWN: '0s' });

  test('by link, reset and sign-in leave nothing of the attacker (T98, F19)', async () => {
    const [client, email] = [app().client(), uniqueEmail('victim')];
    const attacker = expectType(await register(client, { email, password: PASSWORD }), 'Authenticated');
    const links = [];
    for (let link = 0; link < 5; link++) links.push(await requestVerification(app(), app().client(), email));
    await Promise.all([
      ...links.map(({ token }, index) => verify(replica(index).client(), { token })),
      ...links.map((_, index) => login(replica(index).client(), email, PASSWORD)),
    ]);
    expectType(await login(app().client(), email, PASSWORD), 'InvalidCredentials');
    expect(await me(client, attacker.accessToken)).toBeNull();
    const live = sql`select id from sessions where user_id = ${attacker.user.id} and ended_at is null`;
    expect(await query(live)).toEqual([]);
    const claims = sql`select id from audit_events where type = 'account-reclaim' and user_id = ${attacker.user.id}`;
    expect(await query(claims)).toHaveLength(1);
    expect(failures()).toEqual([]);
  });
});
