import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfirmPhoneOtpDocument, RequestPhoneOtpDocument } from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { confirmOtp, receiveCode, requestOtp, signUpByPhone, uniquePhone, verifyNumber } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';
import { tokenFromLink } from '../../support/verification.ts';

// Verifying an account's number, and replacing it.

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

const VERIFY = { purpose: 'VERIFY' } as const;

describe('the first number of an account', () => {
  test('is verified by its code, and the address is notified', async () => {
    const { client, email, accessToken: token } = await signUp(app);
    const phone = uniquePhone();
    expect(await verifyNumber(app, client, token, phone)).toMatchObject({
      __typename: 'PhoneVerified',
      user: { phone, phoneVerified: true },
    });
    expect(await me(client, token)).toMatchObject({ phone, phoneVerified: true });
    const [notice] = await app.mail(email, 2);
    expect(notice).toMatchObject({ kind: 'phone-changed', link: expect.stringContaining('/not-me?token=') });
    expect(notice?.text).toContain(`•••• ${phone.slice(-4)}`);
    expect(notice?.text).not.toContain(phone);
  });

  test('can only be requested and verified with a session (T19)', async () => {
    const { client, accessToken: token } = await signUp(app);
    const input = { phone: uniquePhone(), ...VERIFY };
    const refused = await client.send(RequestPhoneOtpDocument, { input });
    expect(refused.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await app.mail(input.phone, 0)).toEqual([]);
    const { submission } = await receiveCode(app, client, input, { token });
    const confirmed = await client.send(ConfirmPhoneOtpDocument, { input: submission });
    expect(confirmed.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expectType(await confirmOtp(client, submission, { token }), 'PhoneVerified');
  });

  test('accepts a code only from its user and for its purpose, and counts no guesses of others (T49)', async () => {
    const [ada, eve] = [await signUp(app), await signUp(app)];
    const phone = uniquePhone();
    const { submission } = await receiveCode(app, ada.client, { phone, ...VERIFY }, { token: ada.accessToken });
    for (let guess = 0; guess < 4; guess++) {
      const rejected = await confirmOtp(eve.client, submission, { token: eve.accessToken });
      expect(rejected).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
    }
    expect(await verify(ada.client, submission)).toMatchObject({ reason: 'UNKNOWN' });
    expectType(await confirmOtp(ada.client, submission, { token: ada.accessToken }), 'PhoneVerified');

    // A sign-in code signs in; it verifies no number for the caller's session.
    const other = uniquePhone();
    const { submission: signIn } = await receiveCode(app, eve.client, { phone: other });
    const session = expectType(await confirmOtp(eve.client, signIn, { token: eve.accessToken }), 'Authenticated');
    expect(session.user.id).not.toBe(eve.user.id);
    expect(await me(eve.client, eve.accessToken)).toMatchObject({ phone: null });
  });

  test('is rejected when another account has verified it, which only the holder of the number learns', async () => {
    const { phone } = await signUpByPhone(app);
    const { client, accessToken: token } = await signUp(app);
    const { challenge, submission } = await receiveCode(app, client, { phone, ...VERIFY }, { token });
    const free = await receiveCode(app, client, { phone: uniquePhone(), ...VERIFY }, { token });
    expect(Object.keys(challenge)).toEqual(Object.keys(free.challenge));
    expectType(await confirmOtp(client, submission, { token }), 'PhoneTaken');
    expect(await confirmOtp(client, submission, { token })).toMatchObject({ reason: 'ALREADY_USED' });
    expect(await me(client, token)).toMatchObject({ phone: null, phoneVerified: false });
  });
});

describe('a number change (T54)', () => {
  test('requires the password and a code to the new number; the old number and the address are notified', async () => {
    const { client, email, accessToken: token } = await signUp(app);
    const [before, phone] = [uniquePhone(), uniquePhone()];
    await verifyNumber(app, client, token, before);
    for (const password of [undefined, 'not-the-password-of-anyone']) {
      const input = { phone, ...VERIFY, ...(password && { password }) };
      expectType(await requestOtp(client, input, { token }), 'InvalidCredentials');
    }
    expect(await app.mail(phone, 0)).toEqual([]);
    expectType(await verifyNumber(app, client, token, phone, PASSWORD), 'PhoneVerified');

    const [sms] = await app.mail(before, 2);
    expect(sms).toMatchObject({ channel: 'SMS', kind: 'phone-changed', code: null });
    const [notice] = await app.mail(email, 3);
    expect(notice?.text).toContain(`•••• ${before.slice(-4)}`);
    expect(notice?.text).toContain(`•••• ${phone.slice(-4)}`);
    expectType(await login(app.client(), before, PASSWORD), 'InvalidCredentials');
    expectType(await login(app.client(), phone, PASSWORD), 'Authenticated');
  });

  test('counts wrong passwords together with those of the login (T42)', async () => {
    const phone = uniquePhone();
    const { client, accessToken: token } = await signUpByPhone(app, { phone, password: PASSWORD });
    const input = { phone: uniquePhone(), ...VERIFY, password: 'not-the-password-of-anyone' };
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++)
      expectType(await requestOtp(client, input, { token }), 'InvalidCredentials');
    expectType(await requestOtp(client, { ...input, password: PASSWORD }, { token }), 'RateLimited');
    expectType(await login(app.client(), phone, PASSWORD), 'RateLimited');
  });

  test('requires no password when the account has none, and repeating it changes nothing', async () => {
    const { phone: before, client, accessToken: token } = await signUpByPhone(app);
    const phone = uniquePhone();
    expectType(await verifyNumber(app, client, token, phone), 'PhoneVerified');
    expectType(await verifyNumber(app, client, token, phone), 'PhoneVerified');
    const told = (await app.mail(before, 2)).filter(({ kind }) => kind === 'phone-changed');
    expect(told).toHaveLength(1);
    expect((await app.mail(phone, 0)).map(({ kind }) => kind)).toEqual(['verify-phone', 'verify-phone']);
  });

  test('cannot be made with a code requested before the account had a number', async () => {
    const { client, accessToken: token } = await signUp(app);
    const early = await receiveCode(app, client, { phone: uniquePhone(), ...VERIFY }, { token });
    const phone = uniquePhone();
    expectType(await verifyNumber(app, client, token, phone), 'PhoneVerified');
    expectType(await confirmOtp(client, early.submission, { token }), 'ChallengeFailed');
    expect(await me(client, token)).toMatchObject({ phone });
  });
});

