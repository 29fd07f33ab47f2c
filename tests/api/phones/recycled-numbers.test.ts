import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestPasswordResetDocument, ResetPasswordDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { DAY, MINUTE } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';

// Operators reassign idle numbers, and the next owner receives our codes: docs/decisions/0008.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const clock = testClock();
let app: TestApp;
const start = (env: Environment = {}) =>
  startApp({ OTP_RESEND_COOLDOWN: '0s', SESSION_MAX_AGE: '365d', ...env }, { clock });
beforeAll(async () => {
  app = await start();
});
afterAll(() => app.close());

/** An account with address, number and password. */
async function signUpWithNumber(on = app) {
  const person = await signUp(on);
  const phone = uniquePhone();
  expectType(await verifyNumber(on, person.client, person.accessToken, phone), 'PhoneVerified');
  return { ...person, phone };
}

async function resetBySms(phone: string, on = app) {
  const client = on.client();
  const before = (await on.mail(phone, 0)).length;
  const requested = await client.request(RequestPasswordResetDocument, { input: { identifier: phone } });
  const { id: challengeId } = expectType(requested.requestPasswordReset, 'Challenge');
  const code = (await on.mail(phone, before + 1))[0]?.code ?? '';
  const input = { challengeId, code, newPassword: NEW_PASSWORD };
  return (await client.request(ResetPasswordDocument, { input })).resetPassword;
}

test('after half a year a sign-in by SMS code asks for a code by mail, too', async () => {
  const { phone, email, user } = await signUpWithNumber();
  clock.advance(181 * DAY);
  const client = app.client();
  const { submission } = await receiveCode(app, client, { phone });
  const challenge = expectType(await confirmOtp(client, submission), 'Challenge');
  expect(challenge).toMatchObject({ channel: 'EMAIL', sentTo: 'a•••@example.com' });
  expect(await confirmOtp(client, submission)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED' });

  const [message] = await app.mail(email, 3);
  expect(message).toMatchObject({ kind: 'login-email' });
  const session = expectType(await verify(client, { challengeId: challenge.id, code: message?.code }), 'Authenticated');
  expect(session).toMatchObject({ isNewUser: false, user: { id: user.id } });
  // The account is in use again.
  expectType(await confirmOtp(client, (await receiveCode(app, client, { phone })).submission), 'Authenticated');
  const events = sql`select type, method from audit_events where outcome = 'long-unused' and user_id = ${user.id}`;
  await expect.poll(() => rows(app.app.services.db, events)).toEqual([{ type: 'sign-in', method: 'sms-code' }]);
});

test('after half a year an account without a verified address needs its password', async () => {
  const { phone } = await signUpByPhone(app, { password: PASSWORD });
  clock.advance(181 * DAY);
  const client = app.client();
  const { submission } = await receiveCode(app, client, { phone });
  const refused = expectType(await confirmOtp(client, submission), 'PasswordRequired');
  expect(refused.message).toMatch(/password/);
  expectType(await login(client, phone, PASSWORD), 'Authenticated');
  expectType(await confirmOtp(client, (await receiveCode(app, client, { phone })).submission), 'Authenticated');
});

test('after half a year a reset by SMS asks for a code by mail, or for the password', async () => {
  const [ada, bob] = [await signUpWithNumber(), await signUpByPhone(app, { password: PASSWORD })];
  clock.advance(181 * DAY);
  expectType(await resetBySms(bob.phone), 'PasswordRequired');
  const challenge = expectType(await resetBySms(ada.phone), 'Challenge');
  expect(challenge).toMatchObject({ channel: 'EMAIL', sentTo: 'a•••@example.com' });
  for (const name of [ada.phone, ada.email, bob.phone])
    expectType(await login(app.client(), name, NEW_PASSWORD), 'InvalidCredentials');

  const [message] = await app.mail(ada.email, 3);
  expect(message).toMatchObject({ kind: 'reset-password' });
  const input = { challengeId: challenge.id, code: message?.code, newPassword: NEW_PASSWORD };
  const { resetPassword } = await app.client().request(ResetPasswordDocument, { input });
  expectType(resetPassword, 'PasswordChanged');
  expectType(await login(app.client(), ada.phone, NEW_PASSWORD), 'Authenticated');
});

test('an account with a session in use, or without a password, still signs in by SMS code alone', async () => {
  const [{ phone, refreshToken, client, accessToken }, plain] = [await signUpWithNumber(), await signUpByPhone(app)];
  let token = refreshToken;
  for (let month = 0; month < 7; month++) {
    clock.advance(28 * DAY);
    const next = expectType(await refresh(client, token), 'Authenticated');
    token = next.refreshToken ?? '';
  }
  expect(await me(client, accessToken)).toBeNull(); // expired
  expectType(await confirmOtp(client, (await receiveCode(app, client, { phone })).submission), 'Authenticated');
  expectType(
    await confirmOtp(client, (await receiveCode(app, client, { phone: plain.phone })).submission),
    'Authenticated',
  );
});

test('PHONE_RECYCLED_AFTER sets the time, and 0s switches the rule off', async () => {
  for (const [setting, expected] of [
    ['1h', 'Challenge'],
    ['0s', 'Authenticated'],
  ] as const) {
    const other = await start({ PHONE_RECYCLED_AFTER: setting });
    try {
      const { phone } = await signUpWithNumber(other);
      clock.advance(61 * MINUTE);
      const client = other.client();
      const { submission } = await receiveCode(other, client, { phone });
      expect((await confirmOtp(client, submission)).__typename).toBe(expected);
    } finally {
      await other.close();
    }
  }
});
