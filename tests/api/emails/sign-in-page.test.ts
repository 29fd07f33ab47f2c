import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RefreshDocument } from '../../../schema/generated/graphql.ts';
import { createKeyring } from '../../../src/core/secrets.ts';
import { createRecoveryCodes } from '../../../src/features/factors/recovery-code.service.ts';
import { requestResetToken, submitPage } from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmEmailOtp, receiveSignInMail, requestEmailOtp, signUpByEmailOtp } from '../../support/email-sign-in.ts';
import { insertFactors } from '../../support/factors.ts';
import { uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { signUpWithTotp, TIME_STEP } from '../../support/second-factors.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// The built-in page behind the link of a sign-in by email.

const SECRET = randomBytes(32);
const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s', SECRET_KEY: SECRET.toString('base64') }, { clock });
});
afterAll(() => app.close());

const open = (token: string, method = 'GET') => fetch(`${app.url}/sign-in?token=${token}`, { method });

/** Refreshes as a browser with the cookie does. */
async function refreshWith(cookie: string) {
  const [header = ''] = cookie.split(';');
  const { refresh } = await app.client().request(RefreshDocument, { input: {} }, { headers: { cookie: header } });
  const { refreshToken, user } = expectType(refresh, 'Authenticated');
  return { refreshToken, email: user.email };
}

