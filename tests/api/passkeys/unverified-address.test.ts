import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitForMessage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { addPasskey, signInByPasskey } from '../../support/passkeys.ts';
import { registerUser } from '../../support/sessions.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ EMAIL_VERIFICATION: 'login', OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

test('with EMAIL_VERIFICATION=login, a passkey signs in to no account whose address is not verified (T98, T108)', async () => {
  const { client, accessToken, email, password, user } = await registerUser(app.client());
  const { authenticator } = await addPasskey(client, accessToken);
  const caller = app.client();
  expect(await signInByPasskey(caller, authenticator)).toMatchObject({ reason: 'PASSKEY_REJECTED' });
  await app.app.services.audit.close();
  const refusals = app.logged.filter((line) => line.includes('"refused"') && line.includes(caller.ip));
  expect(refusals).toEqual([expect.stringContaining('"reason":"address-unverified"')]);

  const { id: challengeId } = expectType(await login(app.client(), email, password), 'Challenge');
  const { code } = await waitForMessage(app, email, 'login-email');
  expectType(await verify(app.client(), { challengeId, code: code ?? '' }), 'Authenticated');
  const session = expectType(await signInByPasskey(app.client(), authenticator), 'Authenticated');
  expect(session.user).toMatchObject({ id: user.id, emailVerified: true });
});
