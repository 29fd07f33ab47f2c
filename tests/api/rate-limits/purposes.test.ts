import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  RequestEmailChangeDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
} from '../../../schema/generated/graphql.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, register, resend, verify } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { requestEmailOtp } from '../../support/email-sign-in.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { receiveCode, signUpByPhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

// No use of messages and codes takes from another: whatever a stranger requests, the owner can recover the account.

const WRONG = 'wrong-horse-battery-staple';
const NEW_PASSWORD = 'amber-quarry-17-thicket';

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const requestReset = async (client: ApiClient, identifier: string) =>
  (await client.request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset;

const reset = async (client: ApiClient, token: string) =>
  (await client.request(ResetPasswordDocument, { input: { token, newPassword: NEW_PASSWORD } })).resetPassword;

const mailed = (kind: string, email: string) =>
  app.mail(email, 0).then((all) => all.filter((one) => one.kind === kind));

/** Twenty messages of one use, until the next one is refused. */
async function useUp(request: () => Promise<{ __typename: string }>) {
  for (let time = 0; time < 20; time++) {
    expectType(await request(), 'Challenge');
    clock.advance(MINUTE + SECOND);
  }
  expectType(await request(), 'RateLimited');
}

describe('an attacker who requests messages', () => {
  test('for verification, and tries passwords, does not keep the owner from a reset (T97)', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const attacker = app.client();
    await useUp(() => resend(attacker, { email }));
    for (let time = 0; time < 10; time++) expectType(await login(attacker, email, WRONG), 'InvalidCredentials');

    const owner = app.client();
    expectType(await requestReset(owner, email), 'Challenge');
    const [message] = await mailed('reset-password', email);
    expectType(await reset(owner, tokenFromLink(message?.link)), 'PasswordChanged');
    expectType(await login(owner, email, NEW_PASSWORD), 'Authenticated');
  });

  test('for a change of address, does not keep the owner from a reset (T97)', async () => {
    const { email } = await insertAccount(app);
    const other = await insertAccount(app);
    const attacker = app.client();
    const input = { newEmail: email, password: PASSWORD };
    await useUp(async () => {
      const { accessToken: token } = expectType(await login(attacker, other.email, PASSWORD), 'Authenticated');
      return (await attacker.request(RequestEmailChangeDocument, { input }, { token })).requestEmailChange;
    });
    expectType(await requestReset(app.client(), email), 'Challenge');
    expect(await mailed('reset-password', email)).toHaveLength(1);
  });

  test('for verification of an address that never signed up, does not keep its owner from signing up (T97)', async () => {
    const email = uniqueEmail();
    await useUp(() => resend(app.client(), { email }));
    clock.advance(MINUTE + SECOND);
    const owner = app.client();
    const { id: challengeId } = expectType(await register(owner, { email, password: PASSWORD }), 'Challenge');
    const [message] = await app.mail(email);
    expectType(await verify(owner, { challengeId, code: message?.code }), 'Authenticated');
  });

  test('for a change to an address, is refused a day only after its mails have arrived (T97)', async () => {
    const email = uniqueEmail();
    const other = await insertAccount(app);
    const attacker = app.client();
    await useUp(async () => {
      const { accessToken: token } = expectType(await login(attacker, other.email, PASSWORD), 'Authenticated');
      const input = { newEmail: email, password: PASSWORD };
      return (await attacker.request(RequestEmailChangeDocument, { input }, { token })).requestEmailChange;
    });
    expect(await app.mail(email, 20)).toHaveLength(20);
  });

  test('for verification, does not keep an owner with the password from signing in (T97)', async () => {
    const strict = await startApp({ EMAIL_VERIFICATION: 'login' }, { clock });
    const { email } = await insertAccount(strict, { verified: false });
    await useUp(() => resend(strict.client(), { email }));
    clock.advance(2 * HOUR);
    const client = strict.client();
    expectType(await login(client, email, PASSWORD), 'Challenge');
    expect((await strict.mail(email)).at(0)?.kind).toBe('login-email');
    await strict.close();
  });

  test('to reset the password, leaves links in the mailbox that work until the owner may request one (T97)', async () => {
    clock.hold();
    const { email } = await insertAccount(app);
    for (let time = 0; time < 3; time++) {
      expectType(await requestReset(app.client(), email), 'Challenge');
      clock.advance(MINUTE + SECOND);
    }
    const { retryAfter } = expectType(await requestReset(app.client(), email), 'RateLimited');
    clock.advance((retryAfter - 2) * SECOND);
    const owner = app.client();
    expectType(await requestReset(owner, email), 'RateLimited');
    const [latest] = await mailed('reset-password', email);
    expectType(await reset(owner, tokenFromLink(latest?.link)), 'PasswordChanged');
  });

  test('causes a bounded number of mails a day (T97, T51)', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const begun = clock.now();
    for (let round = 0; round < 24 * 4; round++) {
      await requestReset(app.client(), email);
      await requestEmailOtp(app.client(), { email });
      await resend(app.client(), { email });
      clock.advance(2 * MINUTE);
      await register(app.client(), { email, password: PASSWORD });
      clock.advance(DAY / (24 * 4) - 2 * MINUTE);
    }
    const [count] = await rows<{ count: number }>(
      app.app.services.db,
      sql`select count(*)::int as count from challenges where subject = ${email} and created_at >= ${begun.toISOString()}`,
    );
    expect(count?.count).toBe(20 + 20 + 72 + 72);
  });

  test('by text message to sign in, does not keep the owner from a reset (T97)', async () => {
    const { phone } = await signUpByPhone(app);
    clock.advance(MINUTE + SECOND);
    await receiveCode(app, app.client(), { phone });
    expectType(await requestReset(app.client(), phone), 'Challenge');
  });
});
