import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UpdateUserInput } from '../../../schema/generated/graphql.ts';
import { waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { deleteUser, signInWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';

// Users hear of what administrators change in their accounts, with or without an address.

let app: TestApp;
let admin: Awaited<ReturnType<typeof signInWithRoles>>;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const change = async (id: string, input: UpdateUserInput) =>
  expectType(await updateUser(admin, id, input), 'AdminUser');

describe('an account without an address hears by text message', () => {
  test('of its first address, its roles and its status', async () => {
    const { phone, user } = await signUpByPhone(app);
    await change(user.id, { roles: ['STAFF'] });
    const notice = await waitForMessage(app, phone, 'account-changed');
    expect(notice.text).toContain('an administrator changed your account.');
    await change(user.id, { email: uniqueEmail() });
    await waitForMessage(app, phone, 'email-added');
  });

  test('of its deletion', async () => {
    const { phone, user } = await signUpByPhone(app);
    await deleteUser(admin, user.id);
    await waitForMessage(app, phone, 'account-deleted');
  });
});

describe('what an administrator removes or replaces hears of it', () => {
  test('an address by mail, a verified number by text message', async () => {
    const { phone, user } = await signUpByPhone(app);
    const email = uniqueEmail();
    await change(user.id, { email, emailVerified: true });
    await change(user.id, { email: null });
    const removed = await waitForMessage(app, email, 'email-removed');
    expect(removed.text).not.toContain(admin.client.ip);
    expect(removed.link).toBeNull();
    await change(user.id, { email, emailVerified: true, phone: null });
    await waitForMessage(app, phone, 'phone-removed');
    await waitForMessage(app, email, 'phone-removed');
  });

  test('a replaced number by text message', async () => {
    const { phone, user } = await signUpByPhone(app);
    await change(user.id, { phone: uniquePhone(), phoneVerified: true });
    await waitForMessage(app, phone, 'phone-changed');
  });
});

test('an account with an address hears by mail of its roles and status, without where the administrator was', async () => {
  const { id, email } = await insertAccount(app);
  await change(id, { roles: ['STAFF'], isActive: false });
  const notice = await waitForMessage(app, email, 'account-changed');
  expect(notice.text).toContain('Roles: STAFF');
  expect(notice.text).toContain('Status: deactivated');
  expect(notice.text).not.toContain(admin.client.ip);
});

test('a number that “this wasn’t me” removes hears of it by text message', async () => {
  const { email } = await insertAccount(app);
  const client = app.client();
  const { accessToken: token } = expectType(await login(client, email, PASSWORD), 'Authenticated');
  const phone = uniquePhone();
  expectType(await verifyNumber(app, client, token, phone, PASSWORD), 'PhoneVerified');
  const { link } = await waitForMessage(app, email, 'phone-changed');
  const body = new URLSearchParams({ token: new URL(link ?? '').searchParams.get('token') ?? '' });
  expect((await fetch(`${app.url}/not-me`, { method: 'POST', body })).status).toBe(200);
  await waitForMessage(app, phone, 'phone-removed');
});
