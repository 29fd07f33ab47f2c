import { sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/core/clock.ts';
import { signInWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { freshDatabase } from '../../support/databases.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { signUpByPhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import {
  authenticator,
  beginLogin,
  confirmEnrollment,
  disableTotp,
  enroll,
  requireSecondFactor,
  signUpWithTotp,
  startEnrollment,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { refreshTokens } from '../../support/sessions.ts';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp(
    { LOGIN_BUDGET_IP: '10000/15m', PRODUCT_NAME: 'Acme: Läden', OTP_TTL: '1m', OTP_RESEND_COOLDOWN: '0s' },
    { clock },
  );
});
afterAll(() => app.close());

const start = async (user: Parameters<typeof startEnrollment>[0]) =>
  expectType(await startEnrollment(user), 'TotpEnrollment');

describe('setting up an authenticator app', () => {
  test('shows the secret as text, as a URI with product and address, and as a QR code', async () => {
    const ada = await signUp(app);
    const { secret, uri, qrCode, expiresAt } = await start(ada);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const { protocol, host, pathname, searchParams } = new URL(uri);
    expect([protocol, host]).toEqual(['otpauth:', 'totp']);
    expect(decodeURIComponent(pathname)).toBe(`/Acme  Läden:${ada.email}`);
    expect(Object.fromEntries(searchParams)).toEqual({
      secret,
      issuer: 'Acme  Läden',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(qrCode).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+">/);
    const left = Date.parse(expiresAt) - clock.now().getTime();
    expect([left > 9 * MINUTE, left <= 10 * MINUTE]).toEqual([true, true]);
  });

  test('names the number of an account without an address', async () => {
    const ada = await signUpByPhone(app);
    const { uri } = await start({ email: '', ...ada });
    expect(decodeURIComponent(new URL(uri).pathname)).toContain(ada.phone);
  });

  test('takes effect with a code of the app, for which there are minutes (T107)', async () => {
    const ada = await signUp(app);
    const { challengeId, secret } = await start(ada);
    expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated');
    clock.advance(5 * MINUTE);
    const code = authenticator(secret).code(clock.now());
    const { user, recoveryCodes } = expectType(
      await confirmEnrollment(ada, { challengeId, code }),
      'SecondFactorChanged',
    );
    expect(user).toMatchObject({ secondFactorRequired: true, totpEnabled: true, recoveryCodesRemaining: 10 });
    expect(recoveryCodes).toHaveLength(10);
    await beginLogin(ada.client, ada.email);
    const next = await refreshTokens(ada.client, ada.refreshToken);
    expect(decodeJwt(next.accessToken).amr).toEqual(['otp', 'mfa']);
  });

  test('refuses a wrong code, a code after ten minutes, and one for another user’s secret (T20, T46, T47)', async () => {
    const [ada, eve] = [await signUp(app), await signUp(app)];
    const { challengeId, secret } = await start(ada);
    const code = () => authenticator(secret).code(clock.now());
    const unknown = { __typename: 'ChallengeFailed', reason: 'UNKNOWN' };
    expect(await confirmEnrollment(eve, { challengeId, code: code() })).toMatchObject(unknown);
    expect(await confirmEnrollment(ada, { challengeId: crypto.randomUUID(), code: code() })).toMatchObject(unknown);
    expectType(await confirmEnrollment(ada, { challengeId, code: '12 34' }), 'InvalidInput');
    const wrong = code() === '111111' ? '222222' : '111111';
    for (const attemptsRemaining of [2, 1, 0])
      expect(await confirmEnrollment(ada, { challengeId, code: wrong })).toMatchObject({
        reason: 'WRONG_CODE',
        attemptsRemaining,
      });
    expect(await confirmEnrollment(ada, { challengeId, code: code() })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });

    const late = await start(eve);
    clock.advance(9 * MINUTE);
    const { accessToken } = await refreshTokens(eve.client, eve.refreshToken);
    clock.advance(59_000);
    const inTime = authenticator(late.secret).code(clock.now());
    clock.advance(2_000);
    expect((await me(eve.client, accessToken))?.totpEnabled).toBe(false);
    const refused = await confirmEnrollment({ ...eve, accessToken }, { challengeId: late.challengeId, code: inTime });
    expect(refused.__typename).toBe('ReauthenticationRequired');
  });

  test('of a new phone replaces the earlier app, and keeps the recovery codes (T107)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    clock.advance(TIME_STEP);
    const replacement = await enroll(ada, clock.now());
    expect(replacement.recoveryCodes).toEqual([]);
    clock.advance(TIME_STEP);
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const old = { challengeId, totp: ada.authenticator.code(clock.now()) };
    expect(await verifySecondFactor(ada.client, old)).toMatchObject({ reason: 'WRONG_CODE' });
    const now = { challengeId, totp: replacement.authenticator.code(clock.now()) };
    expectType(await verifySecondFactor(ada.client, now), 'Authenticated');
    const again = await beginLogin(ada.client, ada.email);
    const recoveryCode = ada.recoveryCodes[0] ?? '';
    expectType(await verifySecondFactor(ada.client, { challengeId: again.challengeId, recoveryCode }), 'Authenticated');
  });

  test('is limited for the account', async () => {
    const ada = await signUp(app);
    for (let started = 0; started < 60; started++) await start(ada);
    expectType(await startEnrollment(ada), 'RateLimited');
    expectType(await disableTotp(ada), 'RateLimited');
    expectType(await startEnrollment(await signUp(app)), 'TotpEnrollment');
  });

  test('stores the secret encrypted only (T53)', async () => {
    const ada = await signUp(app);
    const { challengeId, secret } = await start(ada);
    expectType(
      await confirmEnrollment(ada, { challengeId, code: authenticator(secret).code(clock.now()) }),
      'SecondFactorChanged',
    );
    const tables = sql`select to_jsonb(t) as row from totp_factors t union all select to_jsonb(c) from challenges c`;
    expect(JSON.stringify(await rows(app.app.services.db, tables))).not.toContain(secret);
    expect(app.logged.join('')).not.toContain(secret);
  });
});

