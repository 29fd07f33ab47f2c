import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  LoginDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../../../schema/generated/graphql.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, refresh } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, requestOtp, signUpByPhone } from '../../support/phones.ts';
import { describeReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// An attacker who uses up the attempts at an account does not use up those of its owner, who is known by a session.

const WRONG = 'wrong-horse-battery-staple';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const logIn = async (client: ApiClient, email: string, password: string, headers: Record<string, string> = {}) =>
  (await login(client, email, password, { headers })).__typename;

/** An account whose owner has signed in, and whose attempts were then used up by strangers. */
async function attackedAccount(at = app) {
  const { id, email } = await insertAccount(at);
  const owner = at.client();
  const session = expectType(await login(owner, email, PASSWORD), 'Authenticated');
  for (let time = 0; time < 10; time++) expect(await logIn(at.client(), email, WRONG)).toBe('InvalidCredentials');
  expect(await logIn(at.client(), email, PASSWORD)).toBe('RateLimited');
  return { id, email, owner, token: session.accessToken };
}

describe('while strangers have used up the passwords of an account', () => {
  test('its owner signs in from a network where the account has had a session (T97)', async () => {
    const { email, owner } = await attackedAccount();
    expect(await logIn(owner, email, PASSWORD)).toBe('Authenticated');
  });

  test('its owner signs in with a request that carries a session, from anywhere (T97)', async () => {
    const { email, token } = await attackedAccount();
    expect(await logIn(app.client({ token }), email, PASSWORD)).toBe('Authenticated');

    const next = await attackedAccount();
    const input = { identifier: next.email, password: PASSWORD, transport: 'COOKIE' as const };
    const signedIn = await next.owner.send(LoginDocument, { input });
    const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';');
    for (let time = 0; time < 10; time++) await logIn(app.client(), next.email, WRONG);
    expect(await logIn(app.client(), next.email, PASSWORD)).toBe('RateLimited');
    expect(await logIn(app.client({ headers: { cookie } }), next.email, PASSWORD)).toBe('Authenticated');
  });

  test('the owner has as many attempts, and no more (T97, T37)', async () => {
    const { email, owner, token } = await attackedAccount();
    for (let time = 0; time < 10; time++) {
      const client = time % 2 ? owner : app.client({ token });
      expect(await logIn(client, email, WRONG)).toBe('InvalidCredentials');
    }
    expect(await logIn(owner, email, PASSWORD)).toBe('RateLimited');
    expect(await logIn(app.client({ token }), email, PASSWORD)).toBe('RateLimited');
  });

  test('a session of another account, an unknown address and an ended intruder gain nothing (T97)', async () => {
    const { id, email, owner } = await attackedAccount();
    const other = await attackedAccount();
    expect(await logIn(app.client({ token: other.token }), email, PASSWORD)).toBe('RateLimited');

    const unknown = uniqueEmail();
    for (let time = 0; time < 10; time++) expect(await logIn(app.client(), unknown, WRONG)).toBe('InvalidCredentials');
    expect(await logIn(other.owner, unknown, WRONG)).toBe('RateLimited');

    const ended = sql`update sessions set ended_at = now(), end_reason = 'not-me', trust = 'none' where user_id = ${id}`;
    await rows(app.app.services.db, ended);
    expect(await logIn(owner, email, PASSWORD)).toBe('RateLimited');
  });
});

test('a thief whose copy of a refresh token was detected has no allowance of the owner’s (T97)', async () => {
  const { email } = await insertAccount(app);
  const thief = app.client();
  const { refreshToken } = expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  const stolen = expectType(await refresh(thief, refreshToken ?? ''), 'Authenticated');
  expectType(await refresh(thief, stolen.refreshToken ?? ''), 'Authenticated');
  expect(await refresh(app.client(), refreshToken ?? '')).toMatchObject({ reason: 'REUSED' });
  for (let time = 0; time < 10; time++) expect(await logIn(app.client(), email, WRONG)).toBe('InvalidCredentials');
  expect(await logIn(thief, email, WRONG)).toBe('RateLimited');
});

