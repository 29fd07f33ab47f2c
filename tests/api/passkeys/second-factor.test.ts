import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument, type ReauthenticateInput } from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import type { SignedInUser } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import type { Deviations } from '../../support/authenticator.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { addPasskey, removePasskey, signInByPasskey, startLogin, startRegistration } from '../../support/passkeys.ts';
import { signUp } from '../../support/people.ts';
import {
  beginLogin,
  disableTotp,
  enroll,
  requireSecondFactor,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { refreshTokens } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '10000/15m', OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

/** A user whose sign-ins require a passkey. */
async function signUpWithPasskey() {
  const user = await signUp(app);
  const added = await addPasskey(user.client, user.accessToken);
  expectType(await requireSecondFactor(user, true), 'SecondFactorChanged');
  // The first session has shown one factor.
  const session = expectType(await signInByPasskey(user.client, added.authenticator), 'Authenticated');
  return { ...user, ...added, accessToken: session.accessToken, refreshToken: session.refreshToken ?? '' };
}

describe('a passkey as the second factor', () => {
  test('is asked for after the password, with options that list the passkeys of the user', async () => {
    const ada = await signUpWithPasskey();
    const required = await beginLogin(app.client(), ada.email);
    expect(required.factors).toEqual(['PASSKEY', 'RECOVERY_CODE']);
    expect(JSON.parse(required.passkeyOptions ?? '')).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'localhost',
      timeout: 600_000,
      userVerification: 'preferred',
      allowCredentials: [
        { type: 'public-key', id: ada.authenticator.credentials[0]?.id, transports: ['internal', 'hybrid'] },
      ],
    });
  });

  test.each<[string, Deviations, string[]]>([
    ['with user verification', {}, ['pwd', 'swk', 'user', 'mfa']],
    ['without user verification', { userVerified: false }, ['pwd', 'swk', 'user', 'mfa']],
    ['that names no user', { userHandle: null }, ['pwd', 'swk', 'user', 'mfa']],
    ['that stays on its device', { backupEligible: false }, ['pwd', 'hwk', 'user', 'mfa']],
  ])('%s completes the sign-in', async (_title, deviations, amr) => {
    const ada = await signUpWithPasskey();
    const client = app.client();
    const { challengeId, passkeyOptions } = await beginLogin(client, ada.email);
    const passkey = ada.authenticator.get(passkeyOptions ?? '', deviations);
    const session = expectType(await verifySecondFactor(client, { challengeId, passkey }), 'Authenticated');
    expect(decodeJwt(session.accessToken).amr).toEqual(amr);
    const again = expectType(await verifySecondFactor(client, { challengeId, passkey }), 'ChallengeFailed');
    expect(again.reason).toBe('ALREADY_USED');
  });

  test.each<[string, Deviations]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['for another domain', { rpId: 'example.com' }],
    ['with the signature of another key', { wrongKey: true }],
    ['with another user handle', { userHandle: 'AAAA' }],
    ['that the user did not confirm', { userPresent: false, userVerified: false }],
    ['of a registration', { type: 'webauthn.create' }],
  ])('%s is refused, and uses nothing up (T108)', async (_title, deviations) => {
    const ada = await signUpWithPasskey();
    const client = app.client();
    const { challengeId, passkeyOptions = '' } = await beginLogin(client, ada.email);
    const wrong = ada.authenticator.get(passkeyOptions ?? '', deviations);
    const refused = expectType(await verifySecondFactor(client, { challengeId, passkey: wrong }), 'ChallengeFailed');
    expect(refused.reason).toBe('PASSKEY_REJECTED');
    const passkey = ada.authenticator.get(passkeyOptions ?? '');
    expectType(await verifySecondFactor(client, { challengeId, passkey }), 'Authenticated');
  });

  test('of another user, or for the challenge of another sign-in, is refused (T108)', async () => {
    const [ada, mallory] = [await signUpWithPasskey(), await signUpWithPasskey()];
    const client = app.client();
    const adas = await beginLogin(client, ada.email);
    const mallorys = await beginLogin(client, mallory.email);
    const { challenge } = JSON.parse(adas.passkeyOptions ?? '');
    const forged = mallory.authenticator.get(JSON.stringify({ challenge }));
    const own = mallory.authenticator.get(mallorys.passkeyOptions ?? '');
    const login = expectType(await startLogin(client), 'PasskeyLogin');
    for (const passkey of [forged, own, ada.authenticator.get(login.options)])
      expectType(await verifySecondFactor(client, { challengeId: adas.challengeId, passkey }), 'ChallengeFailed');
  });

  test('that was removed after the password is refused', async () => {
    const ada = await signUpWithPasskey();
    const client = app.client();
    const { challengeId, passkeyOptions } = await beginLogin(client, ada.email);
    await addPasskey(ada.client, ada.accessToken);
    expectType(await removePasskey(ada.client, ada.accessToken, ada.passkey.id), 'PasskeyRemoved');
    const passkey = ada.authenticator.get(passkeyOptions ?? '');
    expectType(await verifySecondFactor(client, { challengeId, passkey }), 'ChallengeFailed');
  });

  test('that is no JSON is invalid input', async () => {
    const ada = await signUpWithPasskey();
    const client = app.client();
    const { challengeId } = await beginLogin(client, ada.email);
    const { fields } = expectType(await verifySecondFactor(client, { challengeId, passkey: '{' }), 'InvalidInput');
    expect(fields).toEqual([expect.objectContaining({ path: 'passkey', code: 'INVALID_FORMAT' })]);
  });

  test('stays required when the authenticator app is turned off, and not when both are gone', async () => {
    const ada = await signUpWithPasskey();
    await enroll(ada, clock.now());
    expectType(await disableTotp(ada), 'SecondFactorChanged');
    await beginLogin(app.client(), ada.email);
    expectType(await removePasskey(ada.client, ada.accessToken, ada.passkey.id), 'PasskeyRemoved');
    await expect(beginLogin(app.client(), ada.email)).rejects.toThrow('Authenticated');
  });
});

