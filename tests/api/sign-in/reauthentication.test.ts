import { eq, sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReauthenticateDocument, type ReauthenticateInput } from '../../../schema/generated/graphql.ts';
import { MINUTE, numericDate, SECOND } from '../../../src/core/clock.ts';
import { sessions } from '../../../src/infra/db/tables.ts';
import { changePassword, resetPasswordByLink } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { hold, untilWaiting } from '../../support/locks.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { signUpByPhone, uniquePhone } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';
import { isTokenAccepted, logOut, refreshTokens } from '../../support/sessions.ts';

const WRONG = 'not-the-password-of-anyone';
const NEW_PASSWORD = 'saffron-glacier-57-trumpet';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ LOGIN_BUDGET_IP: '1000/15m', OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

const authTime = (token: string) => decodeJwt(token).auth_time;

const send = (client: ApiClient, token: string, input: ReauthenticateInput) =>
  client.send(ReauthenticateDocument, { input }, { token });

async function reauthenticate(client: ApiClient, token: string, input: ReauthenticateInput = { password: PASSWORD }) {
  const { data, errors } = await send(client, token, input);
  if (!data) throw new Error(JSON.stringify(errors));
  return data.reauthenticate;
}

describe('the auth_time of an access token', () => {
  test('is the time of the sign-in, and a refresh does not move it (T93)', async () => {
    const ada = await signUp(app);
    const signedIn = numericDate(clock.now());
    expect(authTime(ada.accessToken)).toBeGreaterThan(signedIn - 5);
    expect(authTime(ada.accessToken)).toBeLessThanOrEqual(signedIn);

    let next = { refreshToken: ada.refreshToken, accessToken: '' };
    for (let round = 0; round < 2; round++) {
      clock.advance(8 * MINUTE);
      next = await refreshTokens(ada.client, next.refreshToken);
      expect(authTime(next.accessToken)).toBe(authTime(ada.accessToken));
      expect(decodeJwt(next.accessToken).iat).toBeGreaterThan(signedIn + 7 * 60);
    }
  });

  test('moves when the user reauthenticates, and survives the next refresh (T93)', async () => {
    const ada = await signUp(app);
    clock.advance(9 * MINUTE);
    const renewed = expectType(await reauthenticate(ada.client, ada.accessToken), 'Reauthenticated');
    expect(authTime(renewed.accessToken)).toBeGreaterThanOrEqual(Number(authTime(ada.accessToken)) + 9 * 60);
    expect(decodeJwt(renewed.accessToken)).toMatchObject({ sub: ada.user.id, sid: ada.session.id });
    clock.advance(MINUTE);
    const next = await refreshTokens(ada.client, ada.refreshToken);
    expect(authTime(next.accessToken)).toBe(authTime(renewed.accessToken));
  });

  test('of a session from a release without it is the start of the session (T93)', async () => {
    const ada = await signUp(app);
    await app.app.services.db.execute(sql`update sessions set authenticated_at = null where id = ${ada.session.id}`);
    const next = await refreshTokens(ada.client, ada.refreshToken);
    expect(authTime(next.accessToken)).toBe(authTime(ada.accessToken));
  });
});

