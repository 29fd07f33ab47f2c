import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEvents, endSession, endSessions, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { getRejectionReason, isTokenAccepted } from '../../support/sessions.ts';

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp();
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

describe('endUserSessions', () => {
  test('ends all sessions of the user and no others (T73)', async () => {
    const [ada, grace] = [await signUp(app), await signUp(app)];
    const second = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    expect(await endSessions(admin, ada.user.id)).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 2 });
    for (const token of [ada.accessToken, second.accessToken])
      expect(await isTokenAccepted(ada.client, token)).toBe(false);
    expect(await isTokenAccepted(grace.client, grace.accessToken)).toBe(true);
    expect(await endSessions(admin, ada.user.id)).toMatchObject({ sessionsEnded: 0 });
    expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    for (const id of ['x', crypto.randomUUID()]) expectType(await endSessions(admin, id), 'NotFound');
    expectType(await endSessions(admin, ada.user.id, 'a\nb'), 'InvalidInput');
  });
});

describe('endUserSession', () => {
  test('ends one session of the user, again without effect, and none of another user (T73)', async () => {
    const [ada, grace] = [await signUp(app), await signUp(app)];
    const second = expectType(await login(app.client(), ada.email, PASSWORD), 'Authenticated');
    const end = () => endSession(admin, ada.user.id, ada.session.id, 'Lost phone');
    expect(await end()).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 1 });
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(false);
    expect(await getRejectionReason(ada.client, ada.refreshToken)).toBe('REVOKED');
    expect(await isTokenAccepted(ada.client, second.accessToken)).toBe(true);
    expect(await end()).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 0 });

    for (const id of ['x', crypto.randomUUID(), grace.session.id])
      expectType(await endSession(admin, ada.user.id, id), 'NotFound');
    for (const id of ['x', crypto.randomUUID()]) expectType(await endSession(admin, id, grace.session.id), 'NotFound');
    expectType(await endSession(admin, grace.user.id, grace.session.id, 'a\nb'), 'InvalidInput');
    expect(await isTokenAccepted(grace.client, grace.accessToken)).toBe(true);

    const { nodes } = await auditEvents(admin, { filter: { userId: ada.user.id, kind: 'user-sessions-end' } });
    const event = { actorId: admin.id, sessionId: ada.session.id, reason: 'Lost phone' };
    expect(nodes).toMatchObject([
      { ...event, facts: [{ name: 'sessions', value: '0' }] },
      { ...event, facts: [{ name: 'sessions', value: '1' }] },
    ]);
  });
});
