import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  RefreshDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  type ResetPasswordInput,
} from '../../../schema/generated/graphql.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

// Password resets by SMS.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

const requestReset = async (identifier: string, on = app) =>
  (await on.client().request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset;

const resetPassword = async (input: ResetPasswordInput, on = app) =>
  (await on.client().request(ResetPasswordDocument, { input })).resetPassword;

/** The challenge and code of a reset by SMS. */
async function requestResetBySms(phone: string, on = app) {
  const before = (await on.mail(phone, 0)).length;
  const challenge = expectType(await requestReset(phone, on), 'Challenge');
  const [message] = await on.mail(phone, before + 1);
  return { challengeId: challenge.id, code: message?.code ?? '', challenge, message };
}

test('a reset by SMS code ends all sessions, notifies the owner and does not sign in (T59)', async () => {
  const { phone, client, accessToken, refreshToken } = await signUpByPhone(app, { password: PASSWORD });
  const { challengeId, code, challenge, message } = await requestResetBySms(phone);
  expect(challenge).toMatchObject({ channel: 'SMS', sentTo: `•••• ${phone.slice(-4)}`, codeLength: 6 });
  expect(message).toMatchObject({ kind: 'reset-password', link: null });
  expect(await resetPassword({ challengeId, code, newPassword: NEW_PASSWORD })).toEqual({
    __typename: 'PasswordChanged',
    sessionsEnded: 1,
  });
  expect(await me(client, accessToken)).toBeNull();
  const { refresh } = await client.request(RefreshDocument, { input: { refreshToken } });
  expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'REVOKED' });
  expectType(await login(app.client(), phone, PASSWORD), 'InvalidCredentials');
  expectType(await login(app.client(), phone, NEW_PASSWORD), 'Authenticated');
  const notices = (await app.mail(phone, 4)).filter(({ kind }) => kind === 'password-changed');
  expect(notices).toMatchObject([{ channel: 'SMS', code: null }]);
});

