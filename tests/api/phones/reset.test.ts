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
import { askForCode, confirmOtp, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

// A forgotten password, and a phone.

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

const ask = async (identifier: string, on = app) =>
  (await on.client().ask(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset;

const reset = async (input: ResetPasswordInput, on = app) =>
  (await on.client().ask(ResetPasswordDocument, { input })).resetPassword;

/** The challenge and the code of a reset by text message. */
async function askBySms(phone: string, on = app) {
  const before = (await on.mail(phone, 0)).length;
  const challenge = expectType(await ask(phone, on), 'Challenge');
  const [message] = await on.mail(phone, before + 1);
  return { challengeId: challenge.id, code: message?.code ?? '', challenge, message };
}

test('a code by text message sets it: every session ends, the owner is told, nobody is signed in (T59)', async () => {
  const { phone, client, accessToken, refreshToken } = await signUpByPhone(app, { password: PASSWORD });
  const { challengeId, code, challenge, message } = await askBySms(phone);
  expect(challenge).toMatchObject({ channel: 'SMS', sentTo: `•••• ${phone.slice(-4)}`, codeLength: 6 });
  expect(message).toMatchObject({ kind: 'reset-password', link: null });
  expect(await reset({ challengeId, code, newPassword: NEW_PASSWORD })).toEqual({
    __typename: 'PasswordChanged',
    sessionsEnded: 1,
  });
  expect(await me(client, accessToken)).toBeNull();
  const { refresh } = await client.ask(RefreshDocument, { input: { refreshToken } });
  expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'REVOKED' });
  expectType(await login(app.client(), phone, PASSWORD), 'InvalidCredentials');
  expectType(await login(app.client(), phone, NEW_PASSWORD), 'Authenticated');
  expect((await app.mail(phone, 3))[0]).toMatchObject({ channel: 'SMS', kind: 'password-changed', code: null });
});

test('an owner with an address is told there, and what was pending for the account is over (T59)', async () => {
  const { client, email, accessToken: token } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, token, phone);
  const asked = { phone: uniquePhone(), purpose: 'VERIFY', password: PASSWORD } as const;
  const pending = await askForCode(app, client, asked, { token });
  const signIn = await askForCode(app, client, { phone });
  await ask(email);
  const byMail = (await app.mail(email, 3)).find(({ kind }) => kind === 'reset-password');

  const { challengeId, code } = await askBySms(phone);
  expectType(await reset({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
  expect((await app.mail(email, 4))[0]).toMatchObject({ kind: 'password-changed' });
  const session = expectType(await login(client, email, NEW_PASSWORD), 'Authenticated');
  const late = await confirmOtp(client, pending.submission, { token: session.accessToken });
  expect(late).toMatchObject({ __typename: 'ChallengeFailed' });
  expect(await confirmOtp(client, signIn.submission)).toMatchObject({ __typename: 'ChallengeFailed' });
  expectType(await reset({ token: tokenFromLink(byMail?.link), newPassword: PASSWORD }), 'ChallengeFailed');
});

test('asking for a number without an account, or with a deactivated one, looks the same and sends nothing (T55)', async () => {
  const { phone } = await signUpByPhone(app);
  const { phone: gone, user } = await signUpByPhone(app);
  await deactivate(app, user.id);
  const said = uniquePhone();
  await register(app.client(), { email: uniqueEmail(), password: PASSWORD, phone: said });
  const known = await askBySms(phone);
  for (const number of [uniquePhone(), gone, said]) {
    const sent = (await app.mail(number, 0)).length;
    const unknown = expectType(await ask(number), 'Challenge');
    expect(Object.keys(unknown)).toEqual(Object.keys(known.challenge));
    expect(unknown).toMatchObject({ channel: 'SMS', codeLength: 6, sentTo: `•••• ${number.slice(-4)}` });
    const guess = await reset({ challengeId: unknown.id, code: '000000', newPassword: NEW_PASSWORD });
    expect(guess).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining: 2 });
    expect(await app.mail(number, 0)).toHaveLength(sent);
  }
  // Nor does the database tell, but for whom the row is about.
  const kept = await rows<{ size: number }>(
    app.app.services.db,
    sql`select length(sealed) as size from outbox where kind = 'reset-password' and channel = 'SMS' and locale = 'en'`,
  );
  expect(new Set(kept.map(({ size }) => size)).size).toBe(1);
});

test('a code to sign in sets no password, and a code for a password signs nobody in (T49)', async () => {
  const { phone, client } = await signUpByPhone(app);
  const signIn = await askForCode(app, client, { phone });
  const crossed = await reset({ ...signIn.submission, newPassword: NEW_PASSWORD });
  expect(crossed).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
  const { challengeId, code } = await askBySms(phone);
  expect(await confirmOtp(client, { challengeId, code })).toMatchObject({ reason: 'UNKNOWN' });
  expectType(await reset({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
});

test('three wrong guesses end the code, and a weak password costs none (T47)', async () => {
  const { phone } = await signUpByPhone(app, { password: PASSWORD });
  const { challengeId, code } = await askBySms(phone);
  for (const newPassword of ['short', 'shorter', '12345678', 'password123'])
    expectType(await reset({ challengeId, code, newPassword }), 'InvalidInput');
  for (const attemptsRemaining of [2, 1, 0])
    expect(await reset({ challengeId, code: wrongCodeFor(code), newPassword: NEW_PASSWORD })).toMatchObject({
      reason: 'WRONG_CODE',
      attemptsRemaining,
    });
  expect(await reset({ challengeId, code, newPassword: NEW_PASSWORD })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  expectType(await login(app.client(), phone, PASSWORD), 'Authenticated');
});

test('a locked account is open to its owner again, by number and by address (T39)', async () => {
  const { client, email, accessToken } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, accessToken, phone);
  for (const name of [email, phone])
    for (let failure = 0; failure < 11; failure++) await login(app.client(), name, 'not-the-password-of-anyone');
  const { challengeId, code } = await askBySms(phone);
  expectType(await reset({ challengeId, code, newPassword: NEW_PASSWORD }), 'PasswordChanged');
  for (const name of [email, phone]) expectType(await login(app.client(), name, NEW_PASSWORD), 'Authenticated');
});

test('a number that a stranger proved at an address of somebody else is no way in after the owner’s reset (T34)', async () => {
  const open = await startApp({ EMAIL_VERIFICATION: 'login', OTP_RESEND_COOLDOWN: '0s' });
  try {
    const email = uniqueEmail('victim');
    const stranger = open.client();
    const session = expectType(await register(stranger, { email, password: PASSWORD }), 'Authenticated');
    const phone = uniquePhone();
    await verifyNumber(open, stranger, session.accessToken, phone);

    await ask(email, open);
    const messages = await open.mail(email, 3);
    const link = messages.find(({ kind }) => kind === 'reset-password')?.link;
    expectType(await reset({ token: tokenFromLink(link), newPassword: NEW_PASSWORD }, open), 'PasswordChanged');
    expectType(await login(stranger, phone, PASSWORD), 'InvalidCredentials');
    const again = await askForCode(open, stranger, { phone });
    const somewhereElse = expectType(await confirmOtp(stranger, again.submission), 'Authenticated');
    expect(somewhereElse).toMatchObject({ isNewUser: true });
    expect(somewhereElse.user.id).not.toBe(session.user.id);
  } finally {
    await open.close();
  }
});

describePostgres('of ten resets at once with one code (T58, F19)', () => {
  test('one sets its password', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const server = await startApp({ DATABASE_URL: fresh.url, OUTBOX_VIEWER: 'on', OTP_RESEND_COOLDOWN: '0s' });
    try {
      const { phone } = await signUpByPhone(server, { password: PASSWORD });
      const { challengeId, code } = await askBySms(phone, server);
      const input = { challengeId, code, newPassword: NEW_PASSWORD };
      const answers = await Promise.all(Array.from({ length: 10 }, () => reset(input, server)));
      expect(answers.filter(({ __typename }) => __typename === 'PasswordChanged')).toHaveLength(1);
      expect(answers.filter(({ __typename }) => __typename === 'ChallengeFailed')).toHaveLength(9);
    } finally {
      await server.close();
      await fresh.drop();
    }
  });
});
