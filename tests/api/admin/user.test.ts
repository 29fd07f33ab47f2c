import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { users } from '../../../src/infra/db/tables.ts';
import { showUser, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';

let app: TestApp;
let staff: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  staff = await signInWithRoles(app, 'STAFF');
});
afterAll(() => app.close());

describe('one user', () => {
  test('is shown with their sessions', async () => {
    const ada = await signInWithRoles(app);
    expect(await showUser(staff, ada.id)).toMatchObject({
      id: ada.id,
      email: ada.email,
      roles: [],
      hasPassword: true,
      sessions: [{ id: ada.session.session.id, isCurrent: false }],
    });
  });

  test.each(['', 'x', newId(new Date()), "' or true --"])('is null for the unknown id %o', async (id) => {
    expect(await showUser(staff, id)).toBeNull();
  });

  test('in a list of users, sessions and passwords are loaded in one query each', async () => {
    const at = new Date();
    const withoutPassword = Array.from({ length: 11 }, () => ({ id: newId(at), createdAt: at, updatedAt: at }));
    await app.app.services.db.insert(users).values(withoutPassword);
    const query = '{ users(first: 100) { nodes { id hasPassword sessions { id } } } }';
    const { data, errors } = await staff.client.post({ query }, { token: staff.token });
    expect(errors).toEqual([]);
    const { nodes } = (data as { users: { nodes: { id: string; hasPassword: boolean; sessions: object[] }[] } }).users;
    expect(nodes.find(({ id }) => id === staff.id)).toMatchObject({ hasPassword: true, sessions: [{}] });
    expect(nodes.filter(({ hasPassword }) => !hasPassword)).toHaveLength(11);
  });
});
