import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmEmailChange, startEmailChange } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { createAuthenticator } from '../../support/authenticator.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { addPasskey, finishRegistration, listPasskeys, startRegistration } from '../../support/passkeys.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { enroll, requireSecondFactor } from '../../support/second-factors.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

/** The owner, and an attacker who has signed in with the password alone. */
async function signUpBoth() {
  const ada = await signUp(app);
  const client = app.client();
  const { accessToken } = expectType(await login(client, ada.email, PASSWORD), 'Authenticated');
  return { ada, eve: { email: ada.email, client, accessToken } };
}

describe('what a session with one factor has started', () => {
  test('adds no passkey once the owner has set up an app (T93)', async () => {
    const { ada, eve } = await signUpBoth();
    const started = expectType(await startRegistration(eve.client, eve.accessToken), 'PasskeyRegistration');
    await enroll(ada, clock.now());
    const response = createAuthenticator().create(started.options);
    const input = { challengeId: started.challengeId, response };
    expect(await finishRegistration(eve.client, eve.accessToken, input)).toMatchObject({ reason: 'UNKNOWN' });
    expect(await listPasskeys(ada.client, ada.accessToken)).toEqual([]);
  });

  test('adds none once the owner requires a second factor (T93)', async () => {
    const { ada, eve } = await signUpBoth();
    await addPasskey(ada.client, ada.accessToken);
    const started = expectType(await startRegistration(eve.client, eve.accessToken), 'PasskeyRegistration');
    expectType(await requireSecondFactor(ada, true), 'SecondFactorChanged');
    const response = createAuthenticator().create(started.options);
    const input = { challengeId: started.challengeId, response };
    expect(await finishRegistration(eve.client, eve.accessToken, input)).toMatchObject({ reason: 'UNKNOWN' });
  });

  test('moves the account to no other address (T93)', async () => {
    const { ada, eve } = await signUpBoth();
    const { token } = await startEmailChange(app, eve);
    await enroll(ada, clock.now());
    expect(await confirmEmailChange(eve.client, { token })).toMatchObject({ reason: 'UNKNOWN' });
  });
});
