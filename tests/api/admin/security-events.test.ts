import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SecurityEventsDocument } from '../../../schema/generated/graphql.ts';
import { endSessions, signInWithRoles, type UserWithRoles, updateUser } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD } from '../../support/people.ts';

const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m' }, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

describe('me.securityEvents', () => {
  const ownEvents = async ({ client, token }: UserWithRoles, after: string | null = null, first = 20) =>
    (await client.request(SecurityEventsDocument, { first, after }, { token })).me?.securityEvents ?? expect.fail();

  test('shows users what happened to their account, and which events an administrator caused, but not which administrator', async () => {
    const ada = await signInWithRoles(app);
    const eve = app.client();
    expectType(await login(eve, ada.email, 'not the password'), 'InvalidCredentials');
    expectType(await updateUser(admin, ada.id, { firstName: 'Ada' }, 'a secret suspicion'), 'AdminUser');
    expectType(await endSessions(admin, ada.id, 'a secret suspicion'), 'LoggedOut');
    const again = expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated');
    const listOwn = async () => (await ownEvents({ ...ada, token: again.accessToken })).nodes;
    await expect.poll(async () => (await listOwn()).length).toBe(6);
    const nodes = await listOwn();
    expect(nodes.slice(1)).toMatchObject([
      { kind: 'user-sessions-end', outcome: 'succeeded', byAdministrator: true, ipAddress: null },
      { kind: 'session-end', outcome: 'revoked', byAdministrator: true, ipAddress: null },
      { kind: 'user-update', outcome: 'succeeded', byAdministrator: true, ipAddress: null },
      { kind: 'sign-in', outcome: 'wrong-credentials', byAdministrator: false, ipAddress: eve.ip, method: 'password' },
      { kind: 'sign-in', outcome: 'succeeded', sessionId: ada.session.session.id },
    ]);
    expect(JSON.stringify(nodes)).not.toMatch(new RegExp(`secret suspicion|${admin.id}|${admin.client.ip}`));
  });

  test('shows only the caller’s own events, page by page (T20)', async () => {
    const [ada, grace] = [await signInWithRoles(app), await signInWithRoles(app)];
    for (let attempt = 0; attempt < 4; attempt++) await login(app.client(), ada.email, 'not the password');
    await expect.poll(async () => (await ownEvents(ada)).nodes.length).toBe(5);
    const first = await ownEvents(ada, null, 3);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await ownEvents(ada, first.pageInfo.endCursor ?? null, 3);
    expect([...first.nodes, ...rest.nodes].map(({ outcome }) => outcome)).toEqual([
      ...Array(4).fill('wrong-credentials'),
      'succeeded',
    ]);
    expect((await ownEvents(grace)).nodes).toHaveLength(1);
  });
});
