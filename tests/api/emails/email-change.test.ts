import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
import { login, me, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

const NEW_PASSWORD = 'saffron-glacier-57-trumpet';
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
