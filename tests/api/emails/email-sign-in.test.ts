import { sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { confirmEmailChange, startEmailChange, waitForMessage } from '../../support/account-changes.ts';
import { deactivate, insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmEmailOtp, receiveSignInMail, requestEmailOtp } from '../../support/email-sign-in.ts';
import { beginSignUp, signUp, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, uniquePhone } from '../../support/phones.ts';
import { dumpTables, rows } from '../../support/rows.ts';
import { signUpWithTotp, verifySecondFactor } from '../../support/second-factors.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Sign-in and sign-up with an emailed code or link.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const waitOutTheCooldown = () => clock.advance(MINUTE + SECOND);

describe('a sign-in by email', () => {
  test('creates an account with names and language for a new address, and no password', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const { challenge, byCode, message } = await receiveSignInMail(app, client, { email, locale: 'uz' });
    expect(challenge).toMatchObject({ channel: 'EMAIL', codeLength: 6, sentTo: 'a•••@example.com' });
    expect(message).toMatchObject({ channel: 'EMAIL', kind: 'sign-in', locale: 'uz' });
    expect(message.link).toMatch(/^http:\/\/localhost:4000\/sign-in\?token=[\w-]{43}$/);
    expect(await rows(app.app.services.db, sql`select id from users where email = ${email}`)).toEqual([]);

    const session = expectType(await confirmEmailOtp(client, { ...byCode, firstName: ' Ada ' }), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: true, user: { email, emailVerified: true } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: 'Ada', locale: 'uz', hasPassword: false });
  });

  test('signs in to the account of the address, and ignores the fields for a new account', async () => {
    const { email, user } = await signUp(app);
    const client = app.client();
    const { byCode } = await receiveSignInMail(app, client, { email });
    const session = expectType(await confirmEmailOtp(client, { ...byCode, firstName: 'Eve' }), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: false, user: { id: user.id } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: null, hasPassword: true });
  });

  test('by the link works in any client, for an hour, once, also after wrong codes', async () => {
    clock.hold();
    const [client, email] = [app.client(), uniqueEmail()];
    const { byCode, byLink } = await receiveSignInMail(app, client, { email });
    for (let guess = 0; guess < 4; guess++)
      await confirmEmailOtp(client, { ...byCode, code: wrongCodeFor(byCode.code) });
    clock.advance(HOUR - SECOND);
    const elsewhere = await confirmEmailOtp(app.client(), { ...byLink, device: 'Kitchen tablet' });
    const { session, isNewUser } = expectType(elsewhere, 'Authenticated');
    expect({ isNewUser, device: session.device }).toEqual({ isNewUser: true, device: 'Kitchen tablet' });
    expect(await confirmEmailOtp(app.client(), byLink)).toMatchObject({ reason: 'ALREADY_USED' });

    const late = await receiveSignInMail(app, client, { email });
    clock.advance(HOUR + SECOND);
    expect(await confirmEmailOtp(app.client(), late.byLink)).toMatchObject({ reason: 'EXPIRED' });
  });

  test('accepts a code once, for ten minutes, and rejects the right code after three wrong ones (T44, T46, T47)', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const first = await receiveSignInMail(app, client, { email });
    expectType(await confirmEmailOtp(client, first.byCode), 'Authenticated');
    expect(await confirmEmailOtp(client, first.byCode)).toMatchObject({ reason: 'ALREADY_USED' });
    expect(await confirmEmailOtp(client, first.byLink)).toMatchObject({ reason: 'ALREADY_USED' });

    waitOutTheCooldown();
    const second = await receiveSignInMail(app, client, { email });
    for (const attemptsRemaining of [2, 1, 0]) {
      const failed = await confirmEmailOtp(client, { ...second.byCode, code: wrongCodeFor(second.byCode.code) });
      expect(failed).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining });
    }
    expect(await confirmEmailOtp(client, second.byCode)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });

    waitOutTheCooldown();
    const third = await receiveSignInMail(app, client, { email });
    clock.advance(10 * MINUTE + SECOND);
    expect(await confirmEmailOtp(client, third.byCode)).toMatchObject({ reason: 'EXPIRED' });
  });

  test('refuses a wrong name before it counts a guess, and the code still works', async () => {
    const client = app.client();
    const { byCode } = await receiveSignInMail(app, client, { email: uniqueEmail() });
    for (let guess = 0; guess < 4; guess++) {
      const refused = await confirmEmailOtp(client, { ...byCode, firstName: 'x'.repeat(300) });
      expect(expectType(refused, 'InvalidInput').fields).toMatchObject([{ path: 'firstName', code: 'TOO_LONG' }]);
    }
    expectType(await confirmEmailOtp(client, byCode), 'Authenticated');
  });

  test('takes a code with its challenge or a token, and nothing between', async () => {
    const { byCode, byLink } = await receiveSignInMail(app, app.client(), { email: uniqueEmail() });
    const { challengeId, code } = byCode;
    for (const input of [{}, { challengeId }, { code }, { challengeId, code, ...byLink }, { code, ...byLink }])
      expectType(await confirmEmailOtp(app.client(), input), 'InvalidInput');
    const refused = await requestEmailOtp(app.client(), { email: 'ada@', locale: 'no language' });
    expect(expectType(refused, 'InvalidInput').fields).toMatchObject([{ path: 'email' }, { path: 'locale' }]);
  });

  test('accepts codes and links of its own purpose only, and no other flow accepts its own (T49)', async () => {
    const client = app.client();
    const { byCode, byLink } = await receiveSignInMail(app, client, { email: uniqueEmail() });
    for (const answer of [byCode, byLink]) {
      expect(await verify(client, answer)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
      const changed = await confirmEmailChange(client, answer, undefined).catch(({ message }: Error) => message);
      expect(JSON.stringify(changed)).toMatch(/UNKNOWN|UNAUTHENTICATED/);
    }
    expect(await confirmOtp(client, byCode)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });

    const signingUp = await beginSignUp(app, client);
    const bySms = await receiveCode(app, client, { phone: uniquePhone() });
    for (const { challengeId, code } of [
      { challengeId: signingUp.challenge.id, code: signingUp.code },
      bySms.submission,
      { challengeId: 'none', code: '123456' },
    ])
      expect(await confirmEmailOtp(client, { challengeId, code })).toMatchObject({ reason: 'UNKNOWN' });
    expectType(await confirmEmailOtp(client, byCode), 'Authenticated');
  });

  test('reveals only after the right code that the account is deactivated, and changes nothing in it', async () => {
    const { email, id } = await insertAccount(app, { verified: false });
    await deactivate(app, id);
    const client = app.client();
    const { byCode } = await receiveSignInMail(app, client, { email });
    expectType(await confirmEmailOtp(client, { ...byCode, code: wrongCodeFor(byCode.code) }), 'ChallengeFailed');
    expectType(await confirmEmailOtp(client, byCode), 'AccountDisabled');
    const left = sql`select email_verified_at, exists (select from passwords where user_id = ${id}) as has_password from users where id = ${id}`;
    expect(await rows(app.app.services.db, left)).toEqual([{ email_verified_at: null, has_password: true }]);
  });

  test('asks for the second factor of an account that requires one, and amr names both (T107)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    for (const answer of ['byCode', 'byLink'] as const) {
      waitOutTheCooldown();
      const client = app.client();
      const mail = await receiveSignInMail(app, client, { email: ada.email });
      const confirmed = await confirmEmailOtp(client, { ...mail[answer], device: 'Kitchen tablet' });
      const { challengeId } = expectType(confirmed, 'SecondFactorRequired');
      expect(await confirmEmailOtp(client, mail[answer])).toMatchObject({ reason: 'ALREADY_USED' });
      const totp = ada.authenticator.code(clock.now());
      const session = expectType(await verifySecondFactor(client, { challengeId, totp }), 'Authenticated');
      expect(session).toMatchObject({ isNewUser: false, session: { device: 'Kitchen tablet' } });
      expect(decodeJwt(session.accessToken).amr).toEqual(['otp', 'mfa']);
    }
  });

  test('notifies the owner of a new device, and the session says how it began', async () => {
    const { email } = await signUp(app);
    const client = app.client({ headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' } });
    const { byLink } = await receiveSignInMail(app, client, { email });
    const { accessToken } = expectType(await confirmEmailOtp(client, byLink), 'Authenticated');
    await waitForMessage(app, email, 'new-device');
    expect(decodeJwt(accessToken).amr).toEqual(['otp']);
  });

  test('is recorded without the address, and no code or token is stored (T53, T88, T90)', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const { byCode, byLink } = await receiveSignInMail(app, client, { email });
    await confirmEmailOtp(client, { ...byCode, code: wrongCodeFor(byCode.code) });
    await confirmEmailOtp(client, byCode);
    const { db } = app.app.services;
    const recorded = sql`select type, outcome, method, detail from audit_events where ip_address = ${client.ip}::inet`;
    const list = async () => (await rows<Record<string, string>>(db, recorded)).map((row) => Object.values(row));
    await expect.poll(list).toHaveLength(5);
    expect((await list()).map(([type, outcome, method]) => `${type} ${outcome} ${method}`).sort()).toEqual([
      'email-verification failed email-code',
      'email-verification requested email-code',
      'email-verification succeeded email-code',
      'sign-in succeeded email-code',
      'sign-up completed email-code',
    ]);
    expect(JSON.stringify(await list())).not.toContain(email);
    const dump = await dumpTables(db);
    expect(dump).toContain(byCode.challengeId);
    expect(dump).not.toContain(byLink.token);
  });
});

