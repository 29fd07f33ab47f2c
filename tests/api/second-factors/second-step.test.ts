import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/core/clock.ts';
import { changePassword } from '../../support/account-changes.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD } from '../../support/people.ts';
import {
  beginLogin,
  disableTotp,
  enroll,
  signUpWithTotp,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { refreshTokens } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m' }, { clock });
});
afterAll(() => app.close());

const signUpAda = () => signUpWithTotp(app, clock.now());

/** Six digits that are not the code at any of the accepted times. */
function wrongCode({ authenticator }: Awaited<ReturnType<typeof signUpAda>>, skip = 0): string {
  const right = [-1, 0, 1].map((steps) => authenticator.code(new Date(clock.now().getTime() + steps * TIME_STEP)));
  const wrong = ['111111', '222222', '333333', '444444', '555555', '666666', '777777', '888888'];
  return wrong.filter((code) => !right.includes(code))[skip % 4] ?? '999999';
}

describe('a code from an authenticator app', () => {
  test('completes a sign-in with the right password, which alone starts no session (T107)', async () => {
    const ada = await signUpAda();
    clock.advance(TIME_STEP);
    const required = await beginLogin(ada.client, ada.email);
    expect(required).toMatchObject({ factors: ['TOTP', 'RECOVERY_CODE'], passkeyOptions: null });
    const session = expectType(
      await verifySecondFactor(ada.client, {
        challengeId: required.challengeId,
        totp: ada.authenticator.code(clock.now()),
        device: 'Laptop',
      }),
      'Authenticated',
    );
    expect(session).toMatchObject({ user: { id: ada.user.id }, session: { device: 'Laptop' }, isNewUser: false });
    expect(decodeJwt(session.accessToken).amr).toEqual(['pwd', 'otp', 'mfa']);
    const next = await refreshTokens(ada.client, session.refreshToken ?? '');
    expect(decodeJwt(next.accessToken).amr).toEqual(['pwd', 'otp', 'mfa']);
  });

  test('is accepted with spaces, and one step before and after the current one (T107)', async () => {
    const ada = await signUpAda();
    /** A little after the start of a step, so that it does not end before the request is served. */
    const advance = () => clock.advance(10 * TIME_STEP - (clock.now().getTime() % TIME_STEP) + 1_000);
    for (const steps of [-1, 1]) {
      advance();
      const code = ada.authenticator.code(new Date(clock.now().getTime() + steps * TIME_STEP));
      const totp = ` ${code.slice(0, 3)} ${code.slice(3)}`;
      const { challengeId } = await beginLogin(ada.client, ada.email);
      expectType(await verifySecondFactor(ada.client, { challengeId, totp }), 'Authenticated');
    }
    for (const steps of [-2, 2]) {
      advance();
      const totp = ada.authenticator.code(new Date(clock.now().getTime() + steps * TIME_STEP));
      const { challengeId } = await beginLogin(ada.client, ada.email);
      expect(await verifySecondFactor(ada.client, { challengeId, totp })).toMatchObject({ reason: 'WRONG_CODE' });
    }
  });

  test('works once, also the one of the enrolment, and a refused one leaves the sign-in open (T107)', async () => {
    const ada = await signUpAda();
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const enrolled = ada.authenticator.code(clock.now());
    const refused = await verifySecondFactor(ada.client, { challengeId, totp: enrolled });
    expect(refused).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED', attemptsRemaining: 2 });
    clock.advance(TIME_STEP);
    const totp = ada.authenticator.code(clock.now());
    expectType(await verifySecondFactor(ada.client, { challengeId, totp }), 'Authenticated');
    const again = await beginLogin(ada.client, ada.email);
    for (const code of [totp, enrolled])
      expect(await verifySecondFactor(ada.client, { challengeId: again.challengeId, totp: code })).toMatchObject({
        reason: 'ALREADY_USED',
      });
  });

  test('of one account does not work for another (T49)', async () => {
    const [ada, eve] = [await signUpAda(), await signUpAda()];
    clock.advance(TIME_STEP);
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const totp = eve.authenticator.code(clock.now());
    expect(await verifySecondFactor(ada.client, { challengeId, totp })).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('completes no sign-in that has expired, is complete, or does not exist (T46)', async () => {
    const ada = await signUpAda();
    const { challengeId, expiresAt } = await beginLogin(ada.client, ada.email);
    clock.advance(Date.parse(expiresAt) - clock.now().getTime() + 1_000);
    const code = () => ada.authenticator.code(clock.now());
    expect(await verifySecondFactor(ada.client, { challengeId, totp: code() })).toMatchObject({ reason: 'EXPIRED' });
    const unknown = { challengeId: crypto.randomUUID(), totp: code() };
    expect(await verifySecondFactor(ada.client, unknown)).toMatchObject({ reason: 'UNKNOWN' });
    const second = await beginLogin(ada.client, ada.email);
    expectType(
      await verifySecondFactor(ada.client, { challengeId: second.challengeId, totp: code() }),
      'Authenticated',
    );
    clock.advance(TIME_STEP);
    expect(await verifySecondFactor(ada.client, { challengeId: second.challengeId, totp: code() })).toMatchObject({
      reason: 'ALREADY_USED',
    });
  });

  test('completes no sign-in that was started with an old password, and is not used up by it (T107)', async () => {
    const ada = await signUpAda();
    clock.advance(TIME_STEP);
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const next = await refreshTokens(ada.client, ada.refreshToken);
    const newPassword = 'saffron-glacier-57-trumpet';
    expectType(await changePassword({ ...ada, ...next }, newPassword), 'PasswordChanged');
    const totp = ada.authenticator.code(clock.now());
    expect(await verifySecondFactor(ada.client, { challengeId, totp })).toMatchObject({ reason: 'UNKNOWN' });
    const again = await beginLogin(ada.client, ada.email, newPassword);
    expectType(await verifySecondFactor(ada.client, { challengeId: again.challengeId, totp }), 'Authenticated');
  });

  test('tells the owner of a deactivated account only after the right code (T35)', async () => {
    const ada = await signUpAda();
    const { challengeId } = await beginLogin(ada.client, ada.email);
    await deactivate(app, ada.user.id);
    clock.advance(TIME_STEP);
    expect(await verifySecondFactor(ada.client, { challengeId, totp: wrongCode(ada) })).toMatchObject({
      reason: 'WRONG_CODE',
    });
    const totp = ada.authenticator.code(clock.now());
    expectType(await verifySecondFactor(ada.client, { challengeId, totp }), 'AccountDisabled');
  });
});

describe('wrong codes', () => {
  test('use up the sign-in, and after too many the right code fails (T47, T107)', async () => {
    const ada = await signUpAda();
    clock.advance(TIME_STEP);
    const { challengeId } = await beginLogin(ada.client, ada.email);
    for (const attemptsRemaining of [2, 1, 0])
      expect(await verifySecondFactor(ada.client, { challengeId, totp: wrongCode(ada) })).toMatchObject({
        reason: 'WRONG_CODE',
        attemptsRemaining,
      });
    const totp = ada.authenticator.code(clock.now());
    expect(await verifySecondFactor(ada.client, { challengeId, totp })).toMatchObject({
      reason: 'TOO_MANY_ATTEMPTS',
    });
  });

  test('are limited for the account across sign-ins, apart from the password (T107)', async () => {
    const ada = await signUpAda();
    clock.advance(TIME_STEP);
    const attacker = app.client();
    const guess = async () => {
      const { challengeId } = await beginLogin(attacker, ada.email);
      return verifySecondFactor(attacker, { challengeId, totp: wrongCode(ada) });
    };
    for (let guesses = 0; guesses < 10; guesses++) expect(await guess()).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await guess()).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    const { challengeId } = await beginLogin(attacker, ada.email);
    const totp = ada.authenticator.code(clock.now());
    expect(await verifySecondFactor(attacker, { challengeId, totp })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });

    // The owner, whose network the account knows, has attempts of their own, and the password is not locked.
    const own = await beginLogin(ada.client, ada.email);
    expectType(await verifySecondFactor(ada.client, { challengeId: own.challengeId, totp }), 'Authenticated');
    clock.advance(HOUR + MINUTE);
    const later = await beginLogin(attacker, ada.email);
    const code = ada.authenticator.code(clock.now());
    expectType(await verifySecondFactor(attacker, { challengeId: later.challengeId, totp: code }), 'Authenticated');
  });

  test('that cannot be codes use up no guess', async () => {
    const ada = await signUpAda();
    clock.advance(TIME_STEP);
    const { challengeId } = await beginLogin(ada.client, ada.email);
    for (const [input, path] of [
      [{}, 'totp'],
      [{ totp: '12345' }, 'totp'],
      [{ totp: 'abcdef' }, 'totp'],
      [{ recoveryCode: 'ABC' }, 'recoveryCode'],
      [{ totp: '123456', recoveryCode: 'ABCDE-FGHJK' }, 'totp'],
    ] as const) {
      const refused = expectType(await verifySecondFactor(ada.client, { challengeId, ...input }), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path }]);
    }
    const totp = ada.authenticator.code(clock.now());
    expectType(await verifySecondFactor(ada.client, { challengeId, totp }), 'Authenticated');
  });
});

describe('before the first factor is right', () => {
  test('no response shows that an account has factors (T35, T107)', async () => {
    const ada = await signUpAda();
    const wrong = await login(app.client(), ada.email, 'not-the-password-of-anyone');
    expect(wrong).toEqual(await login(app.client(), 'nobody@example.com', 'not-the-password-of-anyone'));
  });
});

describe('without its last factor', () => {
  test('an account signs in with the password alone (T107)', async () => {
    const ada = await signUpAda();
    const { accessToken } = await refreshTokens(ada.client, ada.refreshToken);
    const { user } = expectType(await disableTotp({ ...ada, accessToken }), 'SecondFactorChanged');
    expect(user).toMatchObject({ secondFactorRequired: false, totpEnabled: false });
    expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated');
    await enroll({ ...ada, accessToken }, clock.now());
    await beginLogin(ada.client, ada.email);
  });
});
