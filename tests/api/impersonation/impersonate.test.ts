import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UpdateProfileDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { createKeyring } from '../../../src/core/secrets.ts';
import { createRefreshTokens } from '../../../src/features/sessions/refresh-token.ts';
import { waitForMessage } from '../../support/account-changes.ts';
import { deactivate } from '../../support/accounts.ts';
import { auditEvents, giveRoles, showUser, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { loadTestConfig } from '../../support/config.ts';
import { actAsUser, impersonate, ownEvents, ownSessions, REASON, readClaims } from '../../support/impersonation.ts';
import { PASSWORD } from '../../support/people.ts';
import { UNKNOWN_ID } from '../../support/recent-sign-in.ts';
import { rows } from '../../support/rows.ts';
import { getRejectionReason, isTokenAccepted, verifyToken } from '../../support/sessions.ts';

const SETTINGS = { LOGIN_BUDGET_IP: '1000/15m', SESSIONS_PER_ACCOUNT: '2' };

let app: TestApp;
let admin: UserWithRoles;
beforeAll(async () => {
  app = await startApp(SETTINGS);
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const readSession = async (id: string) =>
  (await rows(app.app.services.db, sql`select * from sessions where id = ${id}`))[0];

describe('the token of an impersonation', () => {
  test('is the user’s, and names the administrator in act (T110)', async () => {
    const { ada, token, sessionId } = await actAsUser(app, admin);
    expect(readClaims(token)).toMatchObject({ sub: ada.id, sid: sessionId, act: { sub: admin.id }, roles: [] });
    expect(await verifyToken(app.client(), token)).toMatchObject({
      active: true,
      tokenType: 'ACCESS',
      userId: ada.id,
      sessionId,
    });
    expect((await showUser(admin, ada.id))?.sessions.map(({ isImpersonation }) => isImpersonation)).toEqual([
      true,
      false,
    ]);
  });

  test('says neither when nor how the user signed in, because the user has not', async () => {
    const { token } = await actAsUser(app, admin);
    const claims = readClaims(token);
    expect(claims).not.toHaveProperty('auth_time');
    expect(claims).not.toHaveProperty('amr');
  });

  test.each(['1m', '1h'])('is valid for 15 minutes, also with ACCESS_TOKEN_TTL=%s (T110)', async (ttl) => {
    const clock = testClock();
    const other = await startApp({ ACCESS_TOKEN_TTL: ttl }, { clock });
    const { ada, token } = await actAsUser(other);
    const { iat, exp } = readClaims(token);
    expect(Number(exp) - Number(iat)).toBe(900);
    clock.advance(14 * MINUTE);
    expect(await isTokenAccepted(ada.client, token)).toBe(true);
    clock.advance(MINUTE + 6 * SECOND);
    expect(await isTokenAccepted(ada.client, token)).toBe(false);
    expect(await verifyToken(ada.client, token)).toMatchObject({ active: false });
    await other.close();
  });

  test('stays revoked until it expires, also with a short ACCESS_TOKEN_TTL (T110)', async () => {
    const clock = testClock();
    const other = await startApp({ ACCESS_TOKEN_TTL: '1m' }, { clock });
    const { ada, token } = await actAsUser(other);
    await other.app.services.sessionEnding.endAll(ada.id, 'logout-all', undefined);
    clock.advance(10 * MINUTE);
    await other.app.prune();
    expect(await isTokenAccepted(ada.client, token)).toBe(false);
    await other.close();
  });

  test('cannot be refreshed, even with a refresh token made from a stolen SECRET_KEY (T110)', async () => {
    const { ada, token, sessionId } = await actAsUser(app, admin);
    const config = loadTestConfig(SETTINGS);
    const clock = { now: () => new Date() };
    const issuer = String(readClaims(token).iss);
    const forge = createRefreshTokens({ keyring: createKeyring(config.secrets), clock, issuer });
    const derive = (id: string) =>
      forge.derive({ id, generation: 0, rotatedAt: new Date(), idleExpiresAt: new Date(Date.now() + MINUTE) });
    // The forgery is right: it works for another session of the user.
    expect(await verifyToken(app.client(), derive(ada.session.session.id))).toMatchObject({ active: true });
    const forged = derive(sessionId);
    expect(await verifyToken(app.client(), forged)).toMatchObject({ active: false });
    expect(await getRejectionReason(app.client(), forged)).toBe('INVALID');
    expect(await isTokenAccepted(ada.client, token)).toBe(true);
  });
});

describe('impersonate', () => {
  test('requires a reason', async () => {
    const ada = await signInWithRoles(app);
    for (const reason of ['', '   ']) {
      const { fields } = expectType(await impersonate(admin, ada.id, reason), 'InvalidInput');
      expect(fields).toMatchObject([{ path: 'reason', code: 'REQUIRED' }]);
    }
    const { fields } = expectType(await impersonate(admin, ada.id, 'x'.repeat(501)), 'InvalidInput');
    expect(fields).toMatchObject([{ path: 'reason', code: 'TOO_LONG' }]);
  });

  test.each([['STAFF'], ['ADMIN'], ['STAFF', 'ADMIN']] as const)(
    'is refused for users with the roles %s %s: it would hide who acts (T110)',
    async (...roles) => {
      const colleague = await signInWithRoles(app, ...roles);
      const { fields } = expectType(await impersonate(admin, colleague.id), 'InvalidInput');
      expect(fields).toMatchObject([{ path: 'userId', code: 'NOT_ALLOWED' }]);
      const { nodes } = await auditEvents(admin, { filter: { userId: colleague.id, kind: 'impersonation' } });
      expect(nodes).toMatchObject([{ outcome: 'refused', actorId: admin.id, reason: REASON }]);
    },
  );

  test('is refused for the own account, inactive accounts and unknown IDs', async () => {
    const ada = await signInWithRoles(app);
    await deactivate(app, ada.id);
    expectType(await impersonate(admin, admin.id), 'OwnAccount');
    expectType(await impersonate(admin, ada.id), 'AccountDisabled');
    for (const id of [UNKNOWN_ID, 'no-id']) expectType(await impersonate(admin, id), 'NotFound');
  });

  test('is not possible while acting as a user, even if the user has become an administrator (T110)', async () => {
    const { ada, token } = await actAsUser(app, admin);
    await giveRoles(app, ada.id, 'ADMIN');
    const victim = await signInWithRoles(app);
    await expect(impersonate({ client: admin.client, token }, victim.id)).rejects.toThrow('IMPERSONATION');
  });
});

describe('an impersonation', () => {
  test('is recorded with the administrator and the reason, and shown to the user without them (T110)', async () => {
    const { ada, sessionId } = await actAsUser(app, admin);
    const { nodes } = await auditEvents(admin, { filter: { userId: ada.id, kind: 'impersonation' } });
    expect(nodes).toMatchObject([
      { outcome: 'started', sessionId, actorId: admin.id, reason: REASON, ipAddress: admin.client.ip },
    ]);
    const [event] = await ownEvents(ada);
    expect(event).toMatchObject({ kind: 'impersonation', outcome: 'started', byAdministrator: true, ipAddress: null });
    const listed = (await ownSessions(ada)).find(({ id }) => id === sessionId);
    expect(listed).toMatchObject({ isImpersonation: true, isCurrent: false, device: 'Administrator', ipAddress: null });
    const shown = JSON.stringify([await ownEvents(ada), await ownSessions(ada)]);
    expect(shown).not.toMatch(new RegExp(`${REASON}|${admin.id}|${admin.client.ip}`));
  });

  test('puts the administrator into every event and log line that it causes (T110)', async () => {
    const { ada, token, sessionId } = await actAsUser(app, admin);
    const client = app.client();
    const { updateProfile } = await client.request(UpdateProfileDocument, { input: { firstName: 'Grace' } }, { token });
    expectType(updateProfile, 'ProfileUpdated');
    await client.post({ query: '{ users { totalCount } }' }, { token });
    await client.post({ query: 'mutation { disableTotp { __typename } }' }, { token });
    await client.post({ query: 'mutation { logoutAll { __typename } }' }, { token });

    const list = async () => (await auditEvents(admin, { filter: { actorId: admin.id, userId: ada.id } })).nodes;
    await expect.poll(async () => (await list()).length).toBe(6);
    expect((await list()).map(({ kind, outcome }) => `${kind} ${outcome}`).sort()).toEqual([
      'access denied',
      'access reauthentication-required',
      'impersonation started',
      'session-end logout-all',
      'session-end logout-all',
      'user-update succeeded',
    ]);
    expect((await list()).find(({ kind }) => kind === 'user-update')).toMatchObject({
      sessionId,
      ipAddress: client.ip,
    });
    const logged = app.logged.filter((line) => line.includes(ada.id) && line.includes(client.ip));
    expect(logged.length).toBeGreaterThanOrEqual(9);
    for (const line of logged) expect(JSON.parse(line)).toMatchObject({ actorId: admin.id });
  });

  test('keeps refusals of the administrator apart from those of the user on the same network (T110)', async () => {
    const { ada, token } = await actAsUser(app, admin);
    for (const one of [ada.token, token]) await ada.client.post({ query: '{ users { totalCount } }' }, { token: one });
    const list = async () => (await auditEvents(admin, { filter: { userId: ada.id, kind: 'access' } })).nodes;
    await expect.poll(async () => (await list()).map(({ actorId }) => actorId).sort()).toEqual([admin.id, null]);
  });

  test('does not count against SESSIONS_PER_ACCOUNT, and ends no session of the user (T110)', async () => {
    const { ada, token } = await actAsUser(app, admin);
    for (let more = 0; more < 3; more++) expectType(await impersonate(admin, ada.id), 'Impersonation');
    expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated'); // The second of two.
    expect(await isTokenAccepted(ada.client, ada.token)).toBe(true);
    expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated');
    expect(await isTokenAccepted(ada.client, ada.token)).toBe(false);
    expect(await isTokenAccepted(ada.client, token)).toBe(true);
  });

  test('does not change when the user last signed in or used the account', async () => {
    const ada = await signInWithRoles(app);
    const before = [(await showUser(admin, ada.id))?.lastLoginAt, await app.app.services.sessions.lastUse(ada.id)];
    expectType(await impersonate(admin, ada.id), 'Impersonation');
    expect([(await showUser(admin, ada.id))?.lastLoginAt, await app.app.services.sessions.lastUse(ada.id)]).toEqual(
      before,
    );
  });

  test('does not make the administrator’s network and device known to the account (T110)', async () => {
    const { ada, sessionId } = await actAsUser(app, admin);
    expect(await readSession(sessionId)).toMatchObject({ trust: 'none', ip_address: null });
    // A sign-in from there is as new as any other.
    const eve = app.client({ ip: admin.client.ip, headers: { 'user-agent': 'Administrator' } });
    expectType(await login(eve, ada.email, PASSWORD, { headers: { 'user-agent': 'curl/8.0' } }), 'Authenticated');
    expect(await waitForMessage(app, ada.email, 'new-device')).toBeTruthy();
  });
});
