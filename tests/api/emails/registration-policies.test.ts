import { sql } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
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

/** An account that its owner has not proved, and how it came to be. */
async function registerUser() {
  const [client, email] = [app.client(), uniqueEmail()];
  const session = expectType(await register(client, { email, password: PASSWORD, firstName: 'Ada' }), 'Authenticated');
  return { client, email, session };
}

describe('EMAIL_VERIFICATION=off', () => {
  use({ EMAIL_VERIFICATION: 'off' });

  test('a sign-up is an account and a session at once, later sign-ins ask for nothing, and no mail is sent', async () => {
    const { client, email, session } = await registerUser();
    expect(session).toMatchObject({ isNewUser: true, user: { email, emailVerified: false } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: 'Ada', hasPassword: true, roles: [] });
    expectType(await login(client, email, PASSWORD), 'Authenticated');
    expect(await app.mail(email, 0)).toEqual([]);
  });

  test('an address that is taken says so, and the account stays as it is', async () => {
    const { email } = await registerUser();
    clock.advance(MINUTE + SECOND);
    const again = await register(app.client(), { email: email.toUpperCase(), password: 'another-harbour-92-lantern' });
    expect(again).toEqual({ __typename: 'EmailTaken', message: 'Another account has this email address.' });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
    const events = await rows(
      app.app.services.db,
      sql`select outcome from audit_events where type = 'sign-up' order by ctid desc limit 2`,
    );
    expect(events).toEqual([{ outcome: 'taken' }, { outcome: 'completed' }]);
  });

  test('who wants to prove the address can', async () => {
    const { client, email } = await registerUser();
    clock.advance(MINUTE + SECOND);
    const { id } = expectType(await resend(client, { email }), 'Challenge');
    const [message] = await app.mail(email);
    const verified = expectType(await verify(client, { challengeId: id, code: message?.code }), 'Authenticated');
    expect(verified).toMatchObject({ isNewUser: false, user: { emailVerified: true } });
  });

  test('in cookie mode the session of a sign-up travels in a cookie (T74)', async () => {
    const input = { email: uniqueEmail(), password: PASSWORD, transport: 'COOKIE' as const };
    const { data, headers } = await app.client().send(RegisterEmailDocument, { input });
    expect(data?.registerEmail).toMatchObject({ __typename: 'Authenticated', refreshToken: null });
    expect(headers.getSetCookie()[0]).toMatch(/^refresh=[^;]+; .*HttpOnly; SameSite=Lax$/);
  });
});

