import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RequestEmailVerificationDocument } from '../../../schema/generated/graphql.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { register, resend, verify } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { beginSignUp, PASSWORD, uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';

// Limits of messages and codes per address and per network.

const clock = testClock();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({}, { clock });
});
afterAll(() => app.close());

const requestMessage = async (email: string, client = app.client()) => resend(client, { email });

test('an address gets one message a minute, and the response does not reveal whether it has an account (T51)', async () => {
  const { email: unverified } = await insertAccount(app, { verified: false });
  const { email: owner } = await insertAccount(app);
  for (const email of [unverified, owner, uniqueEmail()]) {
    expectType(await requestMessage(email), 'Challenge');
    const results = await Promise.all([
      requestMessage(email),
      requestMessage(email),
      register(app.client(), { email, password: PASSWORD }),
    ]);
    for (const result of results) {
      const { retryAfter, message } = expectType(result, 'RateLimited');
      expect(retryAfter).toBeGreaterThan(50);
      expect(retryAfter).toBeLessThanOrEqual(60);
      expect(message).toMatch(/^Too many attempts\. Try again in /);
    }
    const sent = await rows(app.app.services.db, sql`select id from challenges where subject = ${email}`);
    expect(sent).toHaveLength(1);
  }
  expect(await app.mail(unverified)).toHaveLength(1);
});

test('resendAt says when the next message may be requested (T51)', async () => {
  const email = uniqueEmail();
  const client = app.client();
  const { resendAt } = expectType(await requestMessage(email, client), 'Challenge');
  clock.advance(Date.parse(resendAt) - clock.now().getTime() - 2 * SECOND);
  expectType(await requestMessage(email, client), 'RateLimited');
  clock.advance(3 * SECOND);
  expectType(await requestMessage(email, client), 'Challenge');
});

test('an address gets twenty messages a day (T51)', async () => {
  const email = uniqueEmail();
  for (let time = 0; time < 20; time++) {
    expectType(await requestMessage(email), 'Challenge');
    clock.advance(MINUTE + SECOND);
  }
  const { retryAfter } = expectType(await requestMessage(email), 'RateLimited');
  expect(retryAfter).toBeGreaterThan(22 * 3600);
  clock.advance(DAY);
  expectType(await requestMessage(email), 'Challenge');
});

test('a network gets a hundred messages an hour, across all addresses (T51)', async () => {
  const client = app.client({ ip: '2001:db8:51::1' });
  const query = RequestEmailVerificationDocument;
  for (let time = 0; time < 100; time++) {
    const ip = `2001:db8:51::${time + 1}`; // One IPv6 customer is one network.
    const data = await client.request(query, { input: { email: uniqueEmail() } }, { ip });
    expectType(data.requestEmailVerification, 'Challenge');
  }
  expectType(await requestMessage(uniqueEmail(), client), 'RateLimited');
  expectType(await register(client, { email: uniqueEmail(), password: PASSWORD }), 'RateLimited');
  // Rejected requests do not count against the address.
  const email = uniqueEmail();
  expectType(await requestMessage(email, client), 'RateLimited');
  expectType(await requestMessage(email), 'Challenge');
  clock.advance(HOUR);
  expectType(await requestMessage(uniqueEmail(), client), 'Challenge');
});

test('a network may enter a hundred wrong codes in a quarter of an hour, and the next is not checked (T51)', async () => {
  const client = app.client();
  const guesses = { challengeId: crypto.randomUUID(), code: '123456' };
  for (let time = 0; time < 100; time++) expectType(await verify(client, guesses), 'ChallengeFailed');
  const { challenge, code } = await beginSignUp(app, app.client());
  expectType(await verify(client, { challengeId: challenge.id, code }), 'RateLimited');
  const attempts = sql`select attempts from challenges where id = ${challenge.id}`;
  expect(await rows(app.app.services.db, attempts)).toEqual([{ attempts: 0 }]);
  expectType(await verify(app.client(), { challengeId: challenge.id, code }), 'Authenticated');
});
