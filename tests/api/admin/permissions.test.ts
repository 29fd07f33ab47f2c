import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../../support/accounts.ts';
import { auditEvents, createUser, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, refresh } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const scopeOf = (token: string) => decodeJwt(token).scope;

describe('permissions', () => {
  test('are the scope claim of the next access token, sorted and without duplicates', async () => {
    const ada = await signInWithRoles(app);
    expect(scopeOf(ada.token)).toBeUndefined();
    const { user } = expectType(
      await updateUser(admin, ada.id, { permissions: ['orders:write', 'orders:read', 'orders:write'] }),
      'AdminUser',
    );
    expect(user.permissions).toEqual(['orders:read', 'orders:write']);
    const refreshed = expectType(await refresh(ada.client, ada.session.refreshToken ?? ''), 'Authenticated');
    expect(scopeOf(refreshed.accessToken)).toBe('orders:read orders:write');
    const again = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expect(scopeOf(again.accessToken)).toBe('orders:read orders:write');
  });

  test('of a token stay as they were when it was issued, and the session goes on', async () => {
    const ada = await signInWithRoles(app);
    await updateUser(admin, ada.id, { permissions: ['orders:read'] });
    expect(await me(ada.client, ada.token)).toMatchObject({ id: ada.id });
    expect(scopeOf(ada.token)).toBeUndefined();
  });

  test('are replaced as a whole; null leaves them unchanged, and an empty list removes them', async () => {
    const { id } = await insertAccount(app);
    const update = async (permissions: string[] | null) =>
      expectType(await updateUser(admin, id, { permissions }), 'AdminUser').user.permissions;
    expect(await update(['a', 'b'])).toEqual(['a', 'b']);
    expect(await update(['c'])).toEqual(['c']);
    expect(await update(null)).toEqual(['c']);
    expect(await update([])).toEqual([]);
  });

  test('can be given to a new account', async () => {
    const input = { email: uniqueEmail(), permissions: ['orders:read'] };
    expect(expectType(await createUser(admin, input), 'AdminUser').user.permissions).toEqual(['orders:read']);
    const none = expectType(await createUser(admin, { email: uniqueEmail() }), 'AdminUser').user;
    expect(none.permissions).toEqual([]);
  });

  test.each<[string, string[], string]>([
    ['an empty one', [''], 'INVALID_FORMAT'],
    ['one with a space', ['orders read'], 'INVALID_FORMAT'],
    ['one with a quote', ['orders"read'], 'INVALID_FORMAT'],
    ['one with a backslash', ['orders\\read'], 'INVALID_FORMAT'],
    ['one with a control character', ['orders\u0001'], 'INVALID_FORMAT'],
    ['one that is not ASCII', ['заказы'], 'INVALID_FORMAT'],
    ['one of 101 characters', ['x'.repeat(101)], 'TOO_LONG'],
    ['101 of them', Array.from({ length: 101 }, (_, index) => `p${index}`), 'TOO_LONG'],
    ['2,049 bytes together', Array.from({ length: 50 }, (_, index) => `${index + 10}`.padEnd(40, 'x')), 'TOO_LONG'],
  ])('reject %s and change nothing', async (_, permissions, code) => {
    const { id } = await insertAccount(app);
    const { fields } = expectType(await updateUser(admin, id, { permissions }), 'InvalidInput');
    expect(fields).toMatchObject([{ path: 'permissions', code }]);
    const created = await createUser(admin, { email: uniqueEmail(), permissions });
    expect(expectType(created, 'InvalidInput').fields).toMatchObject([{ path: 'permissions', code }]);
  });

  test('at their limits are in a token that this service accepts', async () => {
    const ada = await signInWithRoles(app);
    const permissions = Array.from({ length: 100 }, (_, index) => `p${index + 100}`.padEnd(index < 49 ? 20 : 19, '~'));
    expect(permissions.join(' ')).toHaveLength(2048);
    expectType(await updateUser(admin, ada.id, { permissions: [...permissions].reverse() }), 'AdminUser');
    const { accessToken } = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expect(scopeOf(accessToken)).toBe(permissions.join(' '));
    expect(await me(ada.client, accessToken)).toMatchObject({ id: ada.id });
  });

  test('are recorded in the audit log as changed', async () => {
    const { id } = await insertAccount(app);
    expectType(await updateUser(admin, id, { permissions: ['orders:read'], firstName: 'Ada' }), 'AdminUser');
    const { nodes } = await auditEvents(admin, { filter: { userId: id, kind: 'user-update' } });
    expect(nodes).toMatchObject([{ facts: [{ name: 'changed', value: 'firstName,permissions' }] }]);
  });
});
