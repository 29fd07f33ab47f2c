import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { withBreaker } from '../../src/infra/sms/breaker.ts';
import type { SmsSender } from '../../src/infra/sms/sms-sender.ts';
import { twilioVerifySender } from '../../src/infra/sms/twilio/twilio-verify-sender.ts';
import { CODE, sms } from '../support/sms-example.ts';
import { startTwilio, TWILIO_ACCOUNT, TWILIO_SERVICE, TWILIO_TOKEN, type TwilioStandIn } from '../support/twilio.ts';

const account = { accountSid: TWILIO_ACCOUNT, authToken: TWILIO_TOKEN, deadline: 5_000 };
let twilio: TwilioStandIn;
let verify: SmsSender;
beforeAll(async () => {
  twilio = await startTwilio();
  verify = await twilioVerifySender({ apiUrl: twilio.origin, ...account, verifyServiceSid: TWILIO_SERVICE });
});
afterAll(() => twilio.close());

beforeEach(() => {
  Object.assign(twilio, { fault: 'none', customCodes: true });
  twilio.settled.splice(0);
});

describe('Twilio Verify', () => {
  test('gets our code, the number and the language, and returns the verification', async () => {
    const to = '+998900000001' as never;
    expect(await verify.send(sms({ to }))).toEqual({ outcome: 'sent', id: expect.stringMatching(/^VE[0-9a-f]{32}$/) });
    expect(twilio.lastForm()).toEqual({ To: to, Channel: 'sms', CustomCode: CODE });
    await verify.send(sms({ to, locale: 'ru' }));
    expect(twilio.lastForm()).toEqual({ To: to, Channel: 'sms', CustomCode: CODE, Locale: 'ru' });
  });

  test('sends no notices', async () => {
    expect(await verify.send(sms({ code: undefined }))).toMatchObject({ outcome: 'refused' });
  });

  test('is told what became of a code', async () => {
    const delivery = await verify.send(sms({ to: '+998900000002' as never }));
    const id = ('id' in delivery && delivery.id) || '';
    expect(await verify.settle?.(id, 'approved')).toEqual({ outcome: 'sent' });
    expect(twilio.settled).toEqual([{ sid: id, status: 'approved' }]);
    expect(await verify.settle?.(id, 'canceled')).toMatchObject({ outcome: 'unavailable' });
  });

  test('refuses the sixth code to a number that entered none, and no other number', async () => {
    const guarded = withBreaker(verify, { log: silent, failures: 2 });
    const to = '+998900000003' as never;
    for (let count = 0; count < 5; count++) expect(await guarded.send(sms({ to }))).toMatchObject({ outcome: 'sent' });
    for (let count = 0; count < 4; count++)
      expect(await guarded.send(sms({ to }))).toMatchObject({
        outcome: 'refused',
        error: expect.stringContaining('60203'),
      });
    expect(await guarded.send(sms({ to: '+998900000004' as never }))).toMatchObject({ outcome: 'sent' });
  });

  test('without custom codes in its service is not available, and the doctor learns it', async () => {
    twilio.customCodes = false;
    const reason = { outcome: 'unavailable', error: expect.stringMatching(/custom verification codes/) };
    expect(await verify.send(sms())).toMatchObject(reason);
    expect(await verify.verify()).toMatchObject(reason);
  });
});