test('notifies the address when there is one, and cancels everything pending for the account (T59)', async () => {
  const { client, email, accessToken: token } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, token, phone);
  const input = { phone: uniquePhone(), purpose: 'VERIFY', password: PASSWORD } as const;
  const pending = await receiveCode(app, client, input, { token });
  const signIn = await receiveCode(app, client, { phone });
  await requestReset(email);
  const byMail = (await app.mail(email, 3)).find(({ kind }) => kind === 'reset-password');

  const { challengeId, code } = await requestResetBySms(phone);
  expectType(await resetPassword({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
  expect((await app.mail(email, 4))[0]).toMatchObject({ kind: 'password-changed' });
  const session = expectType(await login(client, email, NEW_PASSWORD), 'Authenticated');
  const late = await confirmOtp(client, pending.submission, { token: session.accessToken });
  expect(late).toMatchObject({ __typename: 'ChallengeFailed' });
  expect(await confirmOtp(client, signIn.submission)).toMatchObject({ __typename: 'ChallengeFailed' });
  expectType(await resetPassword({ token: tokenFromLink(byMail?.link), newPassword: PASSWORD }), 'ChallengeFailed');
});

test('returns the same response for a number with no active account, and sends nothing (T55)', async () => {
  const { phone } = await signUpByPhone(app);
  const { phone: disabled, user } = await signUpByPhone(app);
  await deactivate(app, user.id);
  const claimed = uniquePhone();
  await register(app.client(), { email: uniqueEmail(), password: PASSWORD, phone: claimed });
  // The row contains the address of the caller, whose length differs.
  const client = app.client();
  const requestFrom = async (identifier: string) =>
    expectType(
      (await client.request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset,
      'Challenge',
    );
  const earlier = sql`select id from outbox`;
  const before = (await rows<{ id: string }>(app.app.services.db, earlier)).map(({ id }) => id);
  const known = await requestFrom(phone);
  for (const number of [uniquePhone(), disabled, claimed]) {
    const sent = (await app.mail(number, 0)).length;
    const unknown = await requestFrom(number);
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    expect(unknown).toMatchObject({ channel: 'SMS', codeLength: 6, sentTo: `•••• ${number.slice(-4)}` });
    const guess = await resetPassword({ challengeId: unknown.id, code: '000000', newPassword: NEW_PASSWORD });
    expect(guess).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining: 2 });
    expect(await app.mail(number, 0)).toHaveLength(sent);
  }
  // The rows in the database look alike, too.
  const kept = await rows<{ id: string; size: number }>(
    app.app.services.db,
    sql`select id, length(sealed) as size from outbox where kind = 'reset-password' and channel = 'SMS' and locale = 'en'`,
  );
  const sizes = kept.filter(({ id }) => !before.includes(id)).map(({ size }) => size);
  expect(sizes).toHaveLength(4);
  expect(new Set(sizes).size).toBe(1);
});

test('a sign-in code resets no password, and a reset code does not sign in (T49)', async () => {
  const { phone, client } = await signUpByPhone(app);
  const signIn = await receiveCode(app, client, { phone });
  const crossed = await resetPassword({ ...signIn.submission, newPassword: NEW_PASSWORD });
  expect(crossed).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
  const { challengeId, code } = await requestResetBySms(phone);
  expect(await confirmOtp(client, { challengeId, code })).toMatchObject({ reason: 'UNKNOWN' });
  expectType(await resetPassword({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
});

test('the right code fails after three wrong ones, and a weak password uses up no guess (T47)', async () => {
  const { phone } = await signUpByPhone(app, { password: PASSWORD });
  const { challengeId, code } = await requestResetBySms(phone);
  for (const newPassword of ['short', 'shorter', '12345678', 'password123'])
    expectType(await resetPassword({ challengeId, code, newPassword }), 'InvalidInput');
  for (const attemptsRemaining of [2, 1, 0])
    expect(await resetPassword({ challengeId, code: wrongCodeFor(code), newPassword: NEW_PASSWORD })).toMatchObject({
      reason: 'WRONG_CODE',
      attemptsRemaining,
    });
  expect(await resetPassword({ challengeId, code, newPassword: NEW_PASSWORD })).toMatchObject({
    reason: 'TOO_MANY_ATTEMPTS',
  });
  expectType(await login(app.client(), phone, PASSWORD), 'Authenticated');
});

test('a reset unlocks the account for its number and its address (T39)', async () => {
  const { client, email, accessToken } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, accessToken, phone);
  for (const name of [email, phone])
    for (let failure = 0; failure < 11; failure++) await login(app.client(), name, 'not-the-password-of-anyone');
  const { challengeId, code } = await requestResetBySms(phone);
  expectType(await resetPassword({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
  for (const name of [email, phone]) expectType(await login(app.client(), name, NEW_PASSWORD), 'Authenticated');
});

test('a number that an attacker verified at another’s address does not sign in after the owner’s reset (T34)', async () => {
  const open = await startApp({ EMAIL_VERIFICATION: 'login', OTP_RESEND_COOLDOWN: '0s' });
  try {
    const email = uniqueEmail('victim');
    const attacker = open.client();
    const session = expectType(await register(attacker, { email, password: PASSWORD }), 'Authenticated');
    const phone = uniquePhone();
    await verifyNumber(open, attacker, session.accessToken, phone);

    await requestReset(email, open);
    const messages = await open.mail(email, 3);
    const link = messages.find(({ kind }) => kind === 'reset-password')?.link;
    expectType(await resetPassword({ token: tokenFromLink(link), newPassword: NEW_PASSWORD }, open), 'PasswordChanged');
    expectType(await login(attacker, phone, PASSWORD), 'InvalidCredentials');
    const again = await receiveCode(open, attacker, { phone });
    const newAccount = expectType(await confirmOtp(attacker, again.submission), 'Authenticated');
    expect(newAccount).toMatchObject({ isNewUser: true });
    expect(newAccount.user.id).not.toBe(session.user.id);
  } finally {
    await open.close();
  }
});

describePostgres('ten parallel resets with one code (T58, F19)', () => {
  test('set one password', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const server = await startApp({ DATABASE_URL: fresh.url, OUTBOX_VIEWER: 'on', OTP_RESEND_COOLDOWN: '0s' });
    try {
      const { phone } = await signUpByPhone(server, { password: PASSWORD });
      const { challengeId, code } = await requestResetBySms(phone, server);
      const input = { challengeId, code, newPassword: NEW_PASSWORD };
      const results = await Promise.all(Array.from({ length: 10 }, () => resetPassword(input, server)));
      expect(results.filter(({ __typename }) => __typename === 'PasswordChanged')).toHaveLength(1);
      expect(results.filter(({ __typename }) => __typename === 'ChallengeFailed')).toHaveLength(9);
    } finally {
      await server.close();
      await fresh.drop();
    }
  });
});
