import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestResetToken, resetPasswordWithToken, waitForMessage } from '../../support/account-changes.ts';
import { deleteUser, showUser, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { getRejectionReason, isTokenAccepted } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({}, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

describe('deleteUser', () => {
  test('deletes the account with its sessions, notifies its address and frees it (T72)', async () => {
    const ada = await signUp(app);
    clock.advance(61_000);
    const reset = await requestResetToken(app, ada.email);
    const { user } = expectType(await deleteUser(admin, ada.user.id), 'AdminUser');
    expect(user.id).toBe(ada.user.id);
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expect(await getRejectionReason(ada.client, ada.refreshToken)).toBe('REVOKED');
    expectType(await login(app.client(), ada.email, PASSWORD), 'InvalidCredentials');
    expectType(await resetPasswordWithToken(app, reset, 'saffron-glacier-57-trumpet'), 'ChallengeFailed');
    expect(await showUser(admin, ada.user.id)).toBeNull();
    expect((await waitForMessage(app, ada.email, 'account-deleted')).text).not.toContain(admin.client.ip);
    for (const id of [ada.user.id, 'x']) expectType(await deleteUser(admin, id), 'NotFound');
    clock.advance(61_000);
    expectType(await register(app.client(), { email: ada.email, password: PASSWORD }), 'Challenge');
  });
});
