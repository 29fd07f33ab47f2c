import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identities, users } from '../../../src/infra/db/tables.ts';
import {
  changePassword,
  confirmEmailChange,
  requestEmailChange,
  resetPasswordByLink,
  startEmailChange,
  submitPage,
  waitForMessage,
} from '../../support/account-changes.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { registerUser, WITHOUT_VERIFICATION } from '../../support/sessions.ts';
import { tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
const HOUR = 3_600_000;

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_RESEND_COOLDOWN: '0s' }, { clock });
});
afterAll(() => app.close());

const logInOutcome = async (email: string, password: string) => (await login(app.client(), email, password)).__typename;
/** Leaves out what differs in every challenge. */
const comparable = ({ id: _id, expiresAt: _end, resendAt: _again, ...rest }: Record<string, unknown>) => rest;

describe('an address change', () => {
  test('requires the password and the code sent to the new address, and notifies the old one (T54, T61)', async () => {
    const ada = await signUp(app);
    const { newEmail, challengeId, code } = await startEmailChange(app, ada);
    expect((await me(ada.client, ada.accessToken))?.email).toBe(ada.email);

    const result = await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken);
    expect(result).toMatchObject({ __typename: 'EmailChanged', user: { email: newEmail, emailVerified: true } });
    expect(await logInOutcome(newEmail, PASSWORD)).toBe('Authenticated');
    expect(await logInOutcome(ada.email, PASSWORD)).toBe('InvalidCredentials');
    const notice = await waitForMessage(app, ada.email, 'email-changed');
    expect(notice.text).toContain('g•••@e•••.com');
    expect(notice.text).not.toContain(newEmail);
    expect(notice.link).toContain('/undo-email-change?token=');
    const again = await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken);
    expect(again).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED' });
  });

  test('is confirmed by link without a session; opening the page changes nothing', async () => {
    const ada = await signUp(app);
    const { newEmail, token } = await startEmailChange(app, ada);
    expect((await fetch(`${app.url}/change-email?token=${token}`)).status).toBe(200);
    expect((await me(ada.client, ada.accessToken))?.email).toBe(ada.email);
    expect(await confirmEmailChange(app.client(), { token })).toMatchObject({ user: { email: newEmail } });

    const further = await startEmailChange(app, { ...ada, email: newEmail });
    expect((await submitPage(app, '/change-email', further.token)).status).toBe(200);
    expect((await me(ada.client, ada.accessToken))?.email).toBe(further.newEmail);
    expect((await submitPage(app, '/change-email', further.token)).status).toBe(410);
  });

  test('is rejected with a missing or wrong password, and for a malformed or unchanged address (T61)', async () => {
    const ada = await signUp(app);
    const newEmail = uniqueEmail();
    for (const password of [null, '', NEW_PASSWORD])
      expect((await requestEmailChange(ada, newEmail, password)).__typename).toBe('InvalidCredentials');
    expect(await requestEmailChange(ada, 'nowhere')).toMatchObject({
      fields: [{ path: 'newEmail', code: 'INVALID_FORMAT' }],
    });
    expect(await requestEmailChange(ada, ada.email.toUpperCase())).toMatchObject({
      fields: [{ path: 'newEmail', code: 'NOT_ALLOWED' }],
    });
    expect(await app.mail(newEmail, 0)).toEqual([]);
  });

  test('counts wrong passwords together with those of the login, and limits messages (T42)', async () => {
    const ada = await signUp(app);
    // Ten like those of a stranger, and ten of the caller's own, who is known by the session.
    for (let guess = 0; guess < 20; guess++) await requestEmailChange(ada, uniqueEmail(), NEW_PASSWORD);
    expect((await requestEmailChange(ada, uniqueEmail())).__typename).toBe('RateLimited');
    expect(await logInOutcome(ada.email, PASSWORD)).toBe('RateLimited');

    const eve = await signUp(app);
    const target = uniqueEmail();
    const results = [];
    for (let message = 0; message < 21; message++) results.push((await requestEmailChange(eve, target)).__typename);
    expect(results).toEqual([...Array(20).fill('Challenge'), 'RateLimited']);
  });

  test('returns the same response for an address with an account, and only its owner is notified (T30)', async () => {
    const [ada, eve] = [await signUp(app), await signUp(app)];
    const free = uniqueEmail();
    const [known, unknown] = [await requestEmailChange(eve, ada.email), await requestEmailChange(eve, free)];
    expect(comparable(expectType(known, 'Challenge'))).toEqual(comparable(expectType(unknown, 'Challenge')));
    await waitForMessage(app, free, 'change-email');
    const hint = await waitForMessage(app, ada.email, 'email-taken');
    expect([hint.code, hint.link]).toEqual([null, null]);

    const guess = (challenge: typeof known, { client, accessToken }: typeof eve) =>
      confirmEmailChange(client, { challengeId: expectType(challenge, 'Challenge').id, code: '000000' }, accessToken);
    expect(await guess(known, eve)).toEqual(await guess(unknown, eve));
    // A second account of the same owner sees no difference either.
    expect(await guess(known, ada)).toEqual(await guess(unknown, ada));
  });

  test('accepts a code only from its user, for its challenge and purpose, and counts no guesses of others (T49)', async () => {
    const [ada, eve] = [await signUp(app), await signUp(app)];
    const adas = await startEmailChange(app, ada);
    const eves = await startEmailChange(app, eve);
    const input = { challengeId: adas.challengeId, code: adas.code };
    for (let guess = 0; guess < 4; guess++)
      expect(await confirmEmailChange(eve.client, input, eve.accessToken)).toMatchObject({ reason: 'UNKNOWN' });
    expect(await confirmEmailChange(ada.client, { ...input, code: eves.code }, ada.accessToken)).toMatchObject({
      reason: 'WRONG_CODE',
      attemptsRemaining: 2,
    });
    for (const submission of [input, { token: adas.token }])
      expect(await verify(ada.client, submission, { token: ada.accessToken })).toMatchObject({ reason: 'UNKNOWN' });
    const signingUp = await beginSignUp(app, app.client());
    const foreign = { challengeId: signingUp.challenge.id, code: signingUp.code };
    expect(await confirmEmailChange(ada.client, foreign, ada.accessToken)).toMatchObject({ reason: 'UNKNOWN' });

    const { data, errors } = await app.client().post({
      query: 'mutation ($i: VerifyEmailInput!) { confirmEmailChange(input: $i) { __typename } }',
      variables: { i: input },
    });
    expect([data, errors[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED']);
    expect((await confirmEmailChange(ada.client, input, ada.accessToken)).__typename).toBe('EmailChanged');
  });

  test('rejects the right code after three wrong ones; the link still works (T47)', async () => {
    const ada = await signUp(app);
    const { challengeId, code, token, newEmail } = await startEmailChange(app, ada);
    for (const attemptsRemaining of [2, 1, 0])
      expect(
        await confirmEmailChange(ada.client, { challengeId, code: wrongCodeFor(code) }, ada.accessToken),
      ).toMatchObject({
        reason: 'WRONG_CODE',
        attemptsRemaining,
      });
    const late = await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken);
    expect(late).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    expect(await confirmEmailChange(app.client(), { token })).toMatchObject({ user: { email: newEmail } });
  });

  test('fails when another account has taken the address meanwhile', async () => {
    const ada = await signUp(app);
    const { newEmail, challengeId, code, token } = await startEmailChange(app, ada);
    await signUp(app, app.client(), newEmail);
    for (const input of [{ challengeId, code }, { token }])
      expect((await confirmEmailChange(ada.client, input, ada.accessToken)).__typename).toBe('EmailTaken');
    expect((await submitPage(app, '/change-email', token)).status).toBe(409);
    expect((await me(ada.client, ada.accessToken))?.email).toBe(ada.email);
  });

  test('voids a sign-up that an attacker has started for the new address (T34)', async () => {
    const ada = await signUp(app);
    const newEmail = uniqueEmail();
    const attacker = await beginSignUp(app, app.client(), newEmail);
    const { token } = await startEmailChange(app, ada, newEmail);
    await confirmEmailChange(app.client(), { token });
    const submission = { challengeId: attacker.challenge.id, code: attacker.code };
    expect(await verify(app.client(), submission)).toMatchObject({ reason: 'WRONG_CODE' });
    expect((await me(ada.client, ada.accessToken))?.email).toBe(newEmail);
  });

  test('is recorded: requested, failed and succeeded (T90)', async () => {
    const ada = await signUp(app);
    const { challengeId, code } = await startEmailChange(app, ada);
    await confirmEmailChange(ada.client, { challengeId, code: wrongCodeFor(code) }, ada.accessToken);
    await confirmEmailChange(ada.client, { challengeId, code }, ada.accessToken);
    const read = () =>
      rows(
        app.app.services.db,
        sql`select outcome, method from audit_events where user_id = ${ada.user.id} and type = 'email-change' order by at`,
      );
    await expect.poll(read).toEqual([
      { outcome: 'requested', method: null },
      { outcome: 'failed', method: 'email-code' },
      { outcome: 'succeeded', method: 'email-code' },
    ]);
  });
});

