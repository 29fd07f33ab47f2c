import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resetPasswordWithToken, waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { createUser, sendReset, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
  await signInWithRoles(app, 'ADMIN'); // So that no test removes the last administrator.
});
afterAll(() => app.close());

describe('sendPasswordReset', () => {
  test('sends the link to the owner only, and the password stays until it is changed', async () => {
    const ada = await insertAccount(app);
    await login(app.client(), ada.email, PASSWORD);
    const sent = expectType(await sendReset(admin, ada.id), 'PasswordLinkSent');
    expect(sent.sentTo).toBe(`a•••@example.com`);
    const message = await waitForMessage(app, ada.email, 'reset-password');
    expect(message.code).toBeNull();
    const token = tokenFromLink(message.link);
    expect(JSON.stringify(sent)).not.toContain(token);
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expectType(await resetPasswordWithToken(app, token, NEW_PASSWORD), 'PasswordChanged');
    expectType(await login(app.client(), ada.email, NEW_PASSWORD), 'Authenticated');
    expectType(await login(app.client(), ada.email, PASSWORD), 'InvalidCredentials');
  });

  test('sends an invitation when the account has never been used', async () => {
    const email = uniqueEmail();
    const { user } = expectType(await createUser(admin, { email }), 'AdminUser');
    expectType(await sendReset(admin, user.id), 'RateLimited'); // T51: one message a minute to one address.
    clock.advance(61_000);
    expectType(await sendReset(admin, user.id), 'PasswordLinkSent');
    expect((await app.mail(email, 2)).map(({ kind }) => kind)).toEqual(['invitation', 'invitation']);
  });

  test('is rejected for an account that is deactivated, without an address, or unknown', async () => {
    const off = await insertAccount(app, { active: false });
    expectType(await sendReset(admin, off.id), 'AccountDisabled');
    const { user } = expectType(await createUser(admin, { phone: '+998935556677', phoneVerified: true }), 'AdminUser');
    expectType(await sendReset(admin, user.id), 'InvalidInput');
    for (const id of ['x', crypto.randomUUID()]) expectType(await sendReset(admin, id), 'NotFound');
  });
});