describe('EMAIL_VERIFICATION=login', () => {
  use({ EMAIL_VERIFICATION: 'login' });

  test('the session of a sign-up says that the address is unproved and has no role; the mail asks for the proof (T33)', async () => {
    const { client, email, session } = await registerUser();
    expect(decodeJwt(session.accessToken)).toMatchObject({ email, email_verified: false, roles: [] });
    expect(await me(client, session.accessToken)).toMatchObject({ emailVerified: false });
    expect(await app.mail(email)).toMatchObject([
      { kind: 'verify-email', code: expect.any(String), link: expect.any(String) },
    ]);
  });

  test('the next sign-in is a challenge that the code of the sign-up’s mail answers; the one after it is not', async () => {
    const { email } = await registerUser();
    const [message] = await app.mail(email);
    const elsewhere = app.client();
    const challenge = expectType(await login(elsewhere, email, PASSWORD), 'Challenge');
    const proof = { challengeId: challenge.id, code: message?.code };
    const answer = expectType(await verify(elsewhere, proof), 'Authenticated');
    expect(answer).toMatchObject({ isNewUser: false, user: { email, emailVerified: true } });
    expect(decodeJwt(answer.accessToken)).toMatchObject({ email_verified: true });
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('the link of the sign-up’s mail lets the next sign-in through', async () => {
    const { email } = await registerUser();
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { token: tokenFromLink(message?.link) }), 'EmailVerified');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });

  test('signing in again within the cool-down answers with the same challenge and sends nothing', async () => {
    const { email } = await insertAccount(app, { verified: false, locale: 'ru' });
    const first = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const second = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    expect(second).toEqual(first);
    const messages = await app.mail(email);
    expect(messages).toMatchObject([{ kind: 'login-email', locale: 'ru' }]);
    expectType(await verify(app.client(), { challengeId: second.id, code: messages[0]?.code }), 'Authenticated');
  });

  test('a challenge that takes no more guesses is not offered again: wait for the next', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const burnt = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    for (let guess = 0; guess < 3; guess++)
      await verify(app.client(), { challengeId: burnt.id, code: wrongCodeFor(message?.code) });
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
    clock.advance(MINUTE + SECOND);
    const fresh = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    expect(fresh.id).not.toBe(burnt.id);
  });

  test('nor is one that has expired, when the address may get no more messages today', async () => {
    const { email } = await insertAccount(app, { verified: false });
    for (let message = 0; message < 20; message++) {
      expectType(await login(app.client(), email, PASSWORD), 'Challenge');
      clock.advance(MINUTE + SECOND);
    }
    expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    clock.advance(10 * MINUTE);
    expectType(await login(app.client(), email, PASSWORD), 'RateLimited');
  });

  test('the code of somebody else’s sign-in, or of the sign-up, does not answer it (T49)', async () => {
    const { email } = await registerUser();
    const [signUpMessage] = await app.mail(email);
    const other = await insertAccount(app, { verified: false });
    expectType(await login(app.client(), other.email, PASSWORD), 'Challenge');
    const [otherMessage] = await app.mail(other.email);
    clock.advance(MINUTE + SECOND);
    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    for (const code of [signUpMessage?.code, otherMessage?.code])
      expect(await verify(app.client(), { challengeId: id, code })).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('that a proof is missing, or that the account is deactivated, is said after the right password (T35)', async () => {
    const { id, email } = await insertAccount(app, { verified: false });
    expectType(await login(app.client(), email, 'wrong-horse-battery'), 'InvalidCredentials');
    expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    await deactivate(app, id);
    expectType(await login(app.client(), email, 'wrong-horse-battery'), 'InvalidCredentials');
    expectType(await login(app.client(), email, PASSWORD), 'AccountDisabled');
  });

  test('an address that is taken says so', async () => {
    const { email } = await insertAccount(app);
    expectType(await register(app.client(), { email, password: PASSWORD }), 'EmailTaken');
  });
});

describe('EMAIL_VERIFICATION=signup', () => {
  use({});

  test('an account from before, whose address was never proved, proves it at the next sign-in', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('SIGN_UP=closed', () => {
  use({ SIGN_UP: 'closed' });

  test('nobody signs up, known or unknown, and the answer is the same; existing accounts sign in and prove', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const known = await register(app.client(), { email, password: PASSWORD });
    expect(await register(app.client(), { email: uniqueEmail(), password: PASSWORD })).toEqual(known);
    expect(expectType(known, 'InvalidInput').fields).toEqual([
      { path: 'email', code: 'NOT_ALLOWED', message: 'New accounts cannot be created here.' },
    ]);
    expect(await rows(app.app.services.db, sql`select id from challenges`)).toEqual([]);
    expect(await app.mail(email, 0)).toEqual([]);

    const { id } = expectType(await login(app.client(), email, PASSWORD), 'Challenge');
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { challengeId: id, code: message?.code }), 'Authenticated');
  });
});

describe('EMAIL_VERIFICATION_METHOD=link', () => {
  use({ EMAIL_VERIFICATION_METHOD: 'link' });

  test('the message holds a link and no code, and the challenge says how long the link is good', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
    expect(challenge.codeLength).toBe(0);
    expect(Date.parse(challenge.expiresAt) - clock.now().getTime()).toBeGreaterThan(HOUR - 5 * SECOND);
    const [message] = await app.mail(email);
    expect(message).toMatchObject({
      kind: 'sign-up',
      code: null,
      link: expect.stringMatching(/\/verify-email\?token=/),
    });
    expect(message?.text).not.toMatch(/\b\d{6}\b/);
    expect(await verify(client, { challengeId: challenge.id, code: '000000' })).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await verify(client, { token: tokenFromLink(message?.link) })).toEqual({
      __typename: 'EmailVerified',
      email,
    });
    expectType(await login(client, email, PASSWORD), 'Authenticated');
  });

  test('an outsider sees no difference (T30)', async () => {
    const owner = await insertAccount(app);
    const views = [];
    for (const email of [owner.email, uniqueEmail()]) {
      const challenge = expectType(await register(app.client(), { email, password: PASSWORD }), 'Challenge');
      const { id, expiresAt, resendAt, ...rest } = challenge;
      const guess = await verify(app.client(), { challengeId: id, code: '000000' });
      views.push({ rest, guess, between: Date.parse(expiresAt) - Date.parse(resendAt) });
    }
    expect(views[0]).toEqual(views[1]);
  });

  test('a sign-in that waits for the proof goes on after the link was opened', async () => {
    const { email } = await insertAccount(app, { verified: false });
    expect(expectType(await login(app.client(), email, PASSWORD), 'Challenge').codeLength).toBe(0);
    const [message] = await app.mail(email);
    expectType(await verify(app.client(), { token: tokenFromLink(message?.link) }), 'EmailVerified');
    expectType(await login(app.client(), email, PASSWORD), 'Authenticated');
  });
});

describe('EMAIL_VERIFICATION_METHOD=code', () => {
  use({ EMAIL_VERIFICATION_METHOD: 'code' });

  test('the message holds a code and no link, and nothing can be done without the challenge', async () => {
    const [client, email] = [app.client(), uniqueEmail()];
    const challenge = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
    expect(challenge.codeLength).toBe(6);
    const [message] = await app.mail(email);
    expect(message).toMatchObject({ kind: 'sign-up', code: expect.stringMatching(/^\d{6}$/), link: null });
    expect(message?.text).not.toMatch(/https?:/);
    const digests = sql`select token_digest as digest from challenges where id = ${challenge.id}`;
    expect(await rows(app.app.services.db, digests)).toEqual([{ digest: null }]);
    expectType(await verify(client, { challengeId: challenge.id, code: message?.code }), 'Authenticated');
  });
});
