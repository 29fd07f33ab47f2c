import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import {
  confirmEmailChange,
  requestResetToken,
  resetPasswordWithToken,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import {
  deleteUser,
  giveRoles,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { uniquePhone } from '../../support/phones.ts';
import { getRejectionReason, isTokenAccepted } from '../../support/sessions.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const PHONE = '+998901234567';
const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
  await signInWithRoles(app, 'ADMIN'); // So that no test removes the last administrator.
});
afterAll(() => app.close());

const getToken = async (email: string, kind: string) => tokenFromLink((await waitForMessage(app, email, kind)).link);

describe('updateUser', () => {
  test('changes only the given fields', async () => {
    const { id, email } = await insertAccount(app);
    const input = {
      firstName: 'Ada',
      lastName: 'Lovelace',
      companyName: 'Engine',
      locale: 'uz',
      roles: ['STAFF' as const],
    };
    expect(expectType(await updateUser(admin, id, input), 'AdminUser').user).toMatchObject({ ...input, email });
    expect(expectType(await updateUser(admin, id, { lastName: null, roles: null }), 'AdminUser').user).toMatchObject({
      ...input,
      lastName: null,
    });
  });

  test('changes nothing if the user was changed since expectedUpdatedAt, and shows what the user is now', async () => {
    const { id } = await insertAccount(app);
    const { updatedAt } = (await showUser(admin, id)) ?? expect.fail();
    const first = expectType(await updateUser(admin, id, { lastName: 'King' }, 'why', updatedAt), 'AdminUser').user;
    const second = await updateUser(admin, id, { firstName: 'Ada', roles: ['STAFF'] }, 'why', updatedAt);
    expect(expectType(second, 'UserChanged').user).toEqual(first);
    // Also if the change would have made no difference.
    expectType(await updateUser(admin, id, { lastName: 'King' }, 'why', updatedAt), 'UserChanged');
    expect(await showUser(admin, id)).toMatchObject({ firstName: null, lastName: 'King', roles: [] });
    expectType(await updateUser(admin, id, { firstName: 'Ada' }, 'why', first.updatedAt), 'AdminUser');
    expectType(await updateUser(admin, newId(new Date()), { firstName: 'Ada' }, 'why', updatedAt), 'NotFound');
  });

  test('every change gives a later updatedAt, also within a millisecond; sign-ins do not change it', async () => {
    const { id, email } = await insertAccount(app);
    clock.hold();
    let { updatedAt } = (await showUser(admin, id)) ?? expect.fail();
    for (const input of [
      { firstName: 'Ada' },
      { roles: ['STAFF' as const] },
      { permissions: ['orders:write'] },
      { publicMetadata: { plan: 'pro' } },
      { privateMetadata: { note: 'x' } },
      { emailVerified: false },
      { email: uniqueEmail() },
      { emailVerified: true, firstName: null },
      { phone: uniquePhone() },
      { phoneVerified: true },
      { email },
      { isActive: false },
      { isActive: true },
    ]) {
      const { user } = expectType(await updateUser(admin, id, input, undefined, updatedAt), 'AdminUser');
      expect([input, user.updatedAt > updatedAt]).toEqual([input, true]);
      expect((await showUser(admin, id))?.updatedAt).toBe(user.updatedAt);
      updatedAt = user.updatedAt;
    }
    const grace = await insertAccount(app);
    const before = await showUser(admin, grace.id);
    expectType(await login(app.client(), grace.email, PASSWORD), 'Authenticated');
    expect((await showUser(admin, grace.id))?.updatedAt).toBe(before?.updatedAt);
  });

  test('returns NotFound for an unknown id', async () => {
    for (const id of ['', 'x', crypto.randomUUID(), "' or true --"])
      expectType(await updateUser(admin, id, { firstName: 'x' }), 'NotFound');
  });

  test('isActive: false ends all sessions at once, and only the right password reveals it (T72)', async () => {
    const ada = await signUp(app);
    const { user } = expectType(await updateUser(admin, ada.user.id, { isActive: false }), 'AdminUser');
    expect(user.isActive).toBe(false);
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expect(await getRejectionReason(ada.client, ada.refreshToken)).toBe('REVOKED');
    expectType(await login(app.client(), ada.email, PASSWORD), 'AccountDisabled');
    expectType(await login(app.client(), ada.email, 'not the password'), 'InvalidCredentials');
    expectType(await updateUser(admin, ada.user.id, { isActive: true }), 'AdminUser');
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
  });

  test('a new address is unverified, ends all sessions, and the old one is notified without an undo', async () => {
    const ada = await signUp(app);
    const email = uniqueEmail('grace');
    const { user } = expectType(await updateUser(admin, ada.user.id, { email }), 'AdminUser');
    expect(user).toMatchObject({ email, emailVerified: false });
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    const message = await waitForMessage(app, ada.email, 'email-changed');
    expect(message.link).toBeNull();
    expect(message.text).not.toContain(email);
    expect(message.text).not.toContain(admin.client.ip);
    expectType(await login(app.client(), ada.email, PASSWORD), 'InvalidCredentials');
    expectType(await login(app.client(), email, PASSWORD), 'Challenge'); // It has to be verified first.
  });

  test('a new address can be set as verified, and an unchanged one stays verified', async () => {
    const ada = await signUp(app);
    const email = uniqueEmail();
    const { user } = expectType(await updateUser(admin, ada.user.id, { email, emailVerified: true }), 'AdminUser');
    expect(user.emailVerified).toBe(true);
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    const same = expectType(await updateUser(admin, ada.user.id, { email: email.toUpperCase() }), 'AdminUser');
    expect(same.user).toEqual({ ...user, lastLoginAt: expect.any(String) });
    const doubt = expectType(await updateUser(admin, ada.user.id, { emailVerified: false }), 'AdminUser');
    expect(doubt.user.emailVerified).toBe(false);
    expectType(await login(app.client(), email, PASSWORD), 'Challenge');
  });

  test('a new address cancels pending changes, undos and resets of the old one (T61)', async () => {
    const ada = await signUp(app);
    clock.advance(61_000);
    const reset = await requestResetToken(app, ada.email);
    const change = await startEmailChange(app, ada);
    const thief = await signUp(app);
    const stolen = await startEmailChange(app, thief);
    expectType(await confirmEmailChange(app.client(), { token: stolen.token }), 'EmailChanged');
    const undo = await getToken(thief.email, 'email-changed');

    for (const { user } of [ada, thief])
      expectType(await updateUser(admin, user.id, { email: uniqueEmail() }), 'AdminUser');
    expectType(await confirmEmailChange(app.client(), { token: change.token }), 'ChallengeFailed');
    expectType(await resetPasswordWithToken(app, reset, NEW_PASSWORD), 'ChallengeFailed');
    expect((await submitPage(app, '/undo-email-change', undo)).status).not.toBe(200);
  });

  test('rejects an address or verified number of another account, and changes nothing', async () => {
    const [ada, grace] = [await insertAccount(app), await insertAccount(app)];
    expectType(await updateUser(admin, ada.id, { phone: PHONE, phoneVerified: true }), 'AdminUser');
    expectType(await updateUser(admin, grace.id, { email: ada.email, firstName: 'Eve' }), 'EmailTaken');
    expectType(
      await updateUser(admin, grace.id, { phone: PHONE, phoneVerified: true, firstName: 'Eve' }),
      'PhoneTaken',
    );
    expect(await showUser(admin, grace.id)).toMatchObject({ email: grace.email, phone: null, firstName: null });
    const { user } = expectType(await updateUser(admin, grace.id, { phone: PHONE }), 'AdminUser');
    expect(user).toMatchObject({ phone: PHONE, phoneVerified: false });
    expectType(await updateUser(admin, grace.id, { phoneVerified: true }), 'PhoneTaken');
  });

  test('a new number is notified to the account’s address', async () => {
    const ada = await signUp(app);
    expectType(await updateUser(admin, ada.user.id, { phone: '+998907654321' }), 'AdminUser');
    const message = await waitForMessage(app, ada.email, 'phone-changed');
    expect(message.text).toContain('•••• 4321');
    expect(message.text).not.toContain(admin.client.ip);
  });

  test('rejects removing the last way to sign in', async () => {
    const { id } = await insertAccount(app);
    const { fields } = expectType(await updateUser(admin, id, { email: null }), 'InvalidInput');
    expect(fields).toMatchObject([{ path: 'email', code: 'REQUIRED' }]);
    const phone = { phone: '+998971112233', phoneVerified: true };
    const { user } = expectType(await updateUser(admin, id, { email: null, ...phone }), 'AdminUser');
    expect(user).toMatchObject({ email: null, emailVerified: false, ...phone });
    expectType(await updateUser(admin, id, { phoneVerified: false }), 'InvalidInput');
    expectType(await updateUser(admin, id, { phone: null }), 'InvalidInput');
  });

  test('rejects fields that cannot be set (T21)', async () => {
    const { id } = await insertAccount(app);
    for (const field of ['password: "x"', 'id: "x"', 'createdAt: "2026-01-01T00:00:00.000Z"', 'passwordHash: "x"']) {
      const query = `mutation { updateUser(id: "${id}", input: { ${field} }) { __typename } }`;
      expect(await admin.client.post({ query }, { token: admin.token })).toMatchObject({
        status: 400,
        data: undefined,
      });
    }
  });
});

