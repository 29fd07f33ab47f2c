import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';

// Sign-up and sign-in with a number, by SMS code or password.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const waitOutTheCooldown = () => clock.advance(MINUTE + SECOND);

describe('a number with a password', () => {
  test('signs in to the account with the verified number, in every spelling', async () => {
    const { client, accessToken } = await signUp(app);
    const phone = uniquePhone();
    expectType(await login(client, phone, PASSWORD), 'InvalidCredentials');
    await verifyNumber(app, client, accessToken, phone);
    const written = `${phone.slice(0, 4)} (${phone.slice(4, 6)}) ${phone.slice(6, 9)}-${phone.slice(9)}`;
    expectType(await login(app.client(), written, PASSWORD), 'Authenticated');
  });

  test('does not sign in with an unverified number; unknown and wrong get the same response (T35)', async () => {
    const client = app.client();
    const phone = uniquePhone();
    const email = uniqueEmail();
    await register(client, { email, password: PASSWORD, phone });
    const [message] = await app.mail(email);
    const challengeId = (
      await rows<{ id: string }>(app.app.services.db, sql`select id from challenges where subject = ${email}`)
    )[0]?.id;
    const session = expectType(await verify(client, { challengeId, code: message?.code }), 'Authenticated');
    expect(session.user).toMatchObject({ phone, phoneVerified: false });
    const { phone: known } = await signUpByPhone(app, { password: PASSWORD });
    const results = [
      await login(app.client(), phone, PASSWORD),
      await login(app.client(), uniquePhone(), PASSWORD),
      await login(app.client(), known, 'not-the-password-of-anyone'),
    ];
    for (const result of results) expect(result).toEqual(results[0]);
    expectType(results[0] ?? { __typename: 'none' }, 'InvalidCredentials');
  });

  test('counts failures across all spellings, and a code by SMS does not unlock it (T37, T42)', async () => {
    const { phone } = await signUpByPhone(app, { password: PASSWORD });
    const spelt = [phone, `${phone.slice(0, 4)} ${phone.slice(4)}`, `${phone.slice(0, 6)}-${phone.slice(6)}`];
    for (let failure = 0; failure < 10; failure++) {
      const wrong = await login(app.client(), spelt[failure % 3] ?? phone, 'not-the-password-of-anyone');
      expectType(wrong, 'InvalidCredentials');
    }
    expectType(await login(app.client(), phone, PASSWORD), 'RateLimited');
    waitOutTheCooldown();
    const client = app.client();
    expectType(await confirmOtp(client, (await receiveCode(app, client, { phone })).submission), 'Authenticated');
    expectType(await login(app.client(), phone, PASSWORD), 'RateLimited');
  });

  test('rejects an identifier that is neither an address nor a number', async () => {
    for (const identifier of ['ada', '901234567', '+99', '']) {
      const refused = expectType(await login(app.client(), identifier, PASSWORD), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path: 'identifier', code: 'INVALID_FORMAT' }]);
    }
  });
});
