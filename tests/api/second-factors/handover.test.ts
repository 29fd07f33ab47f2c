import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resetPasswordByLink, waitForMessage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { rows } from '../../support/rows.ts';
import { beginLogin, enroll } from '../../support/second-factors.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ ...WITHOUT_VERIFICATION, OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

/** An attacker signs up with another person's address, and protects the account with an app of their own. */
async function plantAccount() {
  const eve = await registerUser(app.client());
  await enroll(eve, clock.now());
  await beginLogin(eve.client, eve.email);
  return eve;
}

const factorsOf = (userId: string) =>
  rows(
    app.app.services.db,
    sql`select user_id from totp_factors where user_id = ${userId}
      union all select user_id from recovery_codes where user_id = ${userId}`,
  );

test('an owner who resets the password of a planted account signs in without the attacker’s factors (T98)', async () => {
  const { email, user } = await plantAccount();
  expectType(await resetPasswordByLink(app, email, NEW_PASSWORD), 'PasswordChanged');
  expect(await factorsOf(user.id)).toEqual([]);
  const session = expectType(await login(app.client(), email, NEW_PASSWORD), 'Authenticated');
  expect(session.user.id).toBe(user.id);
});

test('so does an owner who verifies the address (T98)', async () => {
  const { email, user } = await plantAccount();
  const owner = app.client();
  expectType(await resend(owner, { email }), 'Challenge');
  const { link } = await waitForMessage(app, email, 'verify-email');
  expectType(await verify(owner, { token: tokenFromLink(link) }), 'EmailVerified');
  expect(await factorsOf(user.id)).toEqual([]);
});
