import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { RequestPasswordResetDocument } from '../../../schema/generated/graphql.ts';
import type { Environment } from '../../../src/config.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { testClock } from '../../support/clock.ts';
import { confirmOtp, receiveCode, requestOtp, signUpByPhone, uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import type { SmsStandIn } from '../../support/sms-provider.ts';
import { startTwilio, twilioSettings } from '../../support/twilio.ts';

// SMS limits, measured by a fake provider that counts the messages.

const running: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.close();
});

interface Stage {
  app: TestApp;
  provider: SmsStandIn;
  clock: ReturnType<typeof testClock>;
}

async function startStage(env: Environment = {}): Promise<Stage> {
  const provider = await startTwilio();
  const clock = testClock();
  const app = await startApp({ ...twilioSettings(provider), ...env }, { clock });
  running.push(provider, app);
  return { app, provider, clock };
}

/** A hundred sequential numbers. */
const SEQUENCE = Array.from({ length: 100 }, (_, n) => `+99890123${String(4500 + n)}`);

const countRejections = ({ app }: Stage) =>
  rows<{ outcome: string; detail: Record<string, string>; count: number }>(
    app.app.services.db,
    sql`select outcome, detail, sum(count)::int as count from audit_events where type = 'sms-shield' group by 1, 2`,
  );

/** The number of results of each type. */
function countByType(results: readonly { __typename: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename: name } of results) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe('a range of numbers (T52)', () => {
  test('gets twenty messages an hour, from however many networks', async () => {
    const stage = await startStage();
    const results = [];
    for (const phone of SEQUENCE) results.push(await requestOtp(stage.app.client(), { phone }));
    expect(countByType(results)).toEqual({ Challenge: 20, SmsUnavailable: 80 });
    expect(stage.provider.arrived).toHaveLength(20);
    await expect
      .poll(() => countRejections(stage))
      .toEqual([{ outcome: 'range', detail: { country: 'UZ', range: '+99890123' }, count: 80 }]);
    expectType(await requestOtp(stage.app.client(), { phone: '+998911234567' }), 'Challenge');
  });

  test('gets no more than twenty from one network, across all ranges', async () => {
    const { app, provider } = await startStage();
    const client = app.client();
    const results = [];
    for (let n = 10; n < 40; n++) results.push(await requestOtp(client, { phone: `+998901${n}4567` }));
    expect(countByType(results)).toEqual({ Challenge: 20, RateLimited: 10 });
    expect(provider.arrived).toHaveLength(20);
  });

  test('is closed when no code is entered, and reopened by one that is', async () => {
    const stage = await startStage({ SMS_PREFIX_BUDGET: '1000/1h' });
    const { app, clock, provider } = stage;
    const requested = [];
    const clients = SEQUENCE.map(() => app.client());
    for (const [n, phone] of SEQUENCE.slice(0, 40).entries()) {
      const client = clients[n] ?? app.client();
      requested.push({ phone, client, result: await requestOtp(client, { phone }) });
    }
    expect(countByType(requested.map(({ result }) => result))).toEqual({ Challenge: 20, SmsUnavailable: 20 });
    expect(provider.arrived).toHaveLength(20);
    await expect.poll(() => countRejections(stage)).toMatchObject([{ outcome: 'unconfirmed', count: 20 }]);

    const [first] = requested;
    const code = (await app.mail(first?.phone ?? ''))[0]?.code ?? '';
    const challengeId = expectType(first?.result ?? { __typename: '' }, 'Challenge').id;
    expectType(await confirmOtp(app.client(), { challengeId, code }), 'Authenticated');
    const more = [];
    for (const phone of SEQUENCE.slice(40, 55)) more.push(await requestOtp(app.client(), { phone }));
    expect(countByType(more)).toEqual({ Challenge: 10, SmsUnavailable: 5 });
    // Other ranges and the next day are not affected.
    expectType(await requestOtp(app.client(), { phone: '+998911234567' }), 'Challenge');
    clock.advance(DAY + SECOND);
    expectType(await requestOtp(app.client(), { phone: SEQUENCE[60] ?? '' }), 'Challenge');
  });

  test('is never closed while codes are entered', async () => {
    const { app, clock } = await startStage();
    for (let n = 0; n < 60; n++) {
      await signUpByPhone(app, { phone: SEQUENCE[n] ?? '' });
      clock.advance(4 * MINUTE);
    }
  });
});

