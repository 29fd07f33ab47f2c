import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForMessage } from '../../support/account-changes.ts';
import { deactivate } from '../../support/accounts.ts';
import { auditEvents, resetSecondFactors, signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { insertFactors, readFactors } from '../../support/factors.ts';
import { addPasskey, finishLogin, startLogin } from '../../support/passkeys.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { UNKNOWN_ID } from '../../support/recent-sign-in.ts';
import {
  authenticator,
  beginLogin,
  confirmEnrollment,
  requireSecondFactor,
  signUpWithTotp,
  startEnrollment,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

const NONE = { factors: 0, required: false };
const TEN = Array.from({ length: 10 });

describePostgres('resetSecondFactors', () => {
  let database: FreshDatabase;
  let app: TestApp;
  let admin: UserWithRoles;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    app = await startApp({ DATABASE_URL: database.url, LOGIN_BUDGET_IP: '1000/15m', LOGIN_BUDGET_ACCOUNT: '100/15m' });
    admin = await signInWithRoles(app, 'ADMIN');
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  /** A signed-in user who has since set up every factor. */
  async function userWithFactors(): Promise<UserWithRoles> {
    const user = await signInWithRoles(app);
    await insertFactors(app, user.id);
    return user;
  }

  const events = async (userId: string) =>
    (await auditEvents(admin, { filter: { userId, kind: 'second-factor-reset' } })).nodes;

  test('removes every factor and passkey, requires none, and ends every session', async () => {
    const user = await userWithFactors();
    expectType(await login(app.client(), user.email, PASSWORD), 'SecondFactorRequired');
    const done = expectType(await resetSecondFactors(admin, user.id), 'AdminUser');
    expect(done.user).toEqual({ id: user.id });
    expect(await readFactors(app, user.id)).toEqual(NONE);
    expect(await me(app.client(), user.token)).toBeNull();
    expectType(await login(app.client(), user.email, PASSWORD), 'Authenticated');
  });

  test('tells the user, without a link and without where the administrator was', async () => {
    const user = await userWithFactors();
    await resetSecondFactors(admin, user.id, 'HR-118');
    const notice = await waitForMessage(app, user.email, 'second-factors-reset');
    expect(notice.link).toBeNull();
    for (const secret of [admin.client.ip, 'HR-118', admin.id]) {
      expect(notice.text).not.toContain(secret);
      expect(notice.html).not.toContain(secret);
    }
  });

  test('is recorded with the administrator, the reason and what was removed (T90)', async () => {
    const user = await userWithFactors();
    await resetSecondFactors(admin, user.id, 'Lost phone, HR-118');
    expect(await events(user.id)).toMatchObject([
      {
        outcome: 'succeeded',
        actorId: admin.id,
        reason: 'Lost phone, HR-118',
        facts: [{ name: 'removed', value: 'PASSKEY,TOTP,RECOVERY_CODE' }],
      },
    ]);
  });

  test.each(['', '   ', 'a\nb', 'x'.repeat(501)])('needs a reason: %j', async (reason) => {
    const user = await userWithFactors();
    const { fields } = expectType(await resetSecondFactors(admin, user.id, reason), 'InvalidInput');
    expect(fields).toMatchObject([{ path: 'reason' }]);
    expect(await readFactors(app, user.id)).toEqual({ factors: 3, required: true });
    expect(await events(user.id)).toEqual([]);
  });

  test('also of an inactive user', async () => {
    const user = await userWithFactors();
    await deactivate(app, user.id);
    expectType(await resetSecondFactors(admin, user.id), 'AdminUser');
    expect(await readFactors(app, user.id)).toEqual(NONE);
  });

  test.each([UNKNOWN_ID, 'x', ''])('of an unknown user: NotFound for %j', async (id) => {
    expectType(await resetSecondFactors(admin, id), 'NotFound');
  });

  test('not of the administrator’s own account, which the operations for it are for', async () => {
    const other = await signInWithRoles(app, 'ADMIN');
    await insertFactors(app, other.id, false);
    expectType(await resetSecondFactors(other, other.id), 'OwnAccount');
    expect(await readFactors(app, other.id)).toEqual({ factors: 3, required: false });
    expect(await events(other.id)).toMatchObject([{ outcome: 'refused' }]);
  });

  test('of a user without factors ends the sessions, and sends no notice', async () => {
    const user = await signInWithRoles(app);
    expectType(await resetSecondFactors(admin, user.id), 'AdminUser');
    expect(await me(app.client(), user.token)).toBeNull();
    const mails = await app.mail(user.email);
    expect(mails.map(({ kind }) => kind)).not.toContain('second-factors-reset');
  });

  test('ten at once leave no session and no factor, and one notice (F19)', async () => {
    const user = await userWithFactors();
    const done = await Promise.all(TEN.map(() => resetSecondFactors(admin, user.id)));
    expect(done.map(({ __typename }) => __typename)).toEqual(TEN.map(() => 'AdminUser'));
    expect(await readFactors(app, user.id)).toEqual(NONE);
    expect(await me(app.client(), user.token)).toBeNull();
    await waitForMessage(app, user.email, 'second-factors-reset');
    const notices = (await app.mail(user.email)).filter(({ kind }) => kind === 'second-factors-reset');
    expect(notices).toHaveLength(1);
  });

  describe('at the same moment as', () => {
    /** The token of the session, if the request opened one. */
    const tokenOf = (request: Promise<object>) =>
      request.then(
        (result) => ('accessToken' in result ? String(result.accessToken) : undefined),
        () => undefined, // The account changed meanwhile: 503.
      );

    async function expectNothingLeft(userId: string, tokens: readonly (string | undefined)[]) {
      expect(await readFactors(app, userId)).toEqual(NONE);
      for (const token of tokens) if (token !== undefined) expect(await me(app.client(), token)).toBeNull();
    }

    test.each(TEN.map((_, round) => round * 3))(
      'a sign-in with a code, which starts %i ms later: no session and no factor survives (F19)',
      async (delay) => {
        const user = await signUpWithTotp(app, new Date());
        const { challengeId } = await beginLogin(user.client, user.email);
        const totp = user.authenticator.code(new Date(Date.now() + TIME_STEP));
        const reset = resetSecondFactors(admin, user.user.id);
        await sleep(delay);
        const token = tokenOf(verifySecondFactor(user.client, { challengeId, totp }));
        expectType(await reset, 'AdminUser');
        await expectNothingLeft(user.user.id, [user.accessToken, await token]);
      },
    );

    test.each(TEN.map((_, round) => round * 3))(
      'an enrolment that is confirmed %i ms later: no session and no factor survives (F19)',
      async (delay) => {
        const user = await signUp(app);
        const { challengeId, secret } = expectType(await startEnrollment(user), 'TotpEnrollment');
        const reset = resetSecondFactors(admin, user.user.id);
        await sleep(delay);
        const code = authenticator(secret).code(new Date());
        await confirmEnrollment(user, { challengeId, code }).catch(() => undefined);
        expectType(await reset, 'AdminUser');
        await expectNothingLeft(user.user.id, [user.accessToken]);
      },
    );

    test.each(TEN.map((_, round) => round * 3))(
      'a sign-in with a passkey, which starts %i ms later: no session and no factor survives (F19)',
      async (delay) => {
        const user = await signUp(app);
        const added = await addPasskey(user.client, user.accessToken);
        await requireSecondFactor(user, false);
        const { challengeId, options } = expectType(await startLogin(user.client), 'PasskeyLogin');
        const response = added.authenticator.get(options);
        const reset = resetSecondFactors(admin, user.user.id);
        await sleep(delay);
        const token = tokenOf(finishLogin(user.client, challengeId, response));
        expectType(await reset, 'AdminUser');
        await expectNothingLeft(user.user.id, [user.accessToken, await token]);
      },
    );
  });
});