describe('a pending address change is cancelled (T61)', () => {
  type Ending = (person: Awaited<ReturnType<typeof signUp>>) => Promise<unknown>;
  const endings: [string, Ending][] = [
    ['by a password reset', ({ email }) => resetPasswordByLink(app, email, NEW_PASSWORD)],
    ['by a password change', (person) => changePassword(person, NEW_PASSWORD)],
    [
      'by “this wasn’t me”',
      async ({ email }) => {
        await login(app.client(), email, PASSWORD, { headers: { 'user-agent': 'Lynx/2.8.9' } });
        const { link } = await waitForMessage(app, email, 'new-device');
        expect((await submitPage(app, '/not-me', tokenFromLink(link))).status).toBe(200);
      },
    ],
  ];

  test.each(endings)('%s', async (_, end) => {
    const ada = await signUp(app);
    const { newEmail, challengeId, code, token } = await startEmailChange(app, ada);
    await end(ada);
    expect(await confirmEmailChange(app.client(), { token })).toMatchObject({ reason: 'UNKNOWN' });
    const password = (await logInOutcome(ada.email, PASSWORD)) === 'Authenticated' ? PASSWORD : NEW_PASSWORD;
    const back = expectType(await login(app.client(), ada.email, password), 'Authenticated');
    expect(await confirmEmailChange(ada.client, { challengeId, code }, back.accessToken)).toMatchObject({
      reason: 'WRONG_CODE',
    });
    expect((await me(ada.client, back.accessToken))?.email).not.toBe(newEmail);
  });
});

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

test('the link leads to CHANGE_EMAIL_URL when it is set', async () => {
  const own = await startApp({ CHANGE_EMAIL_URL: 'https://app.example.com/moved?from=mail' });
  try {
    const ada = await signUp(own);
    const newEmail = uniqueEmail();
    await requestEmailChange(ada, newEmail);
    const { link } = await waitForMessage(own, newEmail, 'change-email');
    expect(link).toMatch(/^https:\/\/app\.example\.com\/moved\?from=mail&token=/);
    expect((await fetch(`${own.url}/change-email?token=${tokenFromLink(link)}`)).status).toBe(404);
  } finally {
    await own.close();
  }
});

test('the old address can be used for a new account', async () => {
  const ada = await signUp(app);
  const { token } = await startEmailChange(app, ada);
  await confirmEmailChange(app.client(), { token });
  expect((await register(app.client(), { email: ada.email, password: PASSWORD })).__typename).toBe('Challenge');
});
