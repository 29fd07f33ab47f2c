import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { ReauthenticateDocument } from '../../../schema/generated/graphql.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { useReplicas } from '../../support/replicas.ts';
import {
  authenticator,
  beginLogin,
  confirmEnrollment,
  disableTotp,
  signUpWithTotp,
  startEnrollment,
  TIME_STEP,
  verifySecondFactor,
} from '../../support/second-factors.ts';
import { describePostgres } from '../../support/servers.ts';

const MANY = { LOGIN_BUDGET_IP: '10000/15m', OTP_MAX_ATTEMPTS: '10', OTP_ACCOUNT_BUDGET: '1000/1h' };
const TEN = Array.from({ length: 10 }, (_, index) => index);

describePostgres('ten at once on two replicas', () => {
  const { app, replica, query } = useReplicas(MANY);
  const count = (outcomes: readonly object[], wanted: object) =>
    outcomes.filter((outcome) => Object.entries(wanted).every(([key, value]) => outcome[key as keyof object] === value))
      .length;
  const sessionsOf = (userId: string) => query(sql`select id from sessions where user_id = ${userId}`);
  /** The next code: the current one was used for the enrolment. */
  const nextCode = (ada: Awaited<ReturnType<typeof signUpWithTotp>>) =>
    ada.authenticator.code(new Date(systemClock.now().getTime() + TIME_STEP));

  test('answers to one sign-in with one code start one session (T45, T107)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const totp = nextCode(ada);
    const outcomes = await Promise.all(
      TEN.map((index) => verifySecondFactor(replica(index).client(), { challengeId, totp })),
    );
    expect(count(outcomes, { __typename: 'Authenticated' })).toBe(1);
    expect(count(outcomes, { reason: 'ALREADY_USED' })).toBe(9);
    expect(await sessionsOf(ada.user.id)).toHaveLength(2);
  });

  test('sign-ins with one code start one session, and the others stay open (T107)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const started = await Promise.all(TEN.map((index) => beginLogin(replica(index).client(), ada.email)));
    const totp = nextCode(ada);
    const outcomes = await Promise.all(
      started.map(({ challengeId }, index) => verifySecondFactor(replica(index).client(), { challengeId, totp })),
    );
    expect(count(outcomes, { __typename: 'Authenticated' })).toBe(1);
    expect(count(outcomes, { reason: 'ALREADY_USED' })).toBe(9);
    const open = sql`select id from challenges where user_id = ${ada.user.id} and purpose = 'SECOND_FACTOR' and used_at is null`;
    expect(await query(open)).toHaveLength(9);
  });

  test('sign-ins with one recovery code start one session (T109)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const started = await Promise.all(TEN.map((index) => beginLogin(replica(index).client(), ada.email)));
    const [recoveryCode] = ada.recoveryCodes;
    const outcomes = await Promise.all(
      started.map(({ challengeId }, index) =>
        verifySecondFactor(replica(index).client(), { challengeId, recoveryCode }),
      ),
    );
    expect(count(outcomes, { __typename: 'Authenticated' })).toBe(1);
    expect(count(outcomes, { reason: 'ALREADY_USED' })).toBe(9);
  });

  test('answers to one sign-in with ten recovery codes use up one of them (T109)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const { challengeId } = await beginLogin(ada.client, ada.email);
    const outcomes = await Promise.all(
      ada.recoveryCodes.map((recoveryCode, index) =>
        verifySecondFactor(replica(index).client(), { challengeId, recoveryCode }),
      ),
    );
    expect(count(outcomes, { __typename: 'Authenticated' })).toBe(1);
    const used = sql`select used_at from recovery_codes where user_id = ${ada.user.id} and used_at is not null`;
    expect(await query(used)).toHaveLength(1);
  });

  test('reauthentications with one code renew one token (T45, T107)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const input = { totp: nextCode(ada) };
    const outcomes = await Promise.all(
      TEN.map(async (index) => {
        const client = replica(index).client();
        return (await client.request(ReauthenticateDocument, { input }, { token: ada.accessToken })).reauthenticate;
      }),
    );
    expect(count(outcomes, { __typename: 'Reauthenticated' })).toBe(1);
    expect(count(outcomes, { reason: 'ALREADY_USED' })).toBe(9);
  });

  test('removals of one app notify the owner once (T100)', async () => {
    const ada = await signUpWithTotp(app(), systemClock.now());
    const outcomes = await Promise.all(TEN.map((index) => disableTotp({ ...ada, client: replica(index).client() })));
    expect(count(outcomes, { __typename: 'SecondFactorChanged' })).toBe(1);
    expect(count(outcomes, { __typename: 'NoSecondFactor' })).toBe(9);
    const removals = sql`select id from audit_events where user_id = ${ada.user.id} and outcome = 'totp-removed'`;
    expect(await query(removals)).toHaveLength(1);
  });

  test('confirmations of one enrolment turn on one app (T45, T107)', async () => {
    const ada = await signUp(app(), app().client(), undefined, PASSWORD);
    const { challengeId, secret } = expectType(await startEnrollment(ada), 'TotpEnrollment');
    const code = authenticator(secret).code(systemClock.now());
    const outcomes = await Promise.all(
      TEN.map((index) => confirmEnrollment({ ...ada, client: replica(index).client() }, { challengeId, code })),
    );
    expect(count(outcomes, { __typename: 'SecondFactorChanged' })).toBe(1);
    expect(count(outcomes, { reason: 'ALREADY_USED' })).toBe(9);
    expect(await query(sql`select id from totp_factors where user_id = ${ada.user.id}`)).toHaveLength(1);
    expect(await query(sql`select digest from recovery_codes where user_id = ${ada.user.id}`)).toHaveLength(10);
  });
});
