import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { HOUR, SECOND } from '../../../src/core/clock.ts';
import { insertAccount } from '../../support/accounts.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login } from '../../support/calls.ts';
import type { ApiClient } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { PASSWORD } from '../../support/people.ts';
import { requestOtp } from '../../support/phones.ts';
import { useReplicas } from '../../support/replicas.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres } from '../../support/servers.ts';
import { startTwilio, twilioSettings } from '../../support/twilio.ts';

// Text messages that only numbers with an account get: resets, and sign-in codes while SIGN_UP is closed. Their shared
// limits count what is sent.

const running: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.close();
});

async function startStage(env: Environment = {}) {
  const provider = await startTwilio();
  const clock = testClock();
  const app = await startApp({ ...twilioSettings(provider), ...env }, { clock });
  running.push(provider, app);
  return { app, provider, clock };
}

/** In one range. */
const number = (n: number) => `+99890123${4000 + n}`;

/** An account with a verified number. */
async function insertOwner(app: TestApp, phone: string) {
  const { id, email } = await insertAccount(app);
  await rows(app.app.services.db, sql`update users set phone = ${phone}, phone_verified_at = now() where id = ${id}`);
  return { id, email };
}

type Request = (client: ApiClient, phone: string) => Promise<{ __typename: string }>;
const requestReset: Request = async (client, phone) =>
  (await client.request(RequestPasswordResetDocument, { input: { identifier: phone } })).requestPasswordReset;
const requestCode: Request = (client, phone) => requestOtp(client, { phone });

const USES: { use: string; env: Environment; request: Request }[] = [
  { use: 'a reset', env: {}, request: requestReset },
  { use: 'a sign-in code, while sign-up is closed,', env: { SIGN_UP: 'closed' }, request: requestCode },
  { use: 'a reset, while sign-up is closed,', env: { SIGN_UP: 'closed' }, request: requestReset },
];

const suppressed = (app: TestApp) =>
  rows<{ detail: Record<string, string> }>(
    app.app.services.db,
    sql`select detail from audit_events where type = 'notice' and outcome = 'suppressed'`,
  );

describe.each(USES)('$use', ({ env, request }) => {
  test('for unknown numbers uses up neither the range nor the daily cap (T51, T52)', async () => {
    const { app, provider } = await startStage({ ...env, SMS_DAILY_CAP: '10' });
    await insertOwner(app, number(999));
    for (let n = 0; n < 30; n++) expect((await request(app.client(), number(n))).__typename).toBe('Challenge');
    expect((await request(app.client(), number(999))).__typename).toBe('Challenge');
    await expect.poll(() => provider.arrived.map(({ to }) => to)).toEqual([number(999)]);
    const counters = await rows<{ name: string }>(
      app.app.services.db,
      sql`select name, points from budgets where name in ('sms-range', 'sms-all', 'sms-unconfirmed') order by name`,
    );
    expect(counters).toEqual(['sms-all', 'sms-range', 'sms-unconfirmed'].map((name) => ({ name, points: 1 })));
  });

  test('over the limit of the range gets the same answer, is not sent, and is recorded (T51, T52)', async () => {
    const { app, provider, clock } = await startStage({ ...env, SMS_PREFIX_BUDGET: '2/1h' });
    for (const n of [1, 2, 3, 4]) await insertOwner(app, number(n));
    const answers = [];
    for (const n of [1, 2, 3, 5, 6]) answers.push(await request(app.client(), number(n)));
    const keys = answers.map((answer) => Object.keys(answer));
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(new Set(['Challenge']));
    expect(new Set(keys.map((names) => names.join()))).toHaveLength(1);
    const detail = { channel: 'SMS', reason: 'range', range: '+99890123' };
    await expect.poll(() => suppressed(app)).toMatchObject([{ detail }]);
    expect(provider.arrived.map(({ to }) => to).toSorted()).toEqual([number(1), number(2)]);
    clock.advance(HOUR + SECOND);
    expect((await request(app.client(), number(4))).__typename).toBe('Challenge');
    await expect.poll(() => provider.arrived).toHaveLength(3);
  });

  test('after codes that were never entered, goes only to an owner whom the account knows (T52, T97)', async () => {
    const { app, provider } = await startStage(env);
    const { email } = await insertOwner(app, number(1));
    await insertOwner(app, number(2));
    const client = app.client();
    const signedIn = await login(client, email, PASSWORD);
    expect(signedIn.__typename).toBe('Authenticated');
    await insertOwner(app, number(3));
    await request(app.client(), number(3));
    await expect.poll(() => provider.arrived).toHaveLength(1);
    await rows(app.app.services.db, sql`update budgets set points = 20 where name = 'sms-unconfirmed'`);
    expect((await request(app.client(), number(2))).__typename).toBe('Challenge');
    await expect.poll(() => suppressed(app)).toMatchObject([{ detail: { reason: 'unconfirmed' } }]);
    expect((await request(client, number(1))).__typename).toBe('Challenge');
    await expect.poll(() => provider.arrived.at(-1)?.to).toBe(number(1));
    expect(provider.arrived).toHaveLength(2);
  });
});

test('a sent reset does not show in the limit of sign-in codes, which any number gets (T51)', async () => {
  const answersAfterReset = async (hasAccount: boolean) => {
    const { app, provider } = await startStage({ SMS_PREFIX_BUDGET: '2/1h' });
    if (hasAccount) await insertOwner(app, number(1));
    await requestReset(app.client(), number(1));
    if (hasAccount) await expect.poll(() => provider.arrived).toHaveLength(1);
    const answers = [];
    for (const n of [2, 3, 4]) answers.push((await requestCode(app.client(), number(n))).__typename);
    return answers;
  };
  const expected = ['Challenge', 'Challenge', 'SmsUnavailable'];
  expect([await answersAfterReset(true), await answersAfterReset(false)]).toEqual([expected, expected]);
});

describePostgres('many resets at once on two replicas', () => {
  const { app: first, replica, query } = useReplicas({ SMS_PREFIX_BUDGET: '3/1h' });

  test('send no more text messages than the limit of the range (T52)', async () => {
    for (let n = 0; n < 10; n++) await insertOwner(first(), number(n));
    const requests = Array.from({ length: 10 }, (_, n) => requestReset(replica(n).client(), number(n)));
    const answers = (await Promise.all(requests)).map(({ __typename }) => __typename);
    expect(answers).toEqual(Array(10).fill('Challenge'));
    const states = sql`select state, count(*)::int as count from outbox where channel = 'SMS' group by 1 order by 1`;
    await expect
      .poll(() => query(states))
      .toEqual([
        { state: 'discarded', count: 7 },
        { state: 'sent', count: 3 },
      ]);
  });
});