describe('a code for an account whose address has changed', () => {
  test('signs no one in, nor does it create an account for the old address', async () => {
    const ada = await signUp(app);
    const { byCode, byLink } = await receiveSignInMail(app, app.client(), { email: ada.email });
    const { challengeId, code } = await startEmailChange(app, ada);
    expectType(await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken), 'EmailChanged');
    expect(await confirmEmailOtp(app.client(), byCode)).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await confirmEmailOtp(app.client(), byLink)).toMatchObject({ reason: 'UNKNOWN' });
    const owners = sql`select id from users where email = ${ada.email}`;
    expect(await rows(app.app.services.db, owners)).toEqual([]);
  });
});

describe('pending sign-ups with a password', () => {
  test('give nothing to the account that a sign-in by email creates, and end with it (T34)', async () => {
    const [attacker, owner, email] = [app.client(), app.client(), uniqueEmail()];
    const { challenge, password } = await beginSignUp(app, attacker, email);
    const { byLink } = await receiveSignInMail(app, owner, { email });
    const session = expectType(await confirmEmailOtp(owner, byLink), 'Authenticated');
    expect(session.isNewUser).toBe(true);
    expect(await me(owner, session.accessToken)).toMatchObject({ hasPassword: false });
    const [signUpMail] = (await app.mail(email, 2)).filter(({ kind }) => kind === 'sign-up');
    const late = await verify(attacker, { challengeId: challenge.id, code: signUpMail?.code });
    expect(late).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE' });
    expectType(await login(app.client(), email, password), 'InvalidCredentials');
  });

  test('that are completed first leave the code for signing in to the account', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const { byCode } = await receiveSignInMail(app, client, { email });
    const { user } = await signUp(app, app.client(), email).catch(async () => expect.fail('the sign-up failed'));
    const session = expectType(await confirmEmailOtp(client, byCode), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: false, user: { id: user.id } });
    expect(await me(client, session.accessToken)).toMatchObject({ hasPassword: true });
  });
});