describe('the requirement', () => {
  test('needs a factor, can be turned off and on, and is not changed twice', async () => {
    const ada = await signUp(app);
    expectType(await requireSecondFactor(ada, true), 'NoSecondFactor');
    expectType(await disableTotp(ada), 'NoSecondFactor');
    await enroll(ada, clock.now());
    const repeated = expectType(await requireSecondFactor(ada, true), 'SecondFactorChanged');
    expect(repeated.recoveryCodes).toBeNull();
    const off = expectType(await requireSecondFactor(ada, false), 'SecondFactorChanged');
    expect(off).toMatchObject({ user: { secondFactorRequired: false, totpEnabled: true }, recoveryCodes: null });
    expectType(await login(ada.client, ada.email, PASSWORD), 'Authenticated');
    const on = expectType(await requireSecondFactor(ada, true), 'SecondFactorChanged');
    expect(on.recoveryCodes).toHaveLength(10);
    await beginLogin(ada.client, ada.email);
  });
});

describe('the factors of a user', () => {
  const query = (id: string, field: string) => `{ user(id: "${id}") { ${field} } }`;

  test('are visible to the user, and the number of recovery codes otherwise to administrators only (T19)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    expect(await me(ada.client, ada.accessToken)).toMatchObject({
      secondFactorRequired: true,
      totpEnabled: true,
      recoveryCodesRemaining: 10,
    });
    const [staff, admin] = [await signInWithRoles(app, 'STAFF'), await signInWithRoles(app, 'ADMIN')];
    const ask = ({ client, token }: typeof staff, field: string) =>
      client.post({ query: query(ada.user.id, field) }, { token });
    expect(await ask(staff, 'totpEnabled secondFactorRequired')).toMatchObject({
      data: { user: { totpEnabled: true, secondFactorRequired: true } },
    });
    expect((await ask(staff, 'recoveryCodesRemaining')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await ask(admin, 'recoveryCodesRemaining')).toMatchObject({
      data: { user: { recoveryCodesRemaining: 10 } },
    });
  });
});

describePostgres('with SECOND_FACTORS=off', () => {
  test('no one sets up a factor; accounts that require one still do, and can remove it (T107)', async () => {
    const database = await freshDatabase(await postgresServer());
    const before = await startApp({ DATABASE_URL: database.url }, { clock });
    const ada = await signUpWithTotp(before, clock.now());
    await before.close();
    const off = await startApp({ DATABASE_URL: database.url, SECOND_FACTORS: 'off' }, { clock });
    try {
      const eve = await signUp(off);
      expectType(await startEnrollment(eve), 'FeatureDisabled');
      expectType(await confirmEnrollment(eve, { challengeId: crypto.randomUUID(), code: '123456' }), 'FeatureDisabled');
      expectType(await requireSecondFactor(eve, true), 'FeatureDisabled');
      const client = off.client();
      clock.advance(TIME_STEP);
      const { challengeId } = await beginLogin(client, ada.email);
      const totp = ada.authenticator.code(clock.now());
      const session = expectType(await verifySecondFactor(client, { challengeId, totp }), 'Authenticated');
      const { user } = expectType(await disableTotp({ ...ada, ...session, client }), 'SecondFactorChanged');
      expect(user.secondFactorRequired).toBe(false);
    } finally {
      await off.close();
      await database.drop();
    }
  });
});
