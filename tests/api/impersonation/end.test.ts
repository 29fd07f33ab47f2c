import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changePassword, deleteAccount } from '../../support/account-changes.ts';
import {
  auditEvents,
  deleteUser,
  endSessions,
  giveRoles,
  showUser,
  signInWithRoles,
  type UserWithRoles,
  updateUser,
} from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { actAsUser } from '../../support/impersonation.ts';
import { PASSWORD } from '../../support/people.ts';
import { NEW_PASSWORD } from '../../support/recent-sign-in.ts';
import { isTokenAccepted, logOut, logOutAll, revokeSession, verifyToken } from '../../support/sessions.ts';

let app: TestApp;
let boss: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' });
  boss = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

type Situation = Awaited<ReturnType<typeof actAsUser>>;
type Act = (situation: Situation) => Promise<unknown>;

const LOSSES: [string, Act][] = [
  ['loses the role', ({ admin }) => updateUser(boss, admin.id, { roles: ['STAFF'] })],
  ['is deactivated', ({ admin }) => updateUser(boss, admin.id, { isActive: false })],
  ['is deactivated and loses the role', ({ admin }) => updateUser(boss, admin.id, { isActive: false, roles: [] })],
  ['is deleted', ({ admin }) => deleteUser(boss, admin.id)],
  ['deletes the own account', ({ admin }) => deleteAccount(admin)],
];

const SIGN_OUTS: [string, Act][] = [
  ['is signed out by another administrator', ({ admin }) => endSessions(boss, admin.id)],
  ['logs out', ({ admin }) => logOut(admin.client, admin.session.refreshToken ?? '')],
  ['logs out everywhere', ({ admin }) => logOutAll(admin.client, admin.token)],
  ['changes the password', ({ admin }) => changeOwnPassword(admin)],
  ['gets another address', ({ admin }) => updateUser(boss, admin.id, { email: `new.${admin.email}` })],
];

const changeOwnPassword = async (admin: UserWithRoles) => {
  // From another device: the session that opened the impersonation may be an attacker's.
  const other = expectType(await login(admin.client, admin.email, PASSWORD), 'Authenticated');
  const caller = { ...admin, accessToken: other.accessToken };
  expectType(await changePassword(caller, NEW_PASSWORD), 'PasswordChanged');
};

const endOf = async ({ ada, sessionId }: Situation) =>
  (await auditEvents(boss, { filter: { userId: ada.id, kind: 'session-end' } })).nodes.filter(
    (event) => event.sessionId === sessionId,
  );

describe('an impersonation ends', () => {
  test.each(LOSSES)('when the administrator %s (T110)', async (_, lose) => {
    const situation = await actAsUser(app);
    const { ada, admin, token, sessionId } = situation;
    const untouched = await actAsUser(app, boss);
    await lose(situation);
    expect(await isTokenAccepted(app.client(), token)).toBe(false);
    expect(await verifyToken(app.client(), token)).toMatchObject({ active: false });
    expect(await endOf(situation)).toMatchObject([{ outcome: 'impersonator-lost-role' }]);
    expect((await endOf(situation))[0]?.actorId).toMatch(new RegExp(`${boss.id}|${admin.id}`));
    expect((await showUser(boss, ada.id))?.sessions.map(({ id }) => id)).not.toContain(sessionId);
    expect(await isTokenAccepted(app.client(), ada.token)).toBe(true);
    expect(await isTokenAccepted(app.client(), untouched.token)).toBe(true);
  });

  test.each(SIGN_OUTS)('when the administrator %s (T110)', async (_, signOut) => {
    const situation = await actAsUser(app);
    const { ada, token, sessionId } = situation;
    await signOut(situation);
    expect(await isTokenAccepted(app.client(), token)).toBe(false);
    expect(await endOf(situation)).toMatchObject([{ outcome: 'revoked', actorId: expect.any(String) }]);
    expect((await showUser(boss, ada.id))?.sessions.map(({ id }) => id)).not.toContain(sessionId);
    expect(await isTokenAccepted(app.client(), ada.token)).toBe(true);
  });

  test('when the administrator ends the session that opened it (T110)', async () => {
    const situation = await actAsUser(app);
    const { admin, token } = situation;
    const other = expectType(await login(admin.client, admin.email, PASSWORD), 'Authenticated');
    const ended = await revokeSession(admin.client, other.accessToken, admin.session.session.id);
    expect(ended).toMatchObject({ sessionsEnded: 1 });
    expect(await isTokenAccepted(app.client(), token)).toBe(false);
  });

  test('does not show the user the administrator’s address when the administrator logs out (T110)', async () => {
    const situation = await actAsUser(app);
    await logOut(situation.admin.client, situation.admin.session.refreshToken ?? '');
    expect(await endOf(situation)).toMatchObject([{ actorId: situation.admin.id }]);
  });

  test('at the next request if the role was removed in the database (T110)', async () => {
    const { admin, token } = await actAsUser(app);
    await giveRoles(app, admin.id, 'STAFF');
    expect(await isTokenAccepted(app.client(), token)).toBe(false);
    expect(await verifyToken(app.client(), token)).toMatchObject({ active: false });
  });

  test.each<[string, Act]>([
    ['logs out everywhere', ({ ada }) => logOutAll(ada.client, ada.token)],
    ['is signed out', ({ ada }) => endSessions(boss, ada.id)],
    ['is deactivated', ({ ada }) => updateUser(boss, ada.id, { isActive: false })],
    ['is deleted', ({ ada }) => deleteUser(boss, ada.id)],
  ])('when the user %s (T110)', async (_, end) => {
    const situation = await actAsUser(app);
    await end(situation);
    expect(await isTokenAccepted(app.client(), situation.token)).toBe(false);
    expect(await verifyToken(app.client(), situation.token)).toMatchObject({ active: false });
  });
});

test('an administrator who keeps the role keeps the impersonations (T110)', async () => {
  const { admin, token } = await actAsUser(app);
  expectType(await updateUser(boss, admin.id, { roles: ['STAFF', 'ADMIN'], firstName: 'Grace' }), 'AdminUser');
  expect(await isTokenAccepted(app.client(), token)).toBe(true);
});