describe('an administrator’s own account', () => {
  test('cannot be locked out by accident', async () => {
    const self = await signInWithRoles(app, 'ADMIN');
    for (const input of [
      { isActive: false },
      { roles: [] },
      { roles: ['STAFF' as const] },
      { email: uniqueEmail() },
      { email: null },
      { emailVerified: false },
      { phone: PHONE, phoneVerified: true },
    ])
      expectType(await updateUser(self, self.id, input), 'OwnAccount');
    expectType(await updateUser(self, self.id.toUpperCase(), { roles: [] }), 'OwnAccount');
    expectType(await deleteUser(self, self.id), 'OwnAccount');
    expect(await me(self.client, self.token)).toMatchObject({ roles: ['ADMIN'], isActive: true, email: self.email });
    const harmless = { firstName: 'Ada', roles: ['ADMIN' as const, 'STAFF' as const] };
    expectType(await updateUser(self, self.id, harmless), 'AdminUser');
  });

  test('returns LastAdministrator for the last one', async () => {
    const alone = await startApp({}, { clock });
    const self = await signInWithRoles(alone, 'ADMIN');
    await giveRoles(alone, (await insertAccount(alone, { active: false })).id, 'ADMIN'); // A deactivated administrator does not count.
    for (const input of [{ isActive: false }, { roles: [] }])
      expectType(await updateUser(self, self.id, input), 'LastAdministrator');
    expectType(await deleteUser(self, self.id), 'LastAdministrator');
    await alone.close();
  });
});
