import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identities, users } from '../../../src/infra/db/tables.ts';
import {
  confirmEmailChange,
  requestEmailChange,
  resetPasswordByLink,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { tokenFromLink } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const HOUR = 3_600_000;
const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

const logInOutcome = async (email: string, password: string) => (await login(app.client(), email, password)).__typename;

describe('the link that undoes an address change', () => {
  /** Like an attacker who knows the password. */
  async function changeEmail(person: Awaited<ReturnType<typeof signUp>>, from = person.email) {
    const { newEmail, token } = await startEmailChange(app, { ...person, email: from });
    expectType(await confirmEmailChange(app.client(), { token }), 'EmailChanged');
    return { newEmail, undo: tokenFromLink((await waitForMessage(app, from, 'email-changed')).link) };
  }

  test('restores the old address, ends all sessions, removes the password and starts a reset', async () => {
    const ada = await signUp(app);
    const { newEmail, undo } = await changeEmail(ada);
    const page = await fetch(`${app.url}/undo-email-change?token=${undo}`);
    expect(await page.text()).toContain('Restore a•••@example.com');
    expect((await me(ada.client, ada.accessToken))?.email).toBe(newEmail);

    expect((await submitPage(app, '/undo-email-change', undo)).status).toBe(200);
    expect(await me(ada.client, ada.accessToken)).toBeNull();
    expect(await logInOutcome(newEmail, PASSWORD)).toBe('InvalidCredentials');
    expect(await logInOutcome(ada.email, PASSWORD)).toBe('InvalidCredentials'); // The attacker knows the old password.
    const { link } = await waitForMessage(app, ada.email, 'reset-password');
    expect((await submitPage(app, '/undo-email-change', undo)).status).toBe(410);
    expect(tokenFromLink(link)).not.toBe('');
    expect((await resetPasswordByLink(app, ada.email, NEW_PASSWORD)).__typename).toBe('PasswordChanged');
    expect(await logInOutcome(ada.email, NEW_PASSWORD)).toBe('Authenticated');
  });

  test('works for the oldest of several changes and voids the links of later ones', async () => {
    const ada = await signUp(app);
    const first = await changeEmail(ada);
    const second = await changeEmail(ada, first.newEmail);
    const third = await startEmailChange(app, { ...ada, email: second.newEmail });
    // The attacker has gone back to the second address; the first one's link still works.
    expect((await submitPage(app, '/undo-email-change', second.undo)).status).toBe(200);
    expect((await submitPage(app, '/undo-email-change', first.undo)).status).toBe(200);
    expect(await confirmEmailChange(app.client(), { token: third.token })).toMatchObject({ reason: 'UNKNOWN' });
    expect((await resetPasswordByLink(app, ada.email, NEW_PASSWORD)).__typename).toBe('PasswordChanged');

    const eve = await signUp(app);
    const oldest = await changeEmail(eve);
    const later = await changeEmail(eve, oldest.newEmail);
    expect((await submitPage(app, '/undo-email-change', oldest.undo)).status).toBe(200);
    expect((await submitPage(app, '/undo-email-change', later.undo)).status).toBe(404);
    expect((await resetPasswordByLink(app, eve.email, NEW_PASSWORD)).__typename).toBe('PasswordChanged');
  });

  test('removes numbers and identities added since or shortly before, and keeps older ones', async () => {
    const ada = await signUp(app);
    const { db } = app.app.services;
    const identity = (subject: string, createdAt: Date) => ({
      id: crypto.randomUUID(),
      userId: ada.user.id,
      provider: 'google',
      issuer: 'https://accounts.google.com',
      subject,
      createdAt,
    });
    const fourDaysAgo = new Date(clock.now().getTime() - 96 * HOUR);
    await db.insert(identities).values(identity(`old-${ada.user.id}`, fourDaysAgo));
    await db.insert(identities).values(identity(`lately-${ada.user.id}`, clock.now()));
    clock.advance(10);
    const { undo } = await changeEmail(ada);
    await db.insert(identities).values(identity(`new-${ada.user.id}`, clock.now()));
    const number = { phone: '+998901234567', phoneVerifiedAt: clock.now() };
    await db.update(users).set(number).where(eq(users.id, ada.user.id));
    expect((await submitPage(app, '/undo-email-change', undo)).status).toBe(200);
    const left = await rows(
      db,
      sql`select phone, subject from users join identities on users.id = user_id
      where users.id = ${ada.user.id}`,
    );
    expect(left).toEqual([{ phone: null, subject: `old-${ada.user.id}` }]);
  });

  test('does not take the old address from an account registered since', async () => {
    const ada = await signUp(app);
    const { newEmail, undo } = await changeEmail(ada);
    const owner = await signUp(app, app.client(), ada.email);
    expect((await submitPage(app, '/undo-email-change', undo)).status).toBe(409);
    expect((await me(owner.client, owner.accessToken))?.email).toBe(ada.email);
    expect((await me(ada.client, ada.accessToken))?.email).toBe(newEmail);
  });

  test('works for 72 hours', async () => {
    clock.hold();
    const [ada, eve] = [await signUp(app), await signUp(app)];
    const [early, late] = [await changeEmail(ada), await changeEmail(eve)];
    clock.advance(72 * HOUR - 60_000);
    expect((await submitPage(app, '/undo-email-change', early.undo)).status).toBe(200);
    clock.advance(2 * 60_000);
    expect((await submitPage(app, '/undo-email-change', late.undo)).status).toBe(410);
  });

  test('is not offered to an unverified address, which may be another person’s', async () => {
    const open = await startApp({ ...WITHOUT_VERIFICATION, EMAIL_VERIFICATION_METHOD: 'link' });
    try {
      const ada = await registerUser(open.client());
      const newEmail = uniqueEmail('grace');
      const challenge = expectType(await requestEmailChange(ada, newEmail), 'Challenge');
      const message = await waitForMessage(open, newEmail, 'change-email');
      expect([challenge.codeLength, message.code]).toEqual([0, null]);
      await confirmEmailChange(open.client(), { token: tokenFromLink(message.link) });
      expect((await waitForMessage(open, ada.email, 'email-changed')).link).toBeNull();
    } finally {
      await open.close();
    }
  });
});

test('the old address can be used for a new account', async () => {
  const ada = await signUp(app);
  const { token } = await startEmailChange(app, ada);
  await confirmEmailChange(app.client(), { token });
  expect((await register(app.client(), { email: ada.email, password: PASSWORD })).__typename).toBe('Challenge');
});
