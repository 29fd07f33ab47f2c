import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me, register, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { requestNextMessage, tokenFromLink } from '../../support/verification.ts';

// An attacker signs up with another person's address; see docs/decisions/0002.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const selectPasswords = (email: string) =>
  sql`select user_id from passwords join users on users.id = user_id where email = ${email}`;

const THEIRS = 'attackers-own-92-password';

/** The attacker's sign-up and then the owner's, both pending. */
async function startBothSignUps() {
  const [attacker, owner, email] = [app.client(), app.client(), uniqueEmail('victim')];
  const theirs = await beginSignUp(app, attacker, email, THEIRS);
  clock.advance(MINUTE + 1000);
  const challenge = expectType(await register(owner, { email, password: PASSWORD }), 'Challenge');
  const [message] = await app.mail(email, 2);
  return {
    attacker,
    owner,
    email,
    theirs,
    mine: { challenge, code: message?.code ?? '', link: message?.link },
  };
}

async function expectAttackerRejected(email: string, theirs: { challenge: { id: string }; code: string }) {
  expectType(await login(app.client(), email, THEIRS), 'InvalidCredentials');
  expectType(await verify(app.client(), { challengeId: theirs.challenge.id, code: theirs.code }), 'ChallengeFailed');
}

test('the attacker’s sign-up is void when the owner enters the code of their own (T34)', async () => {
  const { owner, email, theirs, mine } = await startBothSignUps();
  expectType(await verify(owner, { challengeId: mine.challenge.id, code: mine.code }), 'Authenticated');
  expectType(await login(owner, email, PASSWORD), 'Authenticated');
  await expectAttackerRejected(email, theirs);
  expect(await verify(app.client(), { token: tokenFromLink(theirs.message.link) })).toMatchObject({
    reason: 'UNKNOWN',
  });
});

test('a code works only for the sign-up that it was sent for (T34)', async () => {
  const { attacker, owner, theirs, mine } = await startBothSignUps();
  const crossed = await verify(attacker, { challengeId: theirs.challenge.id, code: mine.code });
  expect(crossed).toMatchObject({ reason: 'WRONG_CODE' });
  const mistaken = await verify(owner, { challengeId: mine.challenge.id, code: theirs.code });
  expect(mistaken).toMatchObject({ reason: 'WRONG_CODE' });
});

test('opening either link creates an account without the attacker’s password (T34)', async () => {
  for (const whose of ['theirs', 'mine'] as const) {
    const { email, theirs, mine } = await startBothSignUps();
    const link = whose === 'theirs' ? theirs.message.link : mine.link;
    expectType(await verify(app.client(), { token: tokenFromLink(link) }), 'EmailVerified');
    await expectAttackerRejected(email, theirs);
    expect(await rows(app.app.services.db, selectPasswords(email))).toEqual([]);
  }
});

test('a new message requested by address alone creates an account without the attacker’s password (T34)', async () => {
  const { owner, email, theirs } = await startBothSignUps();
  const { challengeId, code } = await requestNextMessage({ app, clock }, owner, { email });
  const signedIn = expectType(await verify(owner, { challengeId, code }), 'Authenticated');
  expect(signedIn).toMatchObject({ isNewUser: true, user: { email, emailVerified: true } });
  expect(await me(owner, signedIn.accessToken)).toMatchObject({ hasPassword: false });
  await expectAttackerRejected(email, theirs);
  expectType(await login(owner, email, PASSWORD), 'InvalidCredentials');
});

test('a new message for the owner’s expired sign-up creates an account without the attacker’s password (T34)', async () => {
  const [attacker, owner, email] = [app.client(), app.client(), uniqueEmail('victim')];
  const mine = await beginSignUp(app, owner, email);
  clock.advance(HOUR + 1000);
  expectType(await register(attacker, { email, password: THEIRS }), 'Challenge');
  const { challengeId, code } = await requestNextMessage({ app, clock }, owner, {
    email,
    challengeId: mine.challenge.id,
  });
  const { accessToken } = expectType(await verify(owner, { challengeId, code }), 'Authenticated');
  expect(await me(owner, accessToken)).toMatchObject({ hasPassword: false });
  expectType(await login(attacker, email, THEIRS), 'InvalidCredentials');
});

test('a new message requested with its challenge keeps the password of that sign-up', async () => {
  const [client, other, email] = [app.client(), app.client(), uniqueEmail()];
  const mine = await beginSignUp(app, client, email);
  clock.advance(MINUTE + 1000);
  expectType(await register(other, { email, password: 'another-attempt-at-92' }), 'Challenge');
  await app.mail(email, 2);
  const again = await requestNextMessage({ app, clock }, client, { email, challengeId: mine.challenge.id });
  // A repeated message can be repeated.
  const { challengeId, code } = await requestNextMessage({ app, clock }, client, {
    email,
    challengeId: again.challengeId,
  });
  expectType(await verify(client, { challengeId, code }), 'Authenticated');
  expectType(await login(client, email, PASSWORD), 'Authenticated');
});

test('a new message requested by address alone keeps the password when only one sign-up is pending', async () => {
  const [client, email] = [app.client(), uniqueEmail()];
  await beginSignUp(app, client, email);
  await requestNextMessage({ app, clock }, client, { email });
  const { link } = await requestNextMessage({ app, clock }, client, { email });
  expectType(await verify(client, { token: tokenFromLink(link) }), 'EmailVerified');
  expectType(await login(client, email, PASSWORD), 'Authenticated');
});
