import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import { submitPage, waitForMessage } from '../../support/account-changes.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink } from '../../support/verification.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' });
});
afterAll(() => app.close());

const from = (agent: string) => ({ headers: { 'user-agent': agent } });
const signInFrom = async (email: string, agent: string) =>
  expectType(await login(app.client(), email, PASSWORD, from(agent)), 'Authenticated');
const countNotices = async (email: string) =>
  (
    await rows<{ n: number }>(
      app.app.services.db,
      sql`select count(*)::int as n from challenges where subject = ${email} and purpose = 'NOT_ME'`,
    )
  )[0]?.n;

describe('a new-device notice', () => {
  test('is sent once per new device, with its name and a link to undo the sign-in', async () => {
    const ada = await signUp(app, app.client(from(FIREFOX)));
    await signInFrom(ada.email, FIREFOX);
    expect(await countNotices(ada.email)).toBe(0);

    const attacker = await signInFrom(ada.email, SAFARI);
    const notice = await waitForMessage(app, ada.email, 'new-device');
    expect(notice.text).toContain('Safari on iOS');
    expect(notice.link).toContain('/not-me?token=');
    await signInFrom(ada.email, SAFARI);
    await signInFrom(ada.email, FIREFOX);
    expect(await countNotices(ada.email)).toBe(1);

    expect((await submitPage(app, '/not-me', tokenFromLink(notice.link))).status).toBe(200);
    for (const { accessToken } of [ada, attacker]) expect(await me(app.client(), accessToken)).toBeNull();
    expect((await waitForMessage(app, ada.email, 'reset-password')).code).toMatch(/^\d{6}$/);
    const ends = await rows(
      app.app.services.db,
      sql`select distinct end_reason from sessions where user_id = ${ada.user.id}`,
    );
    expect(ends).toEqual([{ end_reason: 'not-me' }]);
    // A disowned device is not a known device.
    await signInFrom(ada.email, SAFARI);
    expect(await countNotices(ada.email)).toBe(2);
  });

  test('is in the account’s language, whatever the browser’s', async () => {
    const { email } = await insertAccount(app, { locale: 'ru' });
    await signInFrom(email, FIREFOX);
    await login(app.client(), email, PASSWORD, { headers: { 'user-agent': SAFARI, 'accept-language': 'uz' } });
    expect((await waitForMessage(app, email, 'new-device')).locale).toBe('ru');
  });

  test('is not sent for the first sign-in after a sign-up by code or link', async () => {
    const ada = await signUp(app);
    const client = app.client();
    const { message, email } = await beginSignUp(app, client, uniqueEmail());
    await verify(client, { token: tokenFromLink(message.link) });
    await signInFrom(email, SAFARI);
    expect([await countNotices(ada.email), await countNotices(email)]).toEqual([0, 0]);
  });

  test('shows no text that the caller chose, neither the device name nor the User-Agent (T105)', async () => {
    const { email } = await insertAccount(app);
    await signInFrom(email, FIREFOX);
    const device = 'URGENT call +1 900 555 0100';
    const query = 'mutation ($i: LoginInput!) { login(input: $i) { __typename } }';
    await app
      .client()
      .post({ query, variables: { i: { identifier: email, password: PASSWORD, device } } }, from(SAFARI));
    const notice = await waitForMessage(app, email, 'new-device');
    expect(notice.text).toContain('Device: Safari on iOS');
    await app.client().send(RequestPasswordResetDocument, { input: { identifier: email } }, from(`${device}/1.0`));
    const reset = await waitForMessage(app, email, 'reset-password');
    for (const { text, html, subject } of [notice, reset]) expect(text + html + subject).not.toMatch(/URGENT|900/);
  });

  test('is not sent for a wrong password', async () => {
    const { email } = await insertAccount(app);
    await signInFrom(email, FIREFOX);
    await login(app.client(), email, 'not-the-password-of-anyone', from(SAFARI));
    expect(await countNotices(email)).toBe(0);
  });

  test('is sent for a sign-in by code, too', async () => {
    const own = await startApp({ EMAIL_VERIFICATION: 'login', OTP_RESEND_COOLDOWN: '0s' });
    try {
      const { email } = await insertAccount(own, { verified: false });
      await own.app.services.db.execute(sql`update users set last_login_at = now() where email = ${email}`);
      const challenge = expectType(await login(own.client(), email, PASSWORD), 'Challenge');
      const [message] = await own.mail(email);
      const submission = { challengeId: challenge.id, code: message?.code };
      expectType(await verify(own.client(), submission, from(SAFARI)), 'Authenticated');
      expect((await waitForMessage(own, email, 'new-device')).text).toContain('Safari on iOS');
    } finally {
      await own.close();
    }
  });
});