test('an owner at a known network requests a reset, and enters its code, after strangers used up both (T97)', async () => {
  const strict = await startApp({ OTP_ACCOUNT_BUDGET: '3/1h' }, { clock });
  const { email } = await insertAccount(strict);
  const owner = strict.client();
  expectType(await login(owner, email, PASSWORD), 'Authenticated');
  const request = async (client: ApiClient) =>
    (await client.request(RequestPasswordResetDocument, { input: { identifier: email } })).requestPasswordReset;
  const enter = async (client: ApiClient, challengeId: string, code: string) => {
    const input = { challengeId, code, newPassword: 'amber-quarry-17-thicket' };
    return (await client.request(ResetPasswordDocument, { input })).resetPassword;
  };

  for (let time = 0; time < 3; time++) {
    const { id } = expectType(await request(strict.client()), 'Challenge');
    const [message] = await strict.mail(email, time + 1);
    const result = await enter(strict.client(), id, wrongCodeFor(message?.code));
    expect(result).toMatchObject({ reason: 'WRONG_CODE' });
    clock.advance(MINUTE + SECOND);
  }
  expectType(await request(strict.client()), 'RateLimited');
  const { id } = expectType(await request(owner), 'Challenge');
  const [message] = await strict.mail(email, 4);
  const code = message?.code ?? '';
  expect(await enter(strict.client(), id, code)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  expectType(await enter(owner, id, code), 'PasswordChanged');
  await strict.close();
});

test('an owner at a known network gets a reset by text message right after a stranger has requested one (T97)', async () => {
  const { phone, client: owner } = await signUpByPhone(app);
  const request = async (client: ApiClient) =>
    (await client.request(RequestPasswordResetDocument, { input: { identifier: phone } })).requestPasswordReset;
  expectType(await request(app.client()), 'Challenge');
  expectType(await request(app.client()), 'RateLimited');
  expectType(await request(owner), 'Challenge');
  expectType(await request(owner), 'RateLimited');
});

describe('while strangers have used up the sign-in codes of a number', () => {
  const requestFrom = async (client: ApiClient, phone: string) => (await requestOtp(client, { phone })).__typename;

  /** After the sign-up, which took the first of twenty. */
  async function useUpCodes(phone: string) {
    for (let time = 0; time < 19; time++) {
      expect(await requestFrom(app.client(), phone)).toBe('Challenge');
      clock.advance(MINUTE + SECOND);
    }
    expect(await requestFrom(app.client(), phone)).toBe('RateLimited');
    clock.advance(HOUR);
  }

  test('its owner gets one at a known network, and with a session (T97)', async () => {
    const { phone, client: owner } = await signUpByPhone(app);
    clock.advance(MINUTE + SECOND);
    await useUpCodes(phone);
    const { challengeId, code } = await receiveCode(app, owner, { phone });
    const { accessToken: token } = expectType(await confirmOtp(owner, { challengeId, code }), 'Authenticated');
    clock.advance(MINUTE + SECOND);
    expect(await requestFrom(app.client({ token }), phone)).toBe('Challenge');
    expect(await requestFrom(app.client(), phone)).toBe('RateLimited');
  });

  test('its owner gets as many codes a day, and no more, and a stranger gets none (T97, T52)', async () => {
    const { phone, client: owner } = await signUpByPhone(app);
    const other = await signUpByPhone(app);
    clock.advance(MINUTE + SECOND);
    await useUpCodes(phone);
    let sent = 0;
    for (let time = 0; time < 30; time++) {
      if ((await requestFrom(owner, phone)) === 'Challenge') sent += 1;
      clock.advance(4 * MINUTE);
    }
    expect(sent).toBe(20);
    expect(await requestFrom(other.client, phone)).toBe('RateLimited');
  });
});

test('an owner at a known network gets a sign-in code after strangers used up the range of the number (T97)', async () => {
  const { phone, client: owner } = await signUpByPhone(app);
  const range = phone.slice(0, -4);
  let refused = '';
  for (let n = 0; n < 40 && refused === ''; n++) {
    const { __typename: answer } = await requestOtp(app.client(), { phone: `${range}${1000 + n}` });
    if (answer !== 'Challenge') refused = answer;
    clock.advance(4 * MINUTE);
  }
  expect(refused).toBe('SmsUnavailable');
  clock.advance(HOUR);
  expectType(await requestOtp(app.client(), { phone }), 'SmsUnavailable');
  expectType(await requestOtp(owner, { phone }), 'Challenge');
});

describeReplicas('many at once on two replicas (T97)', { OTP_RESEND_COOLDOWN: '0s' }, ({ app: first, replica }) => {
  test('from a known network: no more than the owner’s own limit are checked (T97, T38)', async () => {
    const { email, owner } = await attackedAccount(first());
    const attempts = Array.from({ length: 40 }, (_, index) =>
      logIn(replica(index).client({ ip: owner.ip }), email, WRONG),
    );
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result === 'InvalidCredentials')).toHaveLength(10);
    expect(results.filter((result) => result === 'RateLimited')).toHaveLength(30);
  });

  test('from a known network: no more than the owner’s own resets are sent (T97, T51)', async () => {
    const { email } = await insertAccount(first());
    const owner = first().client();
    expectType(await login(owner, email, PASSWORD), 'Authenticated');
    const requestTen = async (ip?: string) => {
      const requests = Array.from({ length: 10 }, (_, index) =>
        replica(index)
          .client(ip === undefined ? {} : { ip })
          .request(RequestPasswordResetDocument, { input: { identifier: email } }),
      );
      const answers = (await Promise.all(requests)).map(({ requestPasswordReset }) => requestPasswordReset.__typename);
      return answers.toSorted();
    };
    const threeOfTen = [...Array(3).fill('Challenge'), ...Array(7).fill('RateLimited')];
    expect(await requestTen()).toEqual(threeOfTen);
    expect(await requestTen(owner.ip)).toEqual(threeOfTen);
    expect(await requestTen(owner.ip)).toEqual(Array(10).fill('RateLimited'));
  });
});
