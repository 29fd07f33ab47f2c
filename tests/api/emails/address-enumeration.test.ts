import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegisterEmailDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { register, resend, verify } from '../../support/calls.ts';
import { expectType, type GraphqlResponse } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, signUp, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

// An attacker tries to find out which addresses have an account (EMAIL_VERIFICATION=signup).

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const comparable = (response: GraphqlResponse<unknown>) => {
  const headers = Object.fromEntries(response.headers);
  const { date: _, 'x-request-id': __, ...rest } = headers;
  return { status: response.status, headers: rest, errors: response.errors };
};
/** Leaves out what differs in every response. */
const comparableChallenge = ({ data }: GraphqlResponse<unknown>) => {
  const { registerEmail: challenge } = data as { registerEmail: Record<string, string> };
  const at = (name: string) => Date.parse(challenge[name] ?? '');
  const { id, expiresAt: _, resendAt: __, ...rest } = challenge;
  return { ...rest, id: id?.replace(/[0-9a-f]/g, 'x'), between: at('expiresAt') - at('resendAt') };
};

test('registerEmail gives the same response for known and unknown addresses, byte for byte (T30)', async () => {
  const owner = await insertAccount(app);
  const unverified = await insertAccount(app, { verified: false });
  const disabled = await insertAccount(app, { active: false });
  const send = (email: string) => app.client().send(RegisterEmailDocument, { input: { email, password: PASSWORD } });
  const unknown = await send(uniqueEmail());
  for (const { email } of [owner, unverified, disabled]) {
    const known = await send(email);
    expect(comparable(known)).toEqual(comparable(unknown));
    expect(comparableChallenge(known)).toEqual(comparableChallenge(unknown));
    expect(JSON.stringify(known.data).length).toBe(JSON.stringify(unknown.data).length);
    expect(await app.mail(email)).toMatchObject([{ kind: 'already-registered', code: null, link: null }]);
    const secrets = sql`select code_digest, token_digest, user_id, payload from challenges where subject = ${email}`;
    expect(await rows(app.app.services.db, secrets)).toEqual([
      { code_digest: null, token_digest: null, user_id: null, payload: {} },
    ]);
  }
});

test('wrong codes get the same response for known and unknown addresses (T30)', async () => {
  const { email } = await insertAccount(app);
  const guesses = async (address: string) => {
    const client = app.client();
    const { id } = expectType(await register(client, { email: address, password: PASSWORD }), 'Challenge');
    const [message] = await app.mail(address);
    const code = message?.code === '000000' ? '000001' : '000000';
    const responses = [];
    for (let guess = 0; guess < 4; guess++) responses.push(await verify(client, { challengeId: id, code }));
    clock.advance(10 * MINUTE + 1000);
    responses.push(await verify(client, { challengeId: id, code }));
    return responses;
  };
  const known = await guesses(email);
  expect(known).toEqual(await guesses(uniqueEmail()));
  expect(known).toMatchObject([
    { reason: 'WRONG_CODE', attemptsRemaining: 2 },
    { reason: 'WRONG_CODE', attemptsRemaining: 1 },
    { reason: 'WRONG_CODE', attemptsRemaining: 0 },
    { reason: 'TOO_MANY_ATTEMPTS', attemptsRemaining: 0 },
    { reason: 'EXPIRED', attemptsRemaining: 0 },
  ]);
});

test('a pending sign-up does not reveal that the owner of the address has signed up since (T30)', async () => {
  const [attacker, email] = [app.client(), uniqueEmail()];
  const attempt = expectType(await register(attacker, { email, password: PASSWORD }), 'Challenge');
  clock.advance(MINUTE + 1000);
  await signUp(app, app.client(), email);
  const guess = await verify(attacker, { challengeId: attempt.id, code: '000000' });
  expect(guess).toMatchObject({ reason: 'WRONG_CODE', attemptsRemaining: 2 });
  clock.advance(10 * MINUTE);
  const late = await verify(attacker, { challengeId: attempt.id, code: '000000' });
  expect(late).toMatchObject({ reason: 'EXPIRED' });
});

test('requestEmailVerification gives the same response for all addresses, and mails only unverified ones (T30)', async () => {
  const owner = await insertAccount(app);
  const unverified = await insertAccount(app, { verified: false });
  const unknown = uniqueEmail();
  const { email: waiting } = await beginSignUp(app, app.client());
  clock.advance(MINUTE + 1000);
  const responses = [];
  for (const email of [owner.email, unverified.email, unknown, waiting]) {
    const { id, expiresAt, resendAt, ...rest } = expectType(await resend(app.client(), { email }), 'Challenge');
    responses.push({ ...rest, between: Date.parse(expiresAt) - Date.parse(resendAt), length: id.length });
  }
  expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
  expect(await app.mail(unverified.email)).toMatchObject([{ kind: 'verify-email' }]);
  expect(await app.mail(waiting, 2)).toMatchObject([{ kind: 'sign-up' }, { kind: 'sign-up' }]);
  expect(await app.mail(owner.email, 0)).toEqual([]);
  expect(await app.mail(unknown, 0)).toEqual([]);
});
