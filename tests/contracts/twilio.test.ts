import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { examineSms } from '../../src/cli/doctor/sms.ts';
import type { Environment } from '../../src/config.ts';
import { silent } from '../../src/core/log.ts';
import { withBreaker } from '../../src/infra/sms/breaker.ts';
import type { SmsSender } from '../../src/infra/sms/sms-sender.ts';
import { twilio as twilioGateway, twilioVerify } from '../../src/infra/sms/twilio/twilio.ts';
import { twilioSender } from '../../src/infra/sms/twilio/twilio-sender.ts';
import { loadTestConfig } from '../support/config.ts';
import { sms } from '../support/sms-example.ts';
import {
  startTwilio,
  TWILIO_ACCOUNT,
  TWILIO_KEY,
  TWILIO_KEY_SECRET,
  TWILIO_TOKEN,
  type TwilioStandIn,
  twilioSettings,
  twilioVerifySettings,
} from '../support/twilio.ts';

const { getExpectedTwilioSignature } = webhooks;
const account = { accountSid: TWILIO_ACCOUNT, authToken: TWILIO_TOKEN, deadline: 5_000 };
const keyed = { accountSid: TWILIO_ACCOUNT, apiKey: TWILIO_KEY, apiKeySecret: TWILIO_KEY_SECRET, deadline: 5_000 };
const phoneNumber = '+12025550123';
let twilio: TwilioStandIn;
let sender: SmsSender;
beforeAll(async () => {
  twilio = await startTwilio();
  sender = await twilioSender({ apiUrl: twilio.origin, ...account, phoneNumber });
});
afterAll(() => twilio.close());

beforeEach(() => {
  Object.assign(twilio, { fault: 'none', customCodes: true });
  twilio.settled.splice(0);
});

const failWith = (code: number, status: number) =>
  Object.assign(twilio, { fault: 'rejects the number', error: Object.assign(twilio.error, { code, status }) });

describe('an error of Twilio', () => {
  test.each([
    ['is not valid', 21211, 400],
    ['is in a region that is not enabled', 21408, 400],
    ['is in a region that is not enabled', 21408, 403],
    ['has opted out', 21610, 400],
    ['has no route', 21612, 400],
    ['is not a mobile one', 21614, 400],
    ['is a landline', 21635, 400],
    ['is rejected for an unknown reason', 29999, 400],
    ['is rejected for an unknown reason', 29998, 403],
    ['got too many codes', 60203, 429],
    ['got too many codes at once', 60212, 429],
    ['is in a blocked range', 60410, 403],
  ])('about a number that %s is a refusal (%i, HTTP %i), and never pauses others', async (_title, code, status) => {
    failWith(code, status);
    const guarded = withBreaker(sender, { log: silent, failures: 3 });
    for (let round = 0; round < 6; round++)
      expect(await guarded.send(sms())).toMatchObject({
        outcome: 'refused',
        error: expect.stringContaining(String(code)),
      });
    twilio.fault = 'none';
    expect(await guarded.send(sms())).toMatchObject({ outcome: 'sent' });
  });

  test.each([
    ['a suspended account', 20005, 403],
    ['an unknown account', 20404, 404],
    ['a sender of another account', 21660, 400],
    ['a sender that cannot send', 21606, 400],
    ['no sender', 21603, 400],
    ['an unknown messaging service', 21701, 400],
    ['a messaging service without numbers', 21704, 400],
    ['a full queue', 21611, 429],
    ['a full queue', 21611, 400],
    ['the hourly limit', 60728, 400],
    ['the hourly limit', 60728, 429],
    ['the daily limit', 63038, 400],
    ['the daily limit', 63038, 429],
  ])('about %s (%i, HTTP %i) means to try later, and names the reason (F36)', async (_title, code, status) => {
    failWith(code, status);
    const delivery = await sender.send(sms());
    expect(delivery).toMatchObject({ outcome: 'unavailable', error: expect.stringContaining(String(code)) });
  });

  test('names what it means', async () => {
    failWith(63038, 429);
    expect(await sender.send(sms())).toMatchObject({
      error: 'Twilio: error 63038, the daily limit of the account is reached',
    });
    failWith(21610, 400);
    expect(await sender.send(sms())).toMatchObject({ error: 'Twilio: error 21610, the number has opted out' });
  });

  test.each([
    [30002, 'unavailable'],
    [63038, 'unavailable'],
    [21610, 'refused'],
  ])('%i in a message that was created and has failed is %s', async (code, outcome) => {
    const failing = await startTwilio();
    failing.created = { status: 'failed', error_code: code };
    const other = await twilioSender({ apiUrl: failing.origin, ...account, phoneNumber });
    expect(await other.send(sms())).toMatchObject({ outcome });
    await failing.close();
  });
});