describe('reauthentication with a passkey', () => {
  const reauthenticate = async ({ client, accessToken: token }: SignedInUser, input: ReauthenticateInput) =>
    (await client.request(ReauthenticateDocument, { input }, { token })).reauthenticate;

  /** A user with a passkey whose sign-in is no longer recent. */
  async function signUpAda() {
    const ada = await signUpWithPasskey();
    clock.advance(11 * MINUTE);
    return { ...ada, ...(await refreshTokens(ada.client, ada.refreshToken)) };
  }

  test('makes the session recent, and counts as two factors', async () => {
    const ada = await signUpAda();
    const { methods } = expectType(await startRegistration(ada.client, ada.accessToken), 'ReauthenticationRequired');
    expect(methods).toEqual(['PASSKEY']);
    const { challengeId, options } = expectType(await startLogin(ada.client), 'PasskeyLogin');
    const passkey = ada.authenticator.get(options);
    const renewed = expectType(await reauthenticate(ada, { challengeId, passkey }), 'Reauthenticated');
    expect(decodeJwt(renewed.accessToken).amr).toEqual(expect.arrayContaining(['swk', 'user', 'mfa']));
    expectType(await startRegistration(ada.client, renewed.accessToken), 'PasskeyRegistration');
    expect(expectType(await reauthenticate(ada, { challengeId, passkey }), 'ChallengeFailed').reason).toBe(
      'ALREADY_USED',
    );
  });

  test('needs user verification, the own passkey and a challenge that was not answered (T108)', async () => {
    const [ada, mallory] = [await signUpAda(), await signUpWithPasskey()];
    const { challengeId, options } = expectType(await startLogin(ada.client), 'PasskeyLogin');
    const other = expectType(await startLogin(ada.client), 'PasskeyLogin');
    for (const [id, passkey] of [
      [challengeId, ada.authenticator.get(options, { userVerified: false })],
      [challengeId, mallory.authenticator.get(options)],
      [challengeId, ada.authenticator.get(options, { wrongKey: true })],
      [other.challengeId, ada.authenticator.get(options)],
    ] as const)
      expectType(await reauthenticate(ada, { challengeId: id, passkey }), 'ChallengeFailed');
    expectType(await reauthenticate(ada, { challengeId, passkey: ada.authenticator.get(options) }), 'Reauthenticated');
  });

  test('needs the challengeId, and a passkey in the account', async () => {
    const ada = await signUpAda();
    const { challengeId, options } = expectType(await startLogin(ada.client), 'PasskeyLogin');
    const passkey = ada.authenticator.get(options);
    const missing = expectType(await reauthenticate(ada, { passkey }), 'InvalidInput');
    expect(missing.fields).toEqual([expect.objectContaining({ path: 'challengeId', code: 'REQUIRED' })]);
    const eve = await signUp(app);
    const none = expectType(await reauthenticate(eve, { challengeId, passkey }), 'InvalidInput');
    expect(none.fields).toEqual([expect.objectContaining({ path: 'passkey', code: 'NOT_ALLOWED' })]);
  });
});
