import { sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { deactivate, insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

// What EMAIL_VERIFICATION, EMAIL_VERIFICATION_METHOD and SIGN_UP change.

let app: TestApp;
let clock: TestClock;

const use = (env: Environment) => {
  beforeAll(async () => {
    clock = testClock();
    app = await startApp(env, { clock });
  });
  afterAll(() => app.close());
};

/** Signs up without verifying the address. */
async function registerAda() {
  const [client, email] = [app.client(), uniqueEmail()];
  const session = expectType(await register(client, { email, password: PASSWORD, firstName: 'Ada' }), 'Authenticated');
  return { client, email, session };
}

describe('EMAIL_VERIFICATION=off', () => {
  use({ EMAIL_VERIFICATION: 'off' });

  test('signs up with a session at once, asks for no code later, and sends no mail', async () => {
    const { client, email, session } = await registerAda();
    expect(session).toMatchObject({ isNewUser: true, user: { email, emailVerified: false } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: 'Ada', hasPassword: true, roles: [] });
    expectType(await login(client, email, PASSWORD), 'Authenticated');
    expect(await app.mail(email, 0)).toEqual([]);
  });

  test('returns EmailTaken for a known address and does not change the account', async () => {
    const { email } = await registerAda();
    clock.advance(MINUTE + SECOND);
    const again = await register(app.client(), { email: email.toUpperCase(), password: 'another-harbour-92-lantern' });
    expect(again).toEqual({ __typename: 'EmailTaken', message: 'This email address belongs to another account.' });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    const events = sql`select outcome from audit_events where type = 'sign-up' order by at desc limit 2`;
    await expect
      .poll(() => rows(app.app.services.db, events))
      .toEqual([{ outcome: 'taken' }, { outcome: 'completed' }]);
  });

  test('verifies the address on request', async () => {
    const { client, email } = await registerAda();
    clock.advance(MINUTE + SECOND);
    const { id } = expectType(await resend(client, { email }), 'Challenge');
    const [message] = await app.mail(email);
    const verified = expectType(await verify(client, { challengeId: id, code: message?.code }), 'Authenticated');
    expect(verified).toMatchObject({ isNewUser: false, user: { emailVerified: true } });
  });

  test('in cookie mode sets the refresh token of a sign-up as a cookie (T74)', async () => {
    const input = { email: uniqueEmail(), password: PASSWORD, transport: 'COOKIE' as const };
    const { data, headers } = await app.client().send(RegisterEmailDocument, { input });
    expect(data?.registerEmail).toMatchObject({ __typename: 'Authenticated', refreshToken: null });
    expect(headers.getSetCookie()[0]).toMatch(/^refresh=[^;]+; .*HttpOnly; SameSite=Lax$/);
  });
});

describe('EMAIL_VERIFICATION=login', () => {
  use({ EMAIL_VERIFICATION: 'login' });

  test('gives the session of a sign-up an unverified address and no roles, and mails a code (T33)', async () => {
    const { client, email, session } = await registerAda();
    expect(decodeJwt(session.accessToken)).toMatchObject({ email, email_verified: false, roles: [] });
    expect(await me(client, session.accessToken)).toMatchObject({ emailVerified: false });
    expect(await app.mail(email)).toMatchObject([
      { kind: 'verify-email', code: expect.any(String), link: expect.any(String) },
    ]);
  });

  test('asks the next sign-in, and only that one, for a code; the code of the sign-up’s mail works', async () => {
    const { email } = await registerAda();
    const [message] = await app.mail(email);
    const otherClient = app.client();
    const challenge = expectType(await login(otherClient, email, PASSWORD), 'Challenge');
    const submission = { challengeId: challenge.id, code: message?.code };
    const result = expectType(await verify(otherClient, submission), 'Authenticated');
    expect(result).toMatchObject({ isNewUser: false, user: { email, emailVerified: true } });
    expect(decodeJwt(result.accessToken)).toMatchObject({ email_verified: true });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('accepts the next sign-in after the link of the sign-up’s mail was opened with the password', async () => {
    const { email } = await registerAda();
    const [message] = await app.mail(email);
    const token = tokenFromLink(message?.link);
    expectType(await verify(app.client(), { token, password: PASSWORD }), 'EmailVerified');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('returns the same challenge to a repeated sign-in within the cool-down, and sends nothing', async () => {
    const { email } = await insertAccount(app, { verified: false, locale: 'ru' });
    const first = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const second = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    expect(second).toEqual(first);
    const messages = await app.mail(email);
    expect(messages).toMatchObject([{ kind: 'login-email', locale: 'ru' }]);
    expectType(await verify(app.client(), { challengeId: second.id, code: messages[0]?.code }), 'Authenticated');
  });

  test('does not offer a challenge without guesses left again, and sends a new one', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const exhausted = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    for (let guess = 0; guess < 3; guess++)
      await verify(app.client(), { challengeId: exhausted.id, code: wrongCodeFor(message?.code) });
    // The password was right: a sign-in has messages of its own, which strangers cannot use up.
    const fresh = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    expect(fresh.id).not.toBe(exhausted.id);
  });

  test('does not offer an expired challenge again when the address has used up its messages', async () => {
    const { email } = await insertAccount(app, { verified: false });
    for (let message = 0; message < 20; message++) {
      expectType(await login(app.client(), email, PASSWORD), 'Challenge');
      clock.advance(MINUTE + SECOND);
    }
    expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    clock.advance(10 * MINUTE);
    expectType(await login(app.client(), email, PASSWORD), 'Challenge'); // One of the messages for signing in.
  });

  test('rejects the code of another user’s sign-in and that of the sign-up (T49)', async () => {
    const { email } = await registerAda();
    const [signUpMessage] = await app.mail(email);
    const other = await insertAccount(app, { verified: false });
    expectType(await login(app.client(), other.email, PASSWORD), 'Challenge');
    const [otherMessage] = await app.mail(other.email);
    clock.advance(MINUTE + SECOND);
    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    for (const code of [signUpMessage?.code, otherMessage?.code])
      expect(await verify(app.client(), { challengeId: id, code })).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('reveals only after the right password that the address is unverified or the account deactivated (T35)', async () => {
    const { id, email } = await insertAccount(app, { verified: false });
    expectType(await login(app.client(), email, 'wrong-horse-battery'), 'InvalidCredentials');
    expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    await deactivate(app, id);
    expectType(await login(app.client(), email, 'wrong-horse-battery'), 'InvalidCredentials');
    expectType(await login(app.client(), email, PASSWORD), 'AccountDisabled');
  });

  test('returns EmailTaken for a known address', async () => {
    const { email } = await insertAccount(app);
    expectType(await register(app.client(), { email, password: PASSWORD }), 'EmailTaken');
  });
});

describe('EMAIL_VERIFICATION=signup', () => {
  use({});

  test('asks an account with an unverified address for a code at its next sign-in', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('SIGN_UP=closed', () => {
  use({ SIGN_UP: 'closed' });

  test('rejects every sign-up with the same response; existing accounts sign in and verify', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const known = await register(app.client(), { email, password: PASSWORD });
    expect(await register(app.client(), { email: uniqueEmail(), password: PASSWORD })).toEqual(known);
    expect(expectType(known, 'InvalidInput').fields).toEqual([
      { path: 'email', code: 'NOT_ALLOWED', message: 'New accounts can’t be created here.', limit: null },
    ]);
    expect(await rows(app.app.services.db, sql`select id from challenges`)).toEqual([]);
    expect(await app.mail(email, 0)).toEqual([]);

    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
  });
});
