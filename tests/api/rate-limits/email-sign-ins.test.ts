import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestPasswordResetDocument, ResetPasswordDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, register, resend } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmEmailOtp, receiveSignInMail, requestEmailOtp, signUpByEmailOtp } from '../../support/email-sign-in.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Strangers request sign-ins by email and guess codes. The owner still gets in.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_ACCOUNT_BUDGET: '3/1h' }, { clock });
});
afterAll(() => app.close());

const waitOutTheCooldown = () => clock.advance(MINUTE + SECOND);

const requestReset = async (client: ApiClient, identifier: string) =>
  (await client.request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset;

/** Three requests by an attacker; returns the last mail. */
async function useUp(email: string) {
  for (let time = 1; time < 3; time++) {
    expectType(await requestEmailOtp(app.client(), { email }), 'Challenge');
    waitOutTheCooldown();
  }
  const mail = await receiveSignInMail(app, app.client(), { email });
  waitOutTheCooldown();
  return mail;
}

test('a second mail within a minute, or a fourth within an hour, is refused for known and unknown addresses (T51)', async () => {
  for (const email of [(await insertAccount(app)).email, uniqueEmail()]) {
    expectType(await requestEmailOtp(app.client(), { email }), 'Challenge');
    expect(await requestEmailOtp(app.client(), { email })).toMatchObject({ retryAfter: 60 });
    waitOutTheCooldown();
    for (let time = 2; time <= 3; time++) {
      expectType(await requestEmailOtp(app.client(), { email }), 'Challenge');
      waitOutTheCooldown();
    }
    const { retryAfter } = expectType(await requestEmailOtp(app.client(), { email }), 'RateLimited');
    expect(retryAfter).toBeGreaterThan(50 * 60);
  }
});

test('used-up requests leave a link in the mailbox that works until the owner may request one (T97)', async () => {
  clock.hold();
  const { email } = await insertAccount(app);
  const latest = await useUp(email);
  const { retryAfter } = expectType(await requestEmailOtp(app.client(), { email }), 'RateLimited');
  clock.advance((retryAfter - 2) * SECOND);
  const owner = app.client();
  expectType(await requestEmailOtp(owner, { email }), 'RateLimited');
  expectType(await confirmEmailOtp(owner, latest.byLink), 'Authenticated');
});

test('used-up requests and guesses keep the owner from no reset, sign-up, verification or password (T97)', async () => {
  const { email } = await insertAccount(app);
  const attacked = await useUp(email);
  const wrong = { ...attacked.byCode, code: wrongCodeFor(attacked.byCode.code) };
  for (let guess = 0; guess < 3; guess++) await confirmEmailOtp(app.client(), wrong);
  const { id: challengeId } = expectType(await requestReset(app.client(), email), 'Challenge');
  const code = (await waitForMessage(app, email, 'reset-password')).code ?? '';
  const input = { challengeId, code, newPassword: PASSWORD };
  expectType((await app.client().request(ResetPasswordDocument, { input })).resetPassword, 'PasswordChanged');
  expectType(await resend(app.client(), { email }), 'Challenge');
  expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  const unknown = uniqueEmail();
  await useUp(unknown);
  expectType(await register(app.client(), { email: unknown, password: PASSWORD }), 'Challenge');
});

test('used-up resets keep the owner from no sign-in by email (T97)', async () => {
  const { email } = await insertAccount(app);
  for (let time = 0; time < 3; time++) {
    expectType(await requestReset(app.client(), email), 'Challenge');
    waitOutTheCooldown();
  }
  expectType(await requestReset(app.client(), email), 'RateLimited');
  expectType(await requestEmailOtp(app.client(), { email }), 'Challenge');
});

test('an owner at a known network requests a mail, and enters its code, after strangers used up both (T97)', async () => {
  const { email, client: owner } = await signUpByEmailOtp(app);
  clock.advance(HOUR + MINUTE);
  for (let time = 0; time < 3; time++) {
    const { byCode } = await receiveSignInMail(app, app.client(), { email });
    const failed = await confirmEmailOtp(app.client(), { ...byCode, code: wrongCodeFor(byCode.code) });
    expect(failed).toMatchObject({ reason: 'WRONG_CODE' });
    waitOutTheCooldown();
  }
  expectType(await requestEmailOtp(app.client(), { email }), 'RateLimited');
  const { byCode } = await receiveSignInMail(app, owner, { email });
  expect(await confirmEmailOtp(app.client(), byCode)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  expectType(await confirmEmailOtp(owner, byCode), 'Authenticated');
});

test('a new mail refills no guesses, and withdraws no earlier one (T48, T50)', async () => {
  const email = uniqueEmail();
  const first = await receiveSignInMail(app, app.client(), { email });
  waitOutTheCooldown();
  const next = await receiveSignInMail(app, app.client(), { email });
  const wrong = { ...next.byCode, code: wrongCodeFor(next.byCode.code) };
  for (const attemptsRemaining of [2, 1, 0])
    expect(await confirmEmailOtp(app.client(), wrong)).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining });
  expect(await confirmEmailOtp(app.client(), first.byCode)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  expectType(await confirmEmailOtp(app.client(), first.byLink), 'Authenticated');
});