describe('a message to Twilio', () => {
  test('is sent from the number, or from the messaging service, and is not kept longer than its code is valid', async () => {
    expect(await sender.send(sms({ lifetime: 599_999 }))).toEqual({
      outcome: 'sent',
      id: expect.stringMatching(/^SM/),
    });
    const fields = { To: '+998901234567', Body: sms().text };
    expect(twilio.lastForm()).toEqual({ ...fields, From: phoneNumber, ValidityPeriod: '599' });
    const messagingServiceSid = `MG${'0'.repeat(32)}`;
    const other = await twilioSender({ apiUrl: twilio.origin, ...account, phoneNumber, messagingServiceSid });
    await other.send(sms());
    expect(twilio.lastForm()).toEqual({ ...fields, MessagingServiceSid: messagingServiceSid, ValidityPeriod: '600' });
  });

  test.each([
    [300, '1'],
    [-5, '1'],
    [3 * 24 * 3_600_000, '36000'],
  ])('that is useful for %i ms is kept %s seconds', async (lifetime, seconds) => {
    await sender.send(sms({ lifetime }));
    expect(twilio.lastForm().ValidityPeriod).toBe(seconds);
  });

  test('can be sent with an API key instead of the token', async () => {
    const other = await twilioSender({ apiUrl: twilio.origin, ...keyed, phoneNumber });
    expect(await other.send(sms())).toMatchObject({ outcome: 'sent' });
    expect(await other.verify()).toEqual({ outcome: 'sent' });
    const wrong = await twilioSender({ apiUrl: twilio.origin, ...keyed, apiKeySecret: 'wrong', phoneNumber });
    expect(await wrong.send(sms())).toMatchObject({ outcome: 'unavailable' });
  });

  test('ignores region, edge and log level in the environment', async () => {
    Object.assign(process.env, { TWILIO_EDGE: 'sydney', TWILIO_REGION: 'au1', TWILIO_LOG_LEVEL: 'debug' });
    try {
      const other = await twilioSender({ apiUrl: twilio.origin, ...account, phoneNumber });
      expect(await other.send(sms())).toMatchObject({ outcome: 'sent' });
    } finally {
      for (const name of ['TWILIO_EDGE', 'TWILIO_REGION', 'TWILIO_LOG_LEVEL']) delete process.env[name];
    }
  });
});

describe('a report of Twilio', () => {
  const url = 'https://auth.example.com/sms/status/0199f0d5-0000-7000-8000-000000000000/secret';
  const read = (fields: Record<string, string>, { signed = fields, token = TWILIO_TOKEN, at = url } = {}) => {
    const signature = getExpectedTwilioSignature(token, at, signed);
    return sender.readStatus?.({
      url,
      fields,
      header: (name) => (name === 'x-twilio-signature' ? signature : undefined),
    });
  };

  test.each([
    ['queued', { status: 'accepted' }],
    ['sent', { status: 'accepted' }],
    ['delivered', { status: 'delivered' }],
    ['something', undefined],
  ])('with %s is read', async (status, report) => {
    expect(await read({ MessageSid: 'SM1', MessageStatus: status })).toEqual(report);
  });

  test.each([
    ['30003', 'the phone cannot be reached'],
    ['30006', 'a landline'],
    ['63038', 'the daily limit'],
    ['12345', 'error 12345'],
    ['', 'error unknown'],
  ])('of a failure has the reason: %s', async (code, reason) => {
    for (const status of ['failed', 'undelivered'])
      expect(await read({ MessageStatus: status, ErrorCode: code })).toEqual({
        status: 'failed',
        reason: expect.stringContaining(reason),
      });
  });

  test.each([
    ['another token', { token: 'another' }],
    ['another URL', { at: url.replace('secret', 'other') }],
    ['other fields', { signed: { MessageStatus: 'failed' } }],
  ])('with a signature for %s is forged', async (_title, changes) => {
    expect(await read({ MessageStatus: 'delivered' }, changes as object)).toBe('forged');
  });

  test('without a signature is forged', async () => {
    const fields = { MessageStatus: 'delivered' };
    expect(await sender.readStatus?.({ url, fields, header: () => undefined })).toBe('forged');
  });

  test('is requested only if its signature can be checked', async () => {
    await sender.send(sms({ statusUrl: url }));
    expect(twilio.lastForm().StatusCallback).toBe(url);
    const other = await twilioSender({ apiUrl: twilio.origin, ...keyed, phoneNumber });
    await other.send(sms({ statusUrl: url }));
    expect(twilio.lastForm()).not.toHaveProperty('StatusCallback');
  });
});

describe('the doctor', () => {
  const registries = { gateways: [twilioGateway, twilioVerify], providers: [] };
  const examine = (settings: Environment) => examineSms(loadTestConfig(settings, registries));

  test.each([
    ['twilio', () => twilioSettings(twilio)],
    ['twilio-verify', () => twilioVerifySettings(twilio)],
  ])('accepts %s, and names wrong credentials and a server that is not there', async (name, settings) => {
    expect(await examine(settings())).toMatchObject([{ state: 'good', text: expect.stringContaining(name) }]);
    twilio.fault = 'rejects the credentials';
    expect(await examine(settings())).toMatchObject([
      {
        state: 'wrong',
        text: expect.stringContaining('our credentials are not accepted'),
        advice: expect.stringContaining('check'),
      },
    ]);
    expect(await examine({ ...settings(), TWILIO_API_URL: 'http://127.0.0.1:9' })).toMatchObject([
      { state: 'wrong', text: expect.stringContaining('ECONNREFUSED') },
    ]);
  });

  test('names an unknown service and one that does not accept our codes', async () => {
    const unknown = { ...twilioVerifySettings(twilio), TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}` };
    expect(await examine(unknown)).toMatchObject([{ state: 'wrong', text: expect.stringContaining('20404') }]);
    twilio.customCodes = false;
    expect(await examine(twilioVerifySettings(twilio))).toMatchObject([
      { state: 'wrong', text: expect.stringContaining('custom verification codes are not enabled') },
    ]);
  });
});
