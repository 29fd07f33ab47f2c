import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ChangePasswordDocument,
  LoginDocument,
  MeDocument,
  RefreshDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  VerifyEmailDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { freshDatabase } from '../../support/databases.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
/** Allows several messages to one address. */
const WITHOUT_COOLDOWN = { OTP_RESEND_COOLDOWN: '0s' };

let app: TestApp;
beforeAll(async () => {
  app = await startApp(WITHOUT_COOLDOWN);
});
afterAll(() => app.close());

async function requestReset(email: string, client = app.client()) {
  const { requestPasswordReset } = await client.request(RequestPasswordResetDocument, { input: { identifier: email } });
  return expectType(requestPasswordReset, 'Challenge');
}

/** The latest message of the kind. */
async function waitForMessage(email: string, kind: string, wanted: number) {
  const found = (await app.mail(email, wanted)).find((mail) => mail.kind === kind);
  if (!found) throw new Error(`no ${kind} came to ${email}`);
  return found;
}

const tokenFromLink = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';

/** Opens the page like a mail scanner or a browser. */
const openPage = (link: string | null) => fetch(app.url + new URL(link ?? '').pathname + new URL(link ?? '').search);

const logIn = async (email: string, password: string) =>
  (await app.client().request(LoginDocument, { input: { identifier: email, password } })).login.__typename;

describe('a password reset', () => {
  test('by code ends all sessions, notifies the owner and does not sign in (T59)', async () => {
    const { email, client, accessToken, refreshToken } = await signUp(app);
    const challenge = await requestReset(email);
    const { code } = await waitForMessage(email, 'reset-password', 2);
    const input = { challengeId: challenge.id, code, newPassword: NEW_PASSWORD };
    const { resetPassword } = await client.request(ResetPasswordDocument, { input });
    expect(resetPassword).toEqual({ __typename: 'PasswordChanged', sessionsEnded: 1 });

    expect((await client.send(MeDocument, undefined, { token: accessToken })).data).toEqual({ me: null });
    const { refresh } = await client.request(RefreshDocument, { input: { refreshToken } });
    expect(refresh).toMatchObject({ __typename: 'RefreshRejected', reason: 'REVOKED' });
    expect(await logIn(email, PASSWORD)).toBe('InvalidCredentials');
    expect(await logIn(email, NEW_PASSWORD)).toBe('Authenticated');
    expect(await waitForMessage(email, 'password-changed', 3)).toMatchObject({ code: null });
  });

  test('by link works once, with a token of at least 128 random bits (T57)', async () => {
    const { email, client } = await signUp(app);
    await requestReset(email);
    const { link } = await waitForMessage(email, 'reset-password', 2);
    const token = tokenFromLink(link);
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    const input = { token, newPassword: NEW_PASSWORD };
    expect((await client.request(ResetPasswordDocument, { input })).resetPassword.__typename).toBe('PasswordChanged');
    const { resetPassword } = await client.request(ResetPasswordDocument, {
      input: { ...input, newPassword: PASSWORD },
    });
    expect(resetPassword).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED' });
    expect(await logIn(email, NEW_PASSWORD)).toBe('Authenticated');
  });

  test('with a rejected password uses up neither the link nor a guess (T57)', async () => {
    const { email, client } = await signUp(app);
    const challenge = await requestReset(email);
    const { code, link } = await waitForMessage(email, 'reset-password', 2);
    for (const newPassword of ['short', 'password123', email, email, email]) {
      const { resetPassword } = await client.request(ResetPasswordDocument, {
        input: { token: tokenFromLink(link), newPassword },
      });
      expect(resetPassword).toMatchObject({ __typename: 'InvalidInput', fields: [{ path: 'newPassword' }] });
    }
    for (const newPassword of ['short', 'shorter', 'shortest']) {
      const input = { challengeId: challenge.id, code, newPassword };
      expect((await client.request(ResetPasswordDocument, { input })).resetPassword.__typename).toBe('InvalidInput');
    }
    const input = { challengeId: challenge.id, code, newPassword: NEW_PASSWORD };
    expect((await client.request(ResetPasswordDocument, { input })).resetPassword.__typename).toBe('PasswordChanged');
  });

  test('returns the same response for an address without an account, and sends nothing (T55)', async () => {
    const { email } = await signUp(app);
    const unknownEmail = uniqueEmail();
    const [known, unknown] = [await requestReset(email), await requestReset(unknownEmail)];
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    expect(unknown).toMatchObject({ sentTo: 'a•••@example.com', codeLength: 6, channel: 'EMAIL' });
    const input = { challengeId: unknown.id, code: '000000', newPassword: NEW_PASSWORD };
    const { resetPassword } = await app.client().request(ResetPasswordDocument, { input });
    expect(resetPassword).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining: 2 });
    await waitForMessage(email, 'reset-password', 2); // By now a message to the unknown address would have come, too.
    expect(await app.mail(unknownEmail, 0)).toEqual([]);
  });

  test('rejects a code that verifies an address, and a reset code verifies none (T49)', async () => {
    const client = app.client();
    const pending = await beginSignUp(app, client);
    const reset = { challengeId: pending.challenge.id, code: pending.code, newPassword: NEW_PASSWORD };
    const { resetPassword } = await client.request(ResetPasswordDocument, { input: reset });
    expect(resetPassword).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });

    const { email } = await signUp(app);
    const challenge = await requestReset(email);
    const { code, link } = await waitForMessage(email, 'reset-password', 2);
    for (const input of [{ challengeId: challenge.id, code }, { token: tokenFromLink(link) }]) {
      const { verifyEmail } = await client.request(VerifyEmailDocument, { input });
      expect(verifyEmail).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
    }
  });

  test('works for a locked account (T39)', async () => {
    const { email } = await signUp(app);
    for (let failure = 0; failure < 11; failure++) await logIn(email, 'not-the-password-of-anyone');
    expect(await logIn(email, PASSWORD)).toBe('RateLimited');
    await requestReset(email);
    const { link } = await waitForMessage(email, 'reset-password', 2);
    const input = { token: tokenFromLink(link), newPassword: NEW_PASSWORD };
    const { resetPassword } = await app.client().request(ResetPasswordDocument, { input });
    expect(resetPassword.__typename).toBe('PasswordChanged');
    expect(await logIn(email, NEW_PASSWORD)).toBe('Authenticated');
  });
});

