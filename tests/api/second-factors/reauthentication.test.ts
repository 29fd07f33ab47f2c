import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument, type ReauthenticateInput } from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import { changePassword, requestEmailChange, type SignedInUser } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import {
  beginLogin,
  enroll,
  regenerateCodes,
  requireSecondFactor,
  signUpWithTotp,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { refreshTokens } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m', OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

const reauthenticate = async ({ client, accessToken: token }: SignedInUser, input: ReauthenticateInput) =>
  (await client.request(ReauthenticateDocument, { input }, { token })).reauthenticate;

/** A user with an authenticator app whose sign-in is no longer recent. */
async function signUpAda() {
  const ada = await signUpWithTotp(app, clock.now());
  clock.advance(11 * MINUTE);
  return { ...ada, ...(await refreshTokens(ada.client, ada.refreshToken)) };
}

describe('an account that requires a second factor', () => {
  test('reauthenticates with a code of the app, which counts as both factors from then on (T93, T107)', async () => {
    const ada = await signUp(app);
    const { authenticator } = await enroll(ada, clock.now());
    expect(decodeJwt(ada.accessToken).amr).toEqual(['otp']);
    clock.advance(11 * MINUTE);
    const later = { ...ada, ...(await refreshTokens(ada.client, ada.refreshToken)) };
    const totp = authenticator.code(clock.now());
    const renewed = expectType(await reauthenticate(later, { totp }), 'Reauthenticated');
    expect(decodeJwt(renewed.accessToken).amr).toEqual(['otp', 'mfa']);
    const next = await refreshTokens(ada.client, later.refreshToken);
    expect(decodeJwt(next.accessToken)).toMatchObject({
      amr: ['otp', 'mfa'],
      auth_time: decodeJwt(renewed.accessToken).auth_time,
    });
    expectType(await changePassword({ ...ada, ...renewed }, 'saffron-glacier-57-trumpet', null), 'PasswordChanged');
  });

  test('cannot reauthenticate with the password, right or wrong (T93, T107)', async () => {
    const ada = await signUpAda();
    for (const password of [PASSWORD, 'not-the-password-of-anyone']) {
      const refused = expectType(await reauthenticate(ada, { password }), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path: 'password', code: 'NOT_ALLOWED' }]);
    }
  });

  test('cannot give the password in place of a recent sign-in (T93, T107)', async () => {
    const ada = await signUpAda();
    const required = { __typename: 'ReauthenticationRequired', methods: ['TOTP'] };
    expect(await requestEmailChange(ada, uniqueEmail(), PASSWORD)).toMatchObject(required);
    expect(await changePassword(ada, 'saffron-glacier-57-trumpet', PASSWORD)).toMatchObject(required);
    expect(await regenerateCodes(ada)).toMatchObject(required);
    const totp = ada.authenticator.code(clock.now());
    const renewed = expectType(await reauthenticate(ada, { totp }), 'Reauthenticated');
    expectType(await requestEmailChange({ ...ada, ...renewed }, uniqueEmail(), PASSWORD), 'Challenge');
  });

  test('has no use of a recent session with one factor (T93, T107)', async () => {
    const ada = await signUpAda();
    expectType(await requireSecondFactor({ ...ada, ...(await renew(ada)) }, false), 'SecondFactorChanged');
    const stolen = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expectType(await requireSecondFactor({ ...ada, ...(await renew(ada)) }, true), 'SecondFactorChanged');
    expect(await regenerateCodes({ ...ada, accessToken: stolen.accessToken })).toMatchObject({
      __typename: 'ReauthenticationRequired',
      methods: ['TOTP'],
    });
  });

  async function renew(ada: Awaited<ReturnType<typeof signUpAda>>) {
    clock.advance(TIME_STEP);
    return expectType(await reauthenticate(ada, { totp: ada.authenticator.code(clock.now()) }), 'Reauthenticated');
  }

  test('may go on right after a sign-in with both factors', async () => {
    const ada = await signUpAda();
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const totp = ada.authenticator.code(clock.now());
    const session = expectType(await verifySecondFactor(ada.client, { challengeId, totp }), 'Authenticated');
    expectType(await regenerateCodes({ ...ada, ...session }), 'SecondFactorChanged');
  });
});

describe('a code for reauthenticating', () => {
  test('works once, also if it was used for a sign-in (T107)', async () => {
    const ada = await signUpAda();
    const totp = ada.authenticator.code(clock.now());
    expectType(await reauthenticate(ada, { totp }), 'Reauthenticated');
    expect(await reauthenticate(ada, { totp })).toMatchObject({ reason: 'ALREADY_USED' });
    const { challengeId } = await beginLogin(ada.client, ada.email);
    expect(await verifySecondFactor(ada.client, { challengeId, totp })).toMatchObject({ reason: 'ALREADY_USED' });
  });

  test('counts together with those of sign-ins if it is wrong (T42, T107)', async () => {
    const ada = await signUpAda();
    const stranger = app.client();
    const wrong = async () => {
      const right = ada.authenticator.code(clock.now());
      return reauthenticate({ ...ada, client: stranger }, { totp: right === '111111' ? '222222' : '111111' });
    };
    // The session makes the caller known: ten like those of strangers, and ten of their own.
    for (let guess = 0; guess < 20; guess++) expect(await wrong()).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await wrong()).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    const { challengeId } = await beginLogin(stranger, ada.email);
    const totp = ada.authenticator.code(clock.now());
    expect(await verifySecondFactor(stranger, { challengeId, totp })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  });

  test('is refused without an app and without six digits', async () => {
    const ada = await signUp(app);
    for (const [totp, code] of [
      ['123456', 'NOT_ALLOWED'],
      ['12345', 'INVALID_FORMAT'],
    ] as const) {
      const refused = expectType(await reauthenticate(ada, { totp }), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path: 'totp', code }]);
    }
  });
});

test('with an app that is not required, the app comes before the password (T93)', async () => {
  const ada = await signUpAda();
  clock.advance(TIME_STEP);
  const renewed = expectType(
    await reauthenticate(ada, { totp: ada.authenticator.code(clock.now()) }),
    'Reauthenticated',
  );
  expectType(await requireSecondFactor({ ...ada, ...renewed }, false), 'SecondFactorChanged');
  clock.advance(11 * MINUTE);
  const { accessToken } = await refreshTokens(ada.client, ada.refreshToken);
  expect(await regenerateCodes({ ...ada, accessToken })).toMatchObject({ methods: ['TOTP', 'PASSWORD'] });
  expectType(await reauthenticate({ ...ada, accessToken }, { password: PASSWORD }), 'Reauthenticated');
});
