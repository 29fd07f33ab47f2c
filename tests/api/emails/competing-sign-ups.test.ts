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

// Somebody signs up with another person's address; see docs/decisions/0002.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const passwordsOf = (email: string) =>
  sql`select user_id from passwords join users on users.id = user_id where email = ${email}`;

const THEIRS = 'strangers-own-92-password';

/** A stranger's attempt and then the owner's, both waiting. */
async function bothPending() {
  const [stranger, owner, email] = [app.client(), app.client(), uniqueEmail('victim')];
  const theirs = await beginSignUp(app, stranger, email, THEIRS);
  clock.advance(MINUTE + 1000);
  const challenge = expectType(await register(owner, { email, password: PASSWORD }), 'Challenge');
  const [message] = await app.mail(email, 2);
  return { stranger, owner, email, theirs, mine: { challenge, code: message?.code ?? '', link: message?.link } };
}

async function expectStrangerOutside(email: string, theirs: { challenge: { id: string }; code: string }) {
  expectType(await login(app.client(), email, THEIRS), 'InvalidCredentials');
  expectType(await verify(app.client(), { challengeId: theirs.challenge.id, code: theirs.code }), 'ChallengeFailed');
}

test('loses when the owner enters the code of their own sign-up (T34)', async () => {
  const { owner, email, theirs, mine } = await bothPending();
  expectType(await verify(owner, { challengeId: mine.challenge.id, code: mine.code }), 'Authenticated');
  expectType(await login(owner, email, PASSWORD), 'Authenticated');
  await expectStrangerOutside(email, theirs);
  expect(await verify(app.client(), { token: tokenFromLink(theirs.message.link) })).toMatchObject({
    reason: 'UNKNOWN',
  });
});

test('cannot make the owner’s code answer their own attempt, nor the other way round (T34)', async () => {
  const { stranger, owner, theirs, mine } = await bothPending();
  const crossed = await verify(stranger, { challengeId: theirs.challenge.id, code: mine.code });
  expect(crossed).toMatchObject({ reason: 'WRONG_CODE' });
  const mistaken = await verify(owner, { challengeId: mine.challenge.id, code: theirs.code });
  expect(mistaken).toMatchObject({ reason: 'WRONG_CODE' });
});

test('loses when the owner opens the link of either message: the account has nobody’s password (T34)', async () => {
  for (const whose of ['theirs', 'mine'] as const) {
    const { email, theirs, mine } = await bothPending();
    const link = whose === 'theirs' ? theirs.message.link : mine.link;
    expectType(await verify(app.client(), { token: tokenFromLink(link) }), 'EmailVerified');
    await expectStrangerOutside(email, theirs);
    expect(await rows(app.app.services.db, passwordsOf(email))).toEqual([]);
  }
});

test('loses when the owner asks for the message again by address alone: the account has nobody’s password (T34)', async () => {
  const { owner, email, theirs } = await bothPending();
  const { challengeId, code } = await requestNextMessage({ app, clock }, owner, { email });
  const signedIn = expectType(await verify(owner, { challengeId, code }), 'Authenticated');
  expect(signedIn).toMatchObject({ isNewUser: true, user: { email, emailVerified: true } });
  expect(await me(owner, signedIn.accessToken)).toMatchObject({ hasPassword: false });
  await expectStrangerOutside(email, theirs);
  expectType(await login(owner, email, PASSWORD), 'InvalidCredentials');
});

test('loses when the owner asks again for an attempt of their own that is over (T34)', async () => {
  const [stranger, owner, email] = [app.client(), app.client(), uniqueEmail('victim')];
  const mine = await beginSignUp(app, owner, email);
  clock.advance(HOUR + 1000);
  expectType(await register(stranger, { email, password: THEIRS }), 'Challenge');
  const { challengeId, code } = await requestNextMessage({ app, clock }, owner, {
    email,
    challengeId: mine.challenge.id,
  });
  const { accessToken } = expectType(await verify(owner, { challengeId, code }), 'Authenticated');
  expect(await me(owner, accessToken)).toMatchObject({ hasPassword: false });
  expectType(await login(stranger, email, THEIRS), 'InvalidCredentials');
});

test('a message that is asked for again by its challenge is for that sign-up: its password stays', async () => {
  const [client, other, email] = [app.client(), app.client(), uniqueEmail()];
  const mine = await beginSignUp(app, client, email);
  clock.advance(MINUTE + 1000);
  expectType(await register(other, { email, password: 'another-attempt-at-92' }), 'Challenge');
  await app.mail(email, 2);
  const again = await requestNextMessage({ app, clock }, client, { email, challengeId: mine.challenge.id });
  // The repeat can be repeated.
  const { challengeId, code } = await requestNextMessage({ app, clock }, client, {
    email,
    challengeId: again.challengeId,
  });
  expectType(await verify(client, { challengeId, code }), 'Authenticated');
  expectType(await login(client, email, PASSWORD), 'Authenticated');
});

test('a message that is asked for again by address alone is for the one sign-up that waits: its password stays', async () => {
  const [client, email] = [app.client(), uniqueEmail()];
  await beginSignUp(app, client, email);
  await requestNextMessage({ app, clock }, client, { email });
  const { link } = await requestNextMessage({ app, clock }, client, { email });
  expectType(await verify(client, { token: tokenFromLink(link) }), 'EmailVerified');
  expectType(await login(client, email, PASSWORD), 'Authenticated');
});
