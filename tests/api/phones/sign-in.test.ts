import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/core/clock.ts';
import { BLANK_PROFILE } from '../../../src/features/accounts/profile.ts';
import { deactivate } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { confirmOtp, receiveCode, requestOtp, signUpByPhone, uniquePhone } from '../../support/phones.ts';
import { dumpTables, rows } from '../../support/rows.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// Sign-up and sign-in with a number, by SMS code or password.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const waitOutTheCooldown = () => clock.advance(MINUTE + SECOND);

describe('a sign-in by SMS code', () => {
  test('creates an account with names, password and language for a new number', async () => {
    const client = app.client();
    const phone = uniquePhone();
    const { challenge, challengeId, code, message } = await receiveCode(app, client, { phone, locale: 'uz' });
    expect(challenge).toMatchObject({ channel: 'SMS', codeLength: 6, sentTo: `•••• ${phone.slice(-4)}` });
    expect(message).toMatchObject({ channel: 'SMS', kind: 'otp', locale: 'uz' });
    expect(message.text).toBe(`localhost:4000: kirish uchun kod ${code}. Uni hech kimga aytmang.\n@localhost #${code}`);

    const input = {
      challengeId,
      code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
      password: PASSWORD,
      firstName: ' Ada ',
    };
    const session = expectType(await confirmOtp(client, input), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: true, user: { email: null, phone, phoneVerified: true } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: 'Ada', locale: 'uz', hasPassword: true });
    expectType(await login(app.client(), phone, PASSWORD), 'Authenticated');
  });

  test('signs in to the account with the verified number, and ignores the fields for a new account', async () => {
    const { phone, user } = await signUpByPhone(app, { password: PASSWORD });
    waitOutTheCooldown();
    const client = app.client();
    const { challengeId, code } = await receiveCode(app, client, { phone });
    const input = { challengeId, code, password: 'saffron-glacier-57-trumpet', firstName: 'Eve' };
    const session = expectType(await confirmOtp(client, input), 'Authenticated');
    expect(session).toMatchObject({ isNewUser: false, user: { id: user.id } });
    expect(await me(client, session.accessToken)).toMatchObject({ firstName: null });
    expectType(await login(client, phone, PASSWORD), 'Authenticated');
    expectType(await login(client, phone, 'saffron-glacier-57-trumpet'), 'InvalidCredentials');
  });

  test('a rejected password uses up no guess, for new and known numbers (T22)', async () => {
    const { phone: known } = await signUpByPhone(app);
    waitOutTheCooldown();
    for (const phone of [known, uniquePhone()]) {
      const client = app.client();
      const { challengeId, code } = await receiveCode(app, client, { phone });
      for (const password of ['short', 'password123', phone, '12345678']) {
        const refused = expectType(await confirmOtp(client, { challengeId, code, password }), 'InvalidInput');
        expect(refused.fields).toMatchObject([{ path: 'password' }]);
      }
      expectType(await confirmOtp(client, { challengeId, code, password: PASSWORD }), 'Authenticated');
    }
  });

  test('accepts a code once, and rejects the right code after three wrong ones (T44, T47)', async () => {
    const client = app.client();
    const { submission: first } = await receiveCode(app, client, { phone: uniquePhone() });
    expectType(await confirmOtp(client, first), 'Authenticated');
    expect(await confirmOtp(client, first)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'ALREADY_USED' });

    const { challengeId, code } = await receiveCode(app, client, { phone: uniquePhone() });
    for (const attemptsRemaining of [2, 1, 0]) {
      const failed = await confirmOtp(client, { challengeId, code: wrongCodeFor(code) });
      expect(failed).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining });
    }
    const late = await confirmOtp(client, { challengeId, code });
    expect(late).toMatchObject({ __typename: 'ChallengeFailed', reason: 'TOO_MANY_ATTEMPTS' });
  });

  test('rejects a code after ten minutes (T46)', async () => {
    const client = app.client();
    const { challengeId, code } = await receiveCode(app, client, { phone: uniquePhone() });
    clock.advance(10 * MINUTE + SECOND);
    expect(await confirmOtp(client, { challengeId, code })).toMatchObject({ reason: 'EXPIRED' });
  });

  test('a new code does not invalidate the previous one and refills no guesses (T48, T50)', async () => {
    const client = app.client();
    const phone = uniquePhone();
    const { submission: earlier } = await receiveCode(app, client, { phone });
    for (let round = 0; round < 3; round++) {
      waitOutTheCooldown();
      const { challengeId, code } = await receiveCode(app, client, { phone });
      for (let guess = 0; guess < 3; guess++) await confirmOtp(client, { challengeId, code: wrongCodeFor(code) });
    }
    expectType(await confirmOtp(client, earlier), 'Authenticated'); // The tenth guess.
    waitOutTheCooldown();
    const stranger = app.client(); // The owner's network has guesses of its own now.
    const { submission: other } = await receiveCode(app, stranger, { phone });
    expect(await confirmOtp(stranger, { ...other, code: wrongCodeFor(other.code) })).toMatchObject({
      attemptsRemaining: 0,
    });
    expect(await confirmOtp(stranger, other)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
  });

  test('accepts a code only for its own challenge and purpose (T49)', async () => {
    const client = app.client();
    const [mine, yours] = [
      (await receiveCode(app, client, { phone: uniquePhone() })).submission,
      (await receiveCode(app, app.client(), { phone: uniquePhone() })).submission,
    ];
    const swapped = { challengeId: mine.challengeId, code: yours.code };
    if (mine.code !== yours.code) expect(await confirmOtp(client, swapped)).toMatchObject({ reason: 'WRONG_CODE' });
    expect(await verify(client, mine)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
    const byMail = await beginSignUp(app, client);
    const crossed = { challengeId: byMail.challenge.id, code: byMail.code };
    expect(await confirmOtp(client, crossed)).toMatchObject({ __typename: 'ChallengeFailed', reason: 'UNKNOWN' });
    expect(await confirmOtp(client, { challengeId: 'none', code: '123456' })).toMatchObject({ reason: 'UNKNOWN' });
    expectType(await confirmOtp(client, mine), 'Authenticated');
  });

  test('reveals only after the right code that the account is deactivated', async () => {
    const { phone, user, client } = await signUpByPhone(app);
    await deactivate(app, user.id);
    waitOutTheCooldown();
    const { challengeId, code } = await receiveCode(app, client, { phone });
    expectType(await confirmOtp(client, { challengeId, code: wrongCodeFor(code) }), 'ChallengeFailed');
    expectType(await confirmOtp(client, { challengeId, code }), 'AccountDisabled');
  });

  test('is recorded without the number (T90)', async () => {
    const { phone, client } = await signUpByPhone(app);
    const events = await rows<{ type: string; outcome: string; detail: object }>(
      app.app.services.db,
      sql`select type, outcome, detail from audit_events where ip_address = ${client.ip}::inet order by id`,
    );
    expect(events.map(({ type, outcome }) => `${type} ${outcome}`).sort()).toEqual([
      'phone-verification requested',
      'phone-verification succeeded',
      'sign-in succeeded',
      'sign-up completed',
    ]);
    expect(JSON.stringify(events)).not.toContain(phone);
    expect(JSON.stringify(app.logged)).not.toContain(phone);
  });

  test('leaves number, code and password in no log line, no table and no response (T53, T88)', async () => {
    const canary = 'canary-horse-battery-92-lantern';
    const client = app.client();
    const phone = uniquePhone();
    const { submission, challenge } = await receiveCode(app, client, { phone });
    const results = [
      challenge,
      await confirmOtp(client, { ...submission, code: wrongCodeFor(submission.code), password: canary }),
      await confirmOtp(client, { ...submission, password: canary }),
      await login(client, phone, `${canary}-wrong`),
    ];
    const code = new RegExp(`(?<![\\w-])${submission.code}(?![\\w-])`);
    expect(app.logged.join('\n')).not.toMatch(new RegExp(`canary|\\${phone}|${code.source}`));
    expect(await dumpTables(app.app.services.db)).not.toMatch(new RegExp(`canary|${code.source}`));
    expect(JSON.stringify(results)).not.toMatch(new RegExp(`canary|${code.source}`));
  });

  test.each(['901234567', '+1', '+998 12', 'ada@example.com', '', '+99890123456x'])(
    '%j is rejected as a number (T52)',
    async (phone) => {
      const refused = expectType(await requestOtp(app.client(), { phone }), 'InvalidInput');
      expect(refused.fields).toMatchObject([{ path: 'phone', code: 'INVALID_FORMAT' }]);
    },
  );

  test('a premium number is rejected with another code (T52)', async () => {
    const refused = expectType(await requestOtp(app.client(), { phone: '+19002345678' }), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'phone', code: 'NOT_ALLOWED' }]);
  });
});