test('“this wasn’t me” in the notice removes a number that an attacker has added (T54)', async () => {
  const { client, email, accessToken: token } = await signUp(app);
  const phone = uniquePhone();
  await verifyNumber(app, client, token, phone);
  const [notice] = await app.mail(email, 2);
  const body = new URLSearchParams({ token: tokenFromLink(notice?.link) });
  const pending = await receiveCode(app, client, { phone });
  expect((await fetch(`${app.url}/not-me`, { method: 'POST', body })).status).toBe(200);
  expect(await me(client, token)).toBeNull();
  expectType(await confirmOtp(client, pending.submission), 'ChallengeFailed');
  expectType(await login(client, phone, PASSWORD), 'InvalidCredentials');
  expect(await signUpByPhone(app, { phone })).toMatchObject({ isNewUser: true });
});

describePostgres('parallel verifications (T45)', () => {
  let fresh: FreshDatabase;
  let server: TestApp;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    server = await startApp({ DATABASE_URL: fresh.url, OTP_RESEND_COOLDOWN: '0s', OUTBOX_VIEWER: 'on' });
  });
  afterAll(async () => {
    await server.close();
    await fresh.drop();
  });

  test('of three accounts that verify one number together, one gets it and the others get PhoneTaken', async () => {
    for (let round = 0; round < 4; round++) {
      const phone = uniquePhone();
      const people = [await signUp(server), await signUp(server), await signUp(server)];
      const pending = [];
      for (const { client, accessToken: token } of people) {
        const { submission } = await receiveCode(server, client, { phone, ...VERIFY }, { token });
        pending.push({ client, submission, token });
      }
      const results = await Promise.all(
        pending.map(({ client, submission, token }) => confirmOtp(client, submission, { token })),
      );
      expect(results.map(({ __typename }) => __typename).sort()).toEqual(['PhoneTaken', 'PhoneTaken', 'PhoneVerified']);
      const owners = await rows(server.app.services.db, sql`select id from users where phone = ${phone}`);
      expect(owners).toHaveLength(1);
    }
  });

  test('of three first numbers that one account verifies together, one is accepted', async () => {
    for (let round = 0; round < 4; round++) {
      const { client, accessToken: token } = await signUp(server);
      const submissions = [];
      for (let n = 0; n < 3; n++)
        submissions.push(
          (await receiveCode(server, client, { phone: uniquePhone(), ...VERIFY }, { token })).submission,
        );
      const results = await Promise.all(submissions.map((submission) => confirmOtp(client, submission, { token })));
      expect(results.filter(({ __typename }) => __typename === 'PhoneVerified')).toHaveLength(1);
      expect(results.filter(({ __typename }) => __typename === 'ChallengeFailed')).toHaveLength(2);
    }
  });
});