describe('reauthenticate', () => {
  test('returns a token with its lifetime and when it stops being recent, and keeps the others', async () => {
    const ada = await signUp(app);
    expect(ada.accessTokenExpiresIn).toBe(600);
    const renewed = expectType(await reauthenticate(ada.client, ada.accessToken), 'Reauthenticated');
    const left = (moment: string) => Date.parse(moment) - clock.now().getTime();
    expect(renewed.accessTokenExpiresIn).toBe(600);
    for (const moment of [renewed.accessTokenExpiresAt, renewed.recentUntil]) {
      expect(left(moment)).toBeGreaterThan(9 * MINUTE);
      expect(left(moment)).toBeLessThanOrEqual(10 * MINUTE);
    }
    expect(await isTokenAccepted(ada.client, ada.accessToken)).toBe(true);
    expect(await isTokenAccepted(ada.client, renewed.accessToken)).toBe(true);
    await refreshTokens(ada.client, ada.refreshToken);
  });

  test('counts wrong passwords together with those of the login, and is limited with it (T42, T93)', async () => {
    const ada = await signUp(app);
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++)
      expectType(await reauthenticate(ada.client, ada.accessToken, { password: WRONG }), 'InvalidCredentials');
    expectType(await reauthenticate(ada.client, ada.accessToken), 'RateLimited');
    expectType(await login(app.client(), ada.email, PASSWORD), 'RateLimited');
  });

  test('records successes and wrong passwords (T90)', async () => {
    const ada = await signUp(app);
    await reauthenticate(ada.client, ada.accessToken, { password: WRONG });
    await reauthenticate(ada.client, ada.accessToken);
    const events = sql`select type, outcome, method from audit_events where user_id = ${ada.user.id}
      order by at desc limit 2`;
    await expect
      .poll(() => rows(app.app.services.db, events))
      .toEqual([
        { type: 'reauthentication', outcome: 'succeeded', method: 'password' },
        { type: 'sign-in', outcome: 'wrong-credentials', method: 'password' },
      ]);
  });

  test.each<[string, ReauthenticateInput, string, string]>([
    ['nothing', {}, 'password', 'REQUIRED'],
    ['an empty password', { password: '' }, 'password', 'REQUIRED'],
    ['two methods', { password: PASSWORD, totp: '123456' }, 'password', 'REQUIRED'],
    ['a code', { totp: '123456' }, 'totp', 'NOT_ALLOWED'],
    ['a passkey', { passkey: '{}', challengeId: crypto.randomUUID() }, 'passkey', 'NOT_ALLOWED'],
  ])('rejects %s, and counts no attempt', async (_, input, path, code) => {
    const ada = await signUp(app);
    for (let attempt = 0; attempt < 11; attempt++) {
      const refused = expectType(await reauthenticate(ada.client, ada.accessToken, input), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path, code }]);
    }
    expectType(await reauthenticate(ada.client, ada.accessToken), 'Reauthenticated');
  });

  test('rejects a password for an account that has none (T93)', async () => {
    const ada = await signUpByPhone(app, { phone: uniquePhone() });
    const refused = expectType(await reauthenticate(ada.client, ada.accessToken), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'password', code: 'NOT_ALLOWED' }]);
  });

  test('requires a live session (T19)', async () => {
    const ada = await signUp(app);
    await logOut(ada.client, ada.refreshToken);
    for (const token of [ada.accessToken, 'no-token']) {
      const { errors } = await send(ada.client, token, { password: PASSWORD });
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  test('revives no session that a reset has ended (T93)', async () => {
    const ada = await signUp(app);
    await resetPasswordByLink(app, ada.email, NEW_PASSWORD);
    for (const password of [PASSWORD, NEW_PASSWORD]) {
      const { errors } = await send(ada.client, ada.accessToken, { password });
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  test('lets the password be changed without entering it again, for ten minutes (T93)', async () => {
    const ada = await signUp(app);
    const { accessToken } = expectType(await reauthenticate(ada.client, ada.accessToken), 'Reauthenticated');
    clock.advance(9 * MINUTE);
    const change = (token: string) => changePassword({ ...ada, accessToken: token }, NEW_PASSWORD, null);
    expectType(await change(accessToken), 'PasswordChanged');
    const later = await refreshTokens(ada.client, ada.refreshToken);
    clock.advance(MINUTE + SECOND);
    expectType(await change(later.accessToken), 'ReauthenticationRequired');
  });
});

describePostgres('at once on two replicas', () => {
  const { app, replica } = useReplicas({ LOGIN_BUDGET_IP: '1000/15m' });

  test('of forty wrong passwords, no more are checked than the limit allows (T38)', async () => {
    const ada = await signUp(app());
    const responses = await Promise.all(
      Array.from({ length: 40 }, (_, index) => send(replica(index).client(), ada.accessToken, { password: WRONG })),
    );
    const outcomes = responses.map(({ data }) => data?.reauthenticate.__typename); // A busy database may cause a 503.
    expect(outcomes.filter((outcome) => outcome === 'InvalidCredentials').length).toBeLessThanOrEqual(20);
    expect(outcomes).not.toContain('Reauthenticated');
    expectType(await reauthenticate(ada.client, ada.accessToken), 'RateLimited');
  });

  test('ten right passwords all succeed, unless a logout ends the session (T93)', async () => {
    const ada = await signUp(app());
    const tries = Array.from({ length: 10 }, (_, index) =>
      send(replica(index).client(), ada.accessToken, { password: PASSWORD }),
    );
    const [logout, ...responses] = await Promise.all([logOut(ada.client, ada.refreshToken), ...tries]);
    expectType(logout, 'LoggedOut');
    const outcomes = responses.map(({ data, errors }) => data?.reauthenticate.__typename ?? errors[0]?.extensions.code);
    expect(outcomes.filter((outcome) => outcome !== 'Reauthenticated' && outcome !== 'UNAUTHENTICATED')).toEqual([]);
    for (const { data } of responses)
      if (data?.reauthenticate.__typename === 'Reauthenticated')
        expect(await isTokenAccepted(ada.client, data.reauthenticate.accessToken)).toBe(false);
  });

  test('a right password that waits for a logout of the session is too late (T93)', async () => {
    const ada = await signUp(app());
    const { db } = app().app.services;
    const row = eq(sessions.id, ada.session.id);
    const holding = hold(db, (tx) => tx.select().from(sessions).where(row).for('update'));
    await holding.begun;
    const logout = logOut(ada.client, ada.refreshToken);
    await untilWaiting(db, 1);
    const late = send(replica(1).client(), ada.accessToken, { password: PASSWORD });
    await untilWaiting(db, 2);
    const [before] = await db.select().from(sessions).where(row);
    await holding.commit();
    expectType(await logout, 'LoggedOut');
    expect((await late).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const [after] = await db.select().from(sessions).where(row);
    expect(after).toMatchObject({ authenticatedAt: before?.authenticatedAt, endReason: 'logout' });
  });
});