test('SIGN_UP=closed returns the same response for known and unknown numbers, and sends only to known ones (T30)', async () => {
  const closed = await startApp({ SIGN_UP: 'closed', EMAIL_VERIFICATION: 'off' }, { clock });
  try {
    const { db, accounts } = closed.app.services;
    const phone = uniquePhone();
    // Branded as by parsePhone.
    await accounts.create(db, { ...BLANK_PROFILE, phone: phone as never, phoneVerified: true });
    const unknownPhone = uniquePhone();
    const known = await receiveCode(closed, closed.client(), { phone });
    const unknown = expectType(await requestOtp(closed.client(), { phone: unknownPhone }), 'Challenge');
    expect(Object.keys(unknown)).toEqual(Object.keys(known.challenge));
    expect(await closed.mail(unknownPhone, 0)).toEqual([]);
    const guess = await confirmOtp(closed.client(), { challengeId: unknown.id, code: '000000' });
    expect(guess).toMatchObject({ __typename: 'ChallengeFailed', reason: 'WRONG_CODE', attemptsRemaining: 2 });
    expect(expectType(await confirmOtp(closed.client(), known.submission), 'Authenticated').isNewUser).toBe(false);
  } finally {
    await closed.close();
  }
});

describe('the phone field of registerEmail', () => {
  test('is rejected when malformed', async () => {
    const input = { email: uniqueEmail(), password: PASSWORD, phone: '12345' };
    const refused = expectType(await register(app.client(), input), 'InvalidInput');
    expect(refused.fields).toMatchObject([{ path: 'phone', code: 'INVALID_FORMAT' }]);
  });

  test('reserves no number: several accounts may enter it, and its holder can still verify it', async () => {
    const phone = uniquePhone();
    for (let person = 0; person < 2; person++) {
      const client = app.client();
      const email = uniqueEmail();
      const challenge = expectType(await register(client, { email, password: PASSWORD, phone }), 'Challenge');
      const [message] = await app.mail(email);
      expectType(await verify(client, { challengeId: challenge.id, code: message?.code }), 'Authenticated');
    }
    expect((await signUpByPhone(app, { phone })).isNewUser).toBe(true);
  });
});