test('a country that is not served causes no cost on any path (T52)', async () => {
  const stage = await startStage({ SMS_COUNTRIES: 'UZ' });
  for (const phone of ['+77012345678', '+12025550123', '+447400123456']) {
    expectType(await requestOtp(stage.app.client(), { phone }), 'SmsUnavailable');
    const reset = await stage.app.client().request(RequestPasswordResetDocument, { input: { identifier: phone } });
    const unavailable = expectType(reset.requestPasswordReset, 'SmsUnavailable');
    expect(unavailable.message).toMatch(/^We can’t send a text message/);
  }
  expect(stage.provider.requests()).toBe(0);
  await expect
    .poll(async () => (await countRejections(stage)).map(({ outcome, count }) => [outcome, count]))
    .toEqual(Array(3).fill(['country', 2]));
  expectType(await requestOtp(stage.app.client(), { phone: uniquePhone() }), 'Challenge');
});

test('a number gets one message a minute for each use, whether known or unknown (T51, T97)', async () => {
  const { app, clock, provider } = await startStage();
  const { phone: known } = await signUpByPhone(app);
  clock.advance(MINUTE + SECOND);
  for (const phone of [known, uniquePhone()]) {
    const before = provider.arrived.length;
    const { challenge } = await receiveCode(app, app.client(), { phone });
    const again = expectType(await requestOtp(app.client(), { phone }), 'RateLimited');
    expect(again.retryAfter).toBeLessThanOrEqual(60);
    const reset = async () =>
      (await app.client().request(RequestPasswordResetDocument, { input: { identifier: phone } })).requestPasswordReset;
    expectType(await reset(), 'Challenge');
    expectType(await reset(), 'RateLimited');
    clock.advance(Date.parse(challenge.resendAt) - clock.now().getTime() + SECOND);
    expectType(await requestOtp(app.client(), { phone }), 'Challenge');
    const resets = phone === known ? 1 : 0;
    await expect.poll(() => provider.arrived.length, { timeout: MINUTE }).toBe(before + 2 + resets);
  }
});

test('a number gets twenty messages a day (T51)', async () => {
  const { app, clock } = await startStage({ OTP_RESEND_COOLDOWN: '0s', SMS_PREFIX_BUDGET: '100/1h' });
  const phone = uniquePhone();
  for (let time = 0; time < 20; time++) {
    const client = app.client();
    const { submission } = await receiveCode(app, client, { phone });
    expectType(await confirmOtp(client, submission), 'Authenticated');
    clock.advance(MINUTE);
  }
  const { retryAfter } = expectType(await requestOtp(app.client(), { phone }), 'RateLimited');
  expect(retryAfter).toBeGreaterThan(20 * 3600);
});

test('SMS_DAILY_CAP holds under concurrency and is reset each day (T51)', async () => {
  const stage = await startStage({ SMS_DAILY_CAP: '5' });
  const requestCode = () => requestOtp(stage.app.client(), { phone: uniquePhone() });
  const results = await Promise.all(Array.from({ length: 16 }, requestCode));
  expect(countByType(results)).toEqual({ Challenge: 5, SmsUnavailable: 11 });
  expect(stage.provider.arrived).toHaveLength(5);
  await expect.poll(() => countRejections(stage)).toMatchObject([{ outcome: 'cap', count: 11 }]);
  stage.clock.advance(HOUR);
  expectType(await requestCode(), 'SmsUnavailable');
  stage.clock.advance(DAY);
  expectType(await requestCode(), 'Challenge');
});

test('the limits of a reset do not reveal who has an account (T51)', async () => {
  const { app } = await startStage({ SMS_DAILY_CAP: '4' });
  const { phone: known } = await signUpByPhone(app);
  const reset = async (identifier: string) =>
    (await app.client().request(RequestPasswordResetDocument, { input: { identifier } })).requestPasswordReset
      .__typename;
  const unknown = uniquePhone();
  const results = [];
  for (const phone of [unknown, uniquePhone(), known, unknown, known, uniquePhone()]) results.push(await reset(phone));
  expect(results).toEqual([...Array(3).fill('Challenge'), 'RateLimited', 'RateLimited', 'Challenge']);
});

test('in production without a provider, requests return SmsUnavailable', async () => {
  const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', OUTBOX_VIEWER: 'off' };
  const app = await startApp(env);
  running.push(app);
  expectType(await requestOtp(app.client(), { phone: uniquePhone() }), 'SmsUnavailable');
});
