import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RequestEmailOtpDocument } from '../../../schema/generated/graphql.ts';
import { MINUTE } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType, type GraphqlResponse } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmEmailOtp, requestEmailOtp } from '../../support/email-sign-in.ts';
import { uniqueEmail } from '../../support/people.ts';
import { rows } from '../../support/rows.ts';
import { wrongCodeFor } from '../../support/verification.ts';

// An attacker tries to find out by sign-ins by email which addresses have an account.

const clock = testClock();
const apps: Record<string, TestApp> = {};
beforeAll(async () => {
  for (const signUp of ['open', 'closed']) apps[signUp] = await startApp({ SIGN_UP: signUp }, { clock });
});
afterAll(() => Promise.all(Object.values(apps).map((app) => app.close())));

/** Leaves out what differs in every response. */
function comparable(response: GraphqlResponse<unknown>) {
  const { date: _, 'x-request-id': __, ...headers } = Object.fromEntries(response.headers);
  const { requestEmailOtp: challenge } = response.data as { requestEmailOtp: Record<string, string> };
  const { id, expiresAt, resendAt, ...rest } = challenge;
  const between = Date.parse(expiresAt ?? '') - Date.parse(resendAt ?? '');
  return { status: response.status, headers, rest, between, id: id?.replace(/[0-9a-f]/g, 'x') };
}

describe.each(['open', 'closed'])('with SIGN_UP=%s', (signUp) => {
  const app = () => apps[signUp] ?? expect.fail('started in beforeAll');
  const send = (email: string) => app().client().send(RequestEmailOtpDocument, { input: { email } });

  async function accounts() {
    return [
      await insertAccount(app()),
      await insertAccount(app(), { verified: false }),
      await insertAccount(app(), { active: false }),
    ];
  }

  test('requestEmailOtp gives the same response for known and unknown addresses, byte for byte (T30)', async () => {
    const email = uniqueEmail();
    const unknown = await send(email);
    for (const known of await accounts()) {
      const response = await send(known.email);
      expect(comparable(response)).toEqual(comparable(unknown));
      expect(JSON.stringify(response.data).length).toBe(JSON.stringify(unknown.data).length);
      expect(await app().mail(known.email)).toMatchObject([{ kind: 'sign-in' }]);
    }
    const rowOf = sql`select code_digest is null as is_decoy, user_id from challenges where subject = ${email}`;
    expect(await rows(app().app.services.db, rowOf)).toEqual([{ is_decoy: signUp === 'closed', user_id: null }]);
    expect(await app().mail(email, signUp === 'closed' ? 0 : 1)).toHaveLength(signUp === 'closed' ? 0 : 1);
  });

  test('wrong codes and a second request get the same responses for all addresses (T30)', async () => {
    const guesses = async (email: string) => {
      const client = app().client();
      const { id: challengeId } = expectType(await requestEmailOtp(client, { email }), 'Challenge');
      const again = expectType(await requestEmailOtp(client, { email }), 'RateLimited');
      const code = wrongCodeFor((await app().mail(email, 0))[0]?.code);
      const responses: object[] = [again];
      for (let guess = 0; guess < 4; guess++) responses.push(await confirmEmailOtp(client, { challengeId, code }));
      clock.advance(10 * MINUTE + 1000);
      responses.push(await confirmEmailOtp(client, { challengeId, code }));
      return responses;
    };
    const unknown = await guesses(uniqueEmail());
    expect(unknown).toMatchObject([
      { retryAfter: 60 },
      { reason: 'WRONG_CODE', attemptsRemaining: 2 },
      { reason: 'WRONG_CODE', attemptsRemaining: 1 },
      { reason: 'WRONG_CODE', attemptsRemaining: 0 },
      { reason: 'TOO_MANY_ATTEMPTS', attemptsRemaining: 0 },
      { reason: 'EXPIRED', attemptsRemaining: 0 },
    ]);
    for (const { email } of await accounts()) expect(await guesses(email)).toEqual(unknown);
  });
});

test('a code from before sign-up was closed creates no account', async () => {
  const [open, closed] = [apps.open ?? expect.fail(), apps.closed ?? expect.fail()];
  const email = uniqueEmail();
  const { id } = expectType(await requestEmailOtp(open.client(), { email }), 'Challenge');
  const [message] = await open.mail(email);
  // The row of the other app's database, as after a restart with another setting.
  const { db } = closed.app.services;
  const [row] = await rows<Record<string, unknown>>(
    open.app.services.db,
    sql`select row_to_json(c)::text as json from challenges c where id = ${id}`,
  );
  await rows(db, sql`insert into challenges select * from json_populate_record(null::challenges, ${row?.json}::json)`);
  expect(await confirmEmailOtp(closed.client(), { challengeId: id, code: message?.code })).toMatchObject({
    reason: 'UNKNOWN',
  });
  expect(await rows(db, sql`select id from users where email = ${email}`)).toEqual([]);
});
