import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VerifyEmailDocument } from '../../../schema/generated/graphql.ts';
import { HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { deactivate, insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { resend, verify } from '../../support/calls.ts';
import { type ApiClient, expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { requestNextMessage, tokenFromLink, wrongCodeFor } from '../../support/verification.ts';

// Codes and links: purpose, number of uses, lifetime.

const clock = testClock();
let app: TestApp;
/** Ten guesses per code, and only five per hour for an address. */
let strict: TestApp;
beforeAll(async () => {
  app = await startApp({ OTP_MAX_ATTEMPTS: '5' }, { clock });
  strict = await startApp({ OTP_MAX_ATTEMPTS: '10', OTP_ACCOUNT_BUDGET: '5/1h' }, { clock });
});
afterAll(() => Promise.all([app.close(), strict.close()]));

const requestAnother = (at: TestApp, client: ApiClient, email: string, challengeId?: string) =>
  requestNextMessage({ app: at, clock }, client, { email, ...(challengeId && { challengeId }) });

async function countAttempts(id: string) {
  const [row] = await rows<{ attempts: number }>(
    app.app.services.db,
    sql`select attempts from challenges where id = ${id}`,
  );
  return row?.attempts;
}

test('a code works once (T44)', async () => {
  const client = app.client();
  const { challenge, code, message } = await beginSignUp(app, client);
  const submission = { challengeId: challenge.id, code };
  expectType(await verify(client, submission), 'Authenticated');
  expect(await verify(client, submission)).toMatchObject({ reason: 'ALREADY_USED', attemptsRemaining: 0 });
  // The link in the same message is used up with it.
  expect(await verify(client, { token: tokenFromLink(message.link) })).toMatchObject({ reason: 'ALREADY_USED' });
});

test('a link works once, verifies the address and signs no one in (T44)', async () => {
  const client = app.client();
  const { email, challenge, code, message } = await beginSignUp(app, client);
  const submission = { token: tokenFromLink(message.link) };
  const response = await client.send(VerifyEmailDocument, { input: { ...submission, transport: 'COOKIE' } });
  expect(response.data?.verifyEmail).toEqual({ __typename: 'EmailVerified', passwordRemoved: false, email });
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(await verify(client, submission)).toMatchObject({ reason: 'ALREADY_USED' });
  expect(await verify(client, { challengeId: challenge.id, code })).toMatchObject({ reason: 'ALREADY_USED' });
});

test('a code may contain spaces and hyphens', async () => {
  const client = app.client();
  const { challenge, code } = await beginSignUp(app, client);
  const typed = ` ${code.slice(0, 3)} - ${code.slice(3)} `;
  expectType(await verify(client, { challengeId: challenge.id, code: typed }), 'Authenticated');
});

test('a code expires after ten minutes (T46)', async () => {
  const client = app.client();
  const { challenge, code, message } = await beginSignUp(app, client);
  clock.advance(10 * MINUTE + SECOND);
  const late = await verify(client, { challengeId: challenge.id, code });
  expect(late).toMatchObject({ reason: 'EXPIRED', attemptsRemaining: 0 });
  // A link cannot be guessed, so it lives longer; see docs/decisions/0005.
  expectType(await verify(client, { token: tokenFromLink(message.link) }), 'EmailVerified');
});

test('a code still works just before ten minutes are over (T46)', async () => {
  clock.hold();
  const client = app.client();
  const { challenge, code } = await beginSignUp(app, client);
  clock.advance(10 * MINUTE - 10 * SECOND);
  expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
});

test('a link expires after one hour (T46)', async () => {
  const client = app.client();
  const { message } = await beginSignUp(app, client);
  clock.advance(HOUR + SECOND);
  expect(await verify(client, { token: tokenFromLink(message.link) })).toMatchObject({ reason: 'EXPIRED' });
});

test('the right code fails after five wrong guesses, which are counted in the database (T47)', async () => {
  const { challenge, code } = await beginSignUp(app, app.client());
  for (const left of [4, 3, 2, 1, 0]) {
    // From five networks: guesses count per code.
    const response = await verify(app.client(), { challengeId: challenge.id, code: wrongCodeFor(code) });
    expect(response).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: left });
    expect(await countAttempts(challenge.id)).toBe(5 - left);
  }
  const right = await verify(app.client(), { challengeId: challenge.id, code });
  expect(right).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS', attemptsRemaining: 0 });
  expect(await countAttempts(challenge.id)).toBe(5);
});

test('a new code after four wrong guesses leaves one more of five (T48)', async () => {
  const { email } = await insertAccount(strict, { verified: false });
  const client = strict.client();
  const first = await requestAnother(strict, client, email);
  for (const left of [4, 3, 2, 1])
    expect(await verify(client, { challengeId: first.challengeId, code: wrongCodeFor(first.code) })).toMatchObject({
      reason: 'WRONG_CODE',
      attemptsRemaining: left,
    });
  const second = await requestAnother(strict, client, email);
  const last = await verify(client, { challengeId: second.challengeId, code: wrongCodeFor(second.code) });
  expect(last).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: 0 });
  const third = await requestAnother(strict, client, email);
  for (const { challengeId, code } of [second, third])
    expect(await verify(client, { challengeId, code })).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });

  clock.advance(HOUR);
  const later = await requestAnother(strict, client, email);
  expectType(await verify(client, { challengeId: later.challengeId, code: later.code }), 'Authenticated');
});

