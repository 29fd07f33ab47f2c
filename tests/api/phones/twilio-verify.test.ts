import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { confirmOtp, receiveCode, requestOtp, uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import {
  startTwilio,
  TWILIO_TOKEN,
  type TwilioStandIn,
  twilioSettings,
  twilioVerifySettings,
} from '../../support/twilio.ts';

let twilio: TwilioStandIn;
let app: TestApp;

beforeAll(async () => {
  twilio = await startTwilio();
  app = await startApp({ ...twilioVerifySettings(twilio), OTP_RESEND_COOLDOWN: '0s', OTP_MAX_ATTEMPTS: '2' });
});
afterAll(async () => {
  await app.close();
  await twilio.close();
});

describe('with Twilio Verify', () => {
  test('a code signs in, and Twilio is told that it was entered', async () => {
    const client = app.client();
    const { submission, code } = await receiveCode(app, client, { phone: uniquePhone() });
    expect(twilio.lastForm()).toMatchObject({ Channel: 'sms', CustomCode: code });
    twilio.settled.splice(0);
    expectType(await confirmOtp(client, submission), 'Authenticated');
    await expect.poll(() => twilio.settled.map(({ status }) => status)).toEqual(['approved']);
  });

  test('Twilio is told once that a code can no longer be entered', async () => {
    const client = app.client();
    const { challengeId, code } = await receiveCode(app, client, { phone: uniquePhone() });
    twilio.settled.splice(0);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 4; guess++)
      expectType(await confirmOtp(client, { challengeId, code: wrong }), 'ChallengeFailed');
    await expect.poll(() => twilio.settled.map(({ status }) => status)).toEqual(['canceled']);
    expect(app.logged.join('')).not.toContain('could not be told');
  });

  test('a sign-in does not wait for that, and does not fail with it', async () => {
    const client = app.client();
    const { submission } = await receiveCode(app, client, { phone: uniquePhone() });
    twilio.fault = 'rejects the credentials';
    expectType(await confirmOtp(client, submission), 'Authenticated');
    await expect.poll(() => app.logged.join('')).toContain('could not be told what became of a code');
    twilio.fault = 'none';
  });

  test('a number that Twilio refuses gets SmsUnavailable, and others get codes', async () => {
    Object.assign(twilio, {
      fault: 'rejects the number',
      error: Object.assign(twilio.error, { code: 60203, status: 429 }),
    });
    for (let count = 0; count < 6; count++)
      expectType(await requestOtp(app.client(), { phone: uniquePhone() }), 'SmsUnavailable');
    twilio.fault = 'none';
    expectType(await requestOtp(app.client(), { phone: uniquePhone() }), 'Challenge');
  });
});

describe('with Twilio', () => {
  test('a signed report updates the delivery, and an unsigned one is refused', async () => {
    const plain = await startApp({ ...twilioSettings(twilio), PUBLIC_URL: 'https://auth.example.com' });
    expectType(await requestOtp(plain.client(), { phone: uniquePhone() }), 'Challenge');
    const { StatusCallback: url = '', ValidityPeriod: validity } = twilio.lastForm();
    expect(Number(validity)).toBeGreaterThan(500);
    expect(Number(validity)).toBeLessThanOrEqual(600);
    const [, id = randomUUID()] = /status\/([^/]+)/.exec(url) ?? [];
    const fields = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' };
    const send = (signature: string) =>
      fetch(url.replace('https://auth.example.com', plain.url), {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'x-twilio-signature': signature },
      });
    const read = () => rows(plain.app.services.db, sql`select state, report, last_error from outbox where id = ${id}`);
    expect((await send('forged')).status).toBe(403);
    expect(await read()).toMatchObject([{ state: 'sent', report: null }]);
    const signature = webhooks.getExpectedTwilioSignature(TWILIO_TOKEN, url, fields);
    expect((await send(signature)).status).toBe(204);
    expect(await read()).toMatchObject([
      { state: 'dead', report: 'failed', last_error: expect.stringContaining('30003') },
    ]);
    await plain.close();
  });
});