describe('“this wasn’t me” in a notice', () => {
  test('ends all sessions and starts a reset; opening the page does nothing', async () => {
    const { email, client, accessToken } = await signUp(app);
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    await client.request(ChangePasswordDocument, { input: change }, { token: accessToken });
    const { link } = await waitForMessage(email, 'password-changed', 2);

    expect((await openPage(link)).status).toBe(200);
    expect((await client.request(MeDocument, undefined, { token: accessToken })).me?.email).toBe(email);

    const post = () =>
      fetch(`${app.url}/not-me`, { method: 'POST', body: new URLSearchParams({ token: tokenFromLink(link) }) });
    expect((await post()).status).toBe(200);
    expect((await client.send(MeDocument, undefined, { token: accessToken })).data).toEqual({ me: null });
    expect((await waitForMessage(email, 'reset-password', 3)).code).toMatch(/^\d{6}$/);
    expect((await post()).status).toBe(410);
  });
});

describe('the page for a new password', () => {
  test('works without JavaScript and explains why a password is too weak', async () => {
    const { email } = await signUp(app);
    await requestReset(email);
    const { link } = await waitForMessage(email, 'reset-password', 2);
    expect(await (await openPage(link)).text()).toContain('type="password"');
    const post = (password: string) =>
      fetch(`${app.url}/reset-password`, {
        method: 'POST',
        body: new URLSearchParams({ token: tokenFromLink(link), password }),
      });
    expect(await (await post('12345678')).text()).toContain('id="problems"');
    expect((await post(NEW_PASSWORD)).status).toBe(200);
    expect(await logIn(email, NEW_PASSWORD)).toBe('Authenticated');
  });
});

describe('changePassword', () => {
  test('requires the current password, ends the other sessions and notifies the owner (T60)', async () => {
    const { email, client, accessToken: token } = await signUp(app);
    const other = expectType(
      (await app.client().request(LoginDocument, { input: { identifier: email, password: PASSWORD } })).login,
      'Authenticated',
    );
    const change = (currentPassword?: string) =>
      client.request(ChangePasswordDocument, { input: { currentPassword, newPassword: NEW_PASSWORD } }, { token });
    expect((await change()).changePassword.__typename).toBe('InvalidCredentials');
    expect((await change(NEW_PASSWORD)).changePassword.__typename).toBe('InvalidCredentials');
    expect((await change(PASSWORD)).changePassword).toEqual({ __typename: 'PasswordChanged', sessionsEnded: 1 });

    expect((await client.request(MeDocument, undefined, { token })).me?.email).toBe(email);
    expect((await client.send(MeDocument, undefined, { token: other.accessToken })).data).toEqual({ me: null });
    expect(await logIn(email, PASSWORD)).toBe('InvalidCredentials');
    await waitForMessage(email, 'password-changed', 2);
  });

  test('counts wrong passwords together with those of the login (T42)', async () => {
    const { email, client, accessToken: token } = await signUp(app);
    const input = { currentPassword: 'not-the-password-of-anyone', newPassword: NEW_PASSWORD };
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++) {
      const { changePassword } = await client.request(ChangePasswordDocument, { input }, { token });
      expect(changePassword.__typename).toBe('InvalidCredentials');
    }
    expect((await client.request(ChangePasswordDocument, { input }, { token })).changePassword.__typename).toBe(
      'RateLimited',
    );
    expect(await logIn(email, PASSWORD)).toBe('RateLimited');
  });
});

describePostgres('ten parallel resets with one link (T58)', () => {
  test('set one password, and the others get ALREADY_USED', async () => {
    const fresh = await freshDatabase(await postgresServer());
    const replica = await startApp({ ...WITHOUT_COOLDOWN, DATABASE_URL: fresh.url });
    try {
      const { email } = await signUp(replica);
      await replica.client().request(RequestPasswordResetDocument, { input: { identifier: email } });
      const reset = (await replica.mail(email, 2)).find(({ kind }) => kind === 'reset-password');
      const input = { token: tokenFromLink(reset?.link ?? null), newPassword: NEW_PASSWORD };
      const results = await Promise.all(
        Array.from(
          { length: 10 },
          async () => (await replica.client().request(ResetPasswordDocument, { input })).resetPassword,
        ),
      );
      expect(results.filter(({ __typename }) => __typename === 'PasswordChanged')).toHaveLength(1);
      const losers = results.filter(({ __typename }) => __typename === 'ChallengeFailed');
      expect(losers.map((loser) => 'reason' in loser && loser.reason)).toEqual(Array(9).fill('ALREADY_USED'));
    } finally {
      await replica.close();
      await fresh.drop();
    }
  });
});