describe('/sign-in', () => {
  test('signs in in the browser that opens the link, without changing anything before the button is pressed', async () => {
    const email = uniqueEmail('mubina');
    const { byLink } = await receiveSignInMail(app, app.client(), { email });
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await open(byLink.token, method);
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
      if (method === 'GET') expect(await page.text()).toContain('m•••@example.com has no account');
    }
    expect(await rows(app.app.services.db, sql`select id from users where email = ${email}`)).toEqual([]);

    const done = await submitPage(app, '/sign-in', byLink.token);
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Your account was created')]);
    const cookie = done.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^refresh=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(await refreshWith(cookie)).toEqual({ refreshToken: null, email });

    const again = await submitPage(app, '/sign-in', byLink.token);
    expect([again.status, again.headers.get('set-cookie')]).toEqual([410, null]);
    expect((await open(byLink.token)).status).toBe(410);
  });

  test('names an existing account as such', async () => {
    const { email } = await signUpByEmailOtp(app, app.client(), uniqueEmail('lola'));
    const { byLink } = await receiveSignInMail(app, app.client(), { email });
    expect(await (await open(byLink.token)).text()).toContain('as l•••@example.com in this browser');
    expect(await (await submitPage(app, '/sign-in', byLink.token)).text()).toContain('You are signed in');
  });

  test('refuses a form of another site, so that no site can sign a visitor in to another account', async () => {
    const { byLink } = await receiveSignInMail(app, app.client(), { email: uniqueEmail() });
    const forged = await fetch(`${app.url}/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      body: new URLSearchParams(byLink),
    });
    expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null]);
    expect((await open(byLink.token)).status).toBe(200);
  });

  test('does not accept the link of another purpose', async () => {
    const { email } = await signUpByEmailOtp(app);
    const token = await requestResetToken(app, email);
    expect((await open(token)).status).toBe(404);
    expect((await submitPage(app, '/sign-in', token)).status).toBe(404);
    expect((await fetch(`${app.url}/reset-password?token=${token}`)).status).toBe(200);
  });
});

describe('/sign-in, for an account with an authenticator app', () => {
  const submit = (fields: Record<string, string>) =>
    fetch(`${app.url}/sign-in`, { method: 'POST', body: new URLSearchParams(fields) });

  /** Presses the button; returns the fields of the form that asks for a code. */
  async function begin(email: string) {
    const { byLink } = await receiveSignInMail(app, app.client(), { email });
    const page = await submitPage(app, '/sign-in', byLink.token);
    expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
    const [, challenge = ''] = /name="challenge" value="([^"]+)"/.exec(await page.text()) ?? [];
    return { ...byLink, challenge };
  }

  test('signs in after a code of the app or for recovery, and each wrong code is counted (T107)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    const first = await begin(ada.email);
    const unreadable = await submit({ ...first, code: '12' });
    expect([unreadable.status, unreadable.headers.get('set-cookie')]).toEqual([422, null]);
    expect(await unreadable.text()).toContain('Enter the six digits of the code.');
    const wrong = await submit({ ...first, code: wrongCodeFor(ada.authenticator.code(clock.now())) });
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('This code is wrong')]);
    clock.advance(TIME_STEP);
    const done = await submit({ ...first, code: ada.authenticator.code(clock.now()) });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('You are signed in')]);
    expect(await refreshWith(done.headers.get('set-cookie') ?? '')).toEqual({ refreshToken: null, email: ada.email });

    const second = await begin(ada.email);
    const [recoveryCode = ''] = ada.recoveryCodes;
    expect((await submit({ ...second, code: ` ${recoveryCode.toUpperCase()} ` })).headers.get('set-cookie')).toMatch(
      /^refresh=/,
    );
    expect((await submit({ ...second, code: recoveryCode })).headers.get('set-cookie')).toBeNull();
  });

  test('accepts eight digits, of an imported app or for recovery', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    const { db } = app.app.services;
    await rows(db, sql`update totp_factors set digits = 8 where user_id = ${ada.user.id}`);
    clock.advance(TIME_STEP);
    const first = await begin(ada.email);
    const byApp = await submit({ ...first, code: ada.authenticator.code(clock.now(), 8) });
    expect([byApp.status, await byApp.text()]).toEqual([200, expect.stringContaining('You are signed in')]);

    const { digest } = createRecoveryCodes({ keyring: createKeyring([SECRET]), clock });
    await rows(
      db,
      sql`update recovery_codes set digest = ${digest(ada.user.id, '31415926')} where digest = (
      select digest from recovery_codes where user_id = ${ada.user.id} limit 1)`,
    );
    const second = await begin(ada.email);
    const forRecovery = await submit({ ...second, code: '3141 5926' });
    expect([forRecovery.status, await forRecovery.text()]).toEqual([200, expect.stringContaining('You are signed in')]);
  });

  test('ends after three wrong codes, and a challenge from elsewhere signs no one in (T107)', async () => {
    const ada = await signUpWithTotp(app, clock.now());
    const fields = await begin(ada.email);
    const code = wrongCodeFor(ada.authenticator.code(clock.now()));
    const statuses: number[] = [];
    for (let guess = 0; guess < 4; guess++) statuses.push((await submit({ ...fields, code })).status);
    expect(statuses).toEqual([422, 422, 429, 429]);
    for (const challenge of [crypto.randomUUID(), 'x', "'"])
      expect((await submit({ ...fields, challenge, code })).status).toBe(404);
  });

  test('leads a user who has only passkeys to the app', async () => {
    const { email, user } = await signUpByEmailOtp(app);
    await insertFactors(app, user.id);
    const { db } = app.app.services;
    await rows(db, sql`delete from totp_factors where user_id = ${user.id}`);
    await rows(db, sql`delete from recovery_codes where user_id = ${user.id}`);
    const { byLink } = await receiveSignInMail(app, app.client(), { email });
    const page = await submitPage(app, '/sign-in', byLink.token);
    expect([page.status, page.headers.get('set-cookie')]).toEqual([403, null]);
    expect(await page.text()).toContain('It will ask for your passkey or security key.');
  });
});

describe('the settings', () => {
  test('EMAIL_SIGN_IN=off refuses requests, codes and links, and removes the page', async () => {
    const off = await startApp({ EMAIL_SIGN_IN: 'off' });
    const client = off.client();
    const requested = expectType(await requestEmailOtp(client, { email: uniqueEmail() }), 'InvalidInput');
    expect(requested.fields).toMatchObject([{ path: 'email', code: 'NOT_ALLOWED' }]);
    const answers = [{ challengeId: crypto.randomUUID(), code: '123456' }, { token: 'A'.repeat(43) }];
    const refused = await Promise.all(answers.map((answer) => confirmEmailOtp(client, answer)));
    expect(refused.map((each) => expectType(each, 'InvalidInput').fields)).toMatchObject([
      [{ path: 'code', code: 'NOT_ALLOWED' }],
      [{ path: 'token', code: 'NOT_ALLOWED' }],
    ]);
    expect((await fetch(`${off.url}/sign-in?token=${'A'.repeat(43)}`)).status).toBe(404);
    await off.close();
  });

  test('SIGN_IN_URL leads the link to the frontend’s page instead of ours', async () => {
    const own = await startApp({ SIGN_IN_URL: 'https://app.example.com/in?lang=uz' });
    const { message } = await receiveSignInMail(own, own.client(), { email: uniqueEmail() });
    expect(message.link).toMatch(/^https:\/\/app\.example\.com\/in\?lang=uz&token=[\w-]{43}$/);
    expect((await fetch(`${own.url}/sign-in?token=${'A'.repeat(43)}`)).status).toBe(404);
    await own.close();
  });
});