test('right codes do not use up the guesses of an address (T48)', async () => {
  const { email } = await insertAccount(strict, { verified: false });
  const sent = [];
  for (let time = 0; time < 7; time++) sent.push(await requestAnother(strict, strict.client(), email));
  const [last, ...right] = sent.reverse();
  for (const { challengeId, code } of right)
    expectType(await verify(strict.client(), { challengeId, code }), 'Authenticated');
  const wrong = await verify(strict.client(), { challengeId: last?.challengeId, code: wrongCodeFor(last?.code ?? '') });
  expect(wrong).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: 4 });
});

describe('a code is rejected (T49)', () => {
  test('for another sign-up (T49)', async () => {
    const [ada, eve] = [await beginSignUp(app, app.client()), await beginSignUp(app, app.client())];
    const crossed = await verify(app.client(), { challengeId: ada.challenge.id, code: eve.code });
    expect(crossed).toMatchObject({ reason: 'WRONG_CODE' });
    expectType(await verify(app.client(), { challengeId: eve.challenge.id, code: eve.code }), 'Authenticated');
  });

  test('for another message to the same user (T49)', async () => {
    const { email } = await insertAccount(app, { verified: false });
    const [first, second] = [
      await requestAnother(app, app.client(), email),
      await requestAnother(app, app.client(), email),
    ];
    const crossed = await verify(app.client(), { challengeId: first.challengeId, code: second.code });
    expect(crossed).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('for another challenge, even when its digest is copied there in the database (T49)', async () => {
    const [ada, eve] = [await beginSignUp(app, app.client()), await beginSignUp(app, app.client())];
    await app.app.services.db.execute(
      sql`update challenges set code_digest = (select code_digest from challenges where id = ${eve.challenge.id})
          where id = ${ada.challenge.id}`,
    );
    const copied = await verify(app.client(), { challengeId: ada.challenge.id, code: eve.code });
    expect(copied).toMatchObject({ reason: 'WRONG_CODE' });
  });

  test('for an unknown or malformed challenge id (T49)', async () => {
    const { code } = await beginSignUp(app, app.client());
    for (const challengeId of [crypto.randomUUID(), '1', "' or true --", '00000000-0000-0000-0000-000000000000', 'я'])
      expect(await verify(app.client(), { challengeId, code })).toMatchObject({ reason: 'UNKNOWN' });
  });

  test('as a token, a token as a code, and both together (T49)', async () => {
    const { challenge, code, message } = await beginSignUp(app, app.client());
    const token = tokenFromLink(message.link);
    expect(await verify(app.client(), { token: code })).toMatchObject({ reason: 'UNKNOWN' });
    expect(await verify(app.client(), { token: challenge.id })).toMatchObject({ reason: 'UNKNOWN' });
    const asCode = await verify(app.client(), { challengeId: challenge.id, code: token });
    expectType(asCode, 'InvalidInput');
    for (const submission of [
      {},
      { code },
      { challengeId: challenge.id },
      { challengeId: challenge.id, code, token },
      { token: '' },
    ])
      expectType(await verify(app.client(), submission), 'InvalidInput');
    expect(await countAttempts(challenge.id)).toBe(0);
  });
});

test('a new code does not invalidate the previous one, and both share the guesses of the address (T50)', async () => {
  const client = strict.client();
  const { email, challenge, code } = await beginSignUp(strict, client);
  const second = await requestAnother(strict, client, email, challenge.id);
  const guess = await verify(client, { challengeId: second.challengeId, code: wrongCodeFor(second.code) });
  expect(guess).toMatchObject({ attemptsRemaining: 4 });
  const other = await verify(client, { challengeId: challenge.id, code: wrongCodeFor(code) });
  expect(other).toMatchObject({ attemptsRemaining: 3 });
  expectType(await verify(client, { challengeId: challenge.id, code }), 'Authenticated');
  // The second code was withdrawn with the first.
  expectType(await verify(client, { challengeId: second.challengeId, code: second.code }), 'ChallengeFailed');
});

test('the right code of a deactivated account returns AccountDisabled and signs no one in', async () => {
  const { id, email } = await insertAccount(app, { verified: false });
  const [first, second] = [
    await requestAnother(app, app.client(), email),
    await requestAnother(app, app.client(), email),
  ];
  await deactivate(app, id);
  const byCode = await verify(app.client(), { challengeId: first.challengeId, code: first.code });
  expect(byCode).toEqual({ __typename: 'AccountDisabled', message: 'This account is deactivated.' });
  expectType(await verify(app.client(), { token: tokenFromLink(second.link) }), 'AccountDisabled');
});

test('verifications are recorded: requested, limited, failed and succeeded, with method and challenge (T90)', async () => {
  const { id, email } = await insertAccount(app, { verified: false });
  const client = app.client();
  const { challengeId, code } = await requestAnother(app, client, email);
  expectType(await resend(client, { email }), 'RateLimited');
  expectType(await verify(client, { challengeId, code: wrongCodeFor(code) }), 'ChallengeFailed');
  expectType(await verify(client, { token: 'an-unknown-token-value' }), 'ChallengeFailed');
  expectType(await verify(client, { challengeId, code }), 'Authenticated');
  expectType(await verify(client, { challengeId, code }), 'ChallengeFailed');
  const read = () =>
    rows(
      app.app.services.db,
      sql`select outcome, method, user_id as "userId", detail->>'challenge' as challenge, count from audit_events
          where ip_address = ${client.ip}::inet and type = 'email-verification' and request_id is not null order by at`,
    );
  const events = [
    { outcome: 'requested', method: null, userId: id, challenge: null, count: 1 },
    { outcome: 'limited', method: null, userId: null, challenge: null, count: 1 },
    { outcome: 'failed', method: 'email-code', userId: null, challenge: challengeId, count: 2 },
    { outcome: 'failed', method: 'email-link', userId: null, challenge: null, count: 1 },
    { outcome: 'succeeded', method: 'email-code', userId: id, challenge: null, count: 1 },
  ];
  await expect.poll(read).toEqual(events);
  const logged = app.logged
    .map((line) => JSON.parse(line))
    .filter((line) => line.audit === 'email-verification' && line.ip === client.ip && line.count === undefined);
  expect(logged.map(({ outcome }) => outcome)).toEqual(events.map(({ outcome }) => outcome));
});
