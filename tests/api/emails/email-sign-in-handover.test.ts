import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForMessage } from '../../support/account-changes.ts';
import { createUser, signInWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { confirmEmailOtp, receiveSignInMail } from '../../support/email-sign-in.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';

// A sign-in by email to an account whose address was never verified; see docs/decisions/0017.

const apps: Record<string, TestApp> = {};
beforeAll(async () => {
  for (const policy of ['off', 'login'])
    apps[policy] = await startApp({ EMAIL_VERIFICATION: policy, OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => Promise.all(Object.values(apps).map((app) => app.close())));

const appWith = (policy: string): TestApp => apps[policy] ?? expect.fail('started in beforeAll');

/** Signs up with another person's address and adds a number. */
async function prepareAccount(app: TestApp) {
  const [client, email, phone] = [app.client(), uniqueEmail('victim'), uniquePhone()];
  const input = { email, password: PASSWORD, firstName: 'Mallory' };
  const session = expectType(await register(client, input), 'Authenticated');
  expectType(await verifyNumber(app, client, session.accessToken, phone), 'PhoneVerified');
  return { email, phone, client, ...session, refreshToken: session.refreshToken ?? '' };
}

const cases = ['off', 'login'].flatMap((policy) => (['byCode', 'byLink'] as const).map((by) => [policy, by] as const));

describe.each(cases)('with EMAIL_VERIFICATION=%s, %s', (policy, by) => {
  test('the owner of the address gets the account alone (T98)', async () => {
    const app = appWith(policy);
    const attacker = await prepareAccount(app);
    const own = await receiveSignInMail(app, attacker.client, { email: attacker.email });
    const owner = app.client();
    const mail = await receiveSignInMail(app, owner, { email: attacker.email });
    const session = expectType(await confirmEmailOtp(owner, { ...mail[by], firstName: 'Ada' }), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: false, user: { id: attacker.user.id, emailVerified: true } });
    expect(await me(owner, session.accessToken)).toMatchObject({ hasPassword: false, phone: null, firstName: null });

    expectType(await login(app.client(), attacker.email, PASSWORD), 'InvalidCredentials');
    expectType(await login(app.client(), attacker.phone, PASSWORD), 'InvalidCredentials');
    expectType(await refresh(attacker.client, attacker.refreshToken), 'RefreshRejected');
    expect(await me(attacker.client, attacker.accessToken)).toBeNull();
    expect(await confirmEmailOtp(attacker.client, own.byCode)).toMatchObject({ reason: 'WRONG_CODE' });
    const events = sql`select id from audit_events where type = 'account-reclaim' and user_id = ${attacker.user.id}`;
    expect(await rows(app.app.services.db, events)).toHaveLength(1);
  });

  test('a user who is signed in to the account keeps everything (T98)', async () => {
    const app = appWith(policy);
    const ada = await prepareAccount(app);
    const mail = await receiveSignInMail(app, ada.client, { email: ada.email });
    const confirmed = await confirmEmailOtp(ada.client, mail[by], { token: ada.accessToken });
    const session = expectType(confirmed, 'Authenticated');
    expect(await me(ada.client, session.accessToken)).toMatchObject({
      emailVerified: true,
      hasPassword: true,
      phone: ada.phone,
      firstName: 'Mallory',
    });
  });

  test('a user who is signed in to another account keeps nothing of this one (T98)', async () => {
    const app = appWith(policy);
    const [attacker, other] = [await prepareAccount(app), await prepareAccount(app)];
    const mail = await receiveSignInMail(app, other.client, { email: attacker.email });
    const confirmed = await confirmEmailOtp(other.client, mail[by], { token: other.accessToken });
    const session = expectType(confirmed, 'Authenticated');
    expect(await me(other.client, session.accessToken)).toMatchObject({ hasPassword: false, phone: null });
  });
});

test('an unused invitation keeps the profile that the administrator entered', async () => {
  const app = appWith('off');
  const admin = await signInWithRoles(app, 'ADMIN');
  const email = uniqueEmail('invited');
  expectType(await createUser(admin, { email, firstName: 'Ada', companyName: 'Analytical' }), 'AdminUser');
  await waitForMessage(app, email, 'invitation');
  const client = app.client();
  const { byLink } = await receiveSignInMail(app, client, { email });
  const { accessToken } = expectType(await confirmEmailOtp(client, byLink), 'Authenticated');
  expect(await me(client, accessToken)).toMatchObject({ firstName: 'Ada', companyName: 'Analytical' });
});
