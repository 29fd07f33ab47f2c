import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { eskiz } from '../../src/infra/sms/eskiz/eskiz.ts';
import type { ConfiguredGateway } from '../../src/infra/sms/gateway.ts';
import { http } from '../../src/infra/sms/http/http.ts';
import { httpSender } from '../../src/infra/sms/http/http-sender.ts';
import { logSender } from '../../src/infra/sms/log-sender.ts';
import { openSmsSender } from '../../src/infra/sms/open-sms-sender.ts';
import { twilio, twilioVerify } from '../../src/infra/sms/twilio/twilio.ts';
import { ESKIZ_EMAIL, ESKIZ_PASSWORD, eskizSettings, startEskiz } from '../support/eskiz.ts';
import { GATEWAY_SECRET, type GatewayStandIn, gatewaySettings, startGateway } from '../support/gateway.ts';
import { recordingLog } from '../support/log.ts';
import { CODE, sms } from '../support/sms-example.ts';
import { startTwilio, TWILIO_ACCOUNT, TWILIO_TOKEN, twilioSettings, twilioVerifySettings } from '../support/twilio.ts';
import { describeSmsGateway } from './sms-sender.contract.ts';

const clock = systemClock;
const deadline = 5_000;
const twilioAccount = { accountSid: TWILIO_ACCOUNT, authToken: TWILIO_TOKEN, phoneNumber: '+12025550123', deadline };
const eskizAccount = { email: ESKIZ_EMAIL, password: ESKIZ_PASSWORD, sender: '4546', callbackUrl: undefined, clock };

describeSmsGateway(twilio, startTwilio, twilioSettings);
describeSmsGateway(twilioVerify, startTwilio, twilioVerifySettings, ({ code = '' }) => code);
describeSmsGateway(eskiz, startEskiz, eskizSettings);
describeSmsGateway(http, startGateway, gatewaySettings);

describe('SmsSender: log', () => {
  test('logs that there is a message and where to read it, without code and number (T53)', async () => {
    const { log, lines } = recordingLog();
    const sender = logSender({ log, viewer: 'http://localhost:4000/dev/outbox' });
    expect(await sender.send(sms())).toEqual({ outcome: 'sent' });
    expect(await sender.verify()).toEqual({ outcome: 'sent' });
    await sender.close();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('http://localhost:4000/dev/outbox');
    expect(lines[0]).toContain('•••• 4567');
    expect(lines[0]).not.toMatch(new RegExp(`${CODE}|90123|Kirish`));
  });

  test('says how to get an outbox viewer when there is none', async () => {
    const { log, lines } = recordingLog();
    await logSender({ log, viewer: undefined }).send(sms());
    expect(lines[0]).toContain('SMS_PROVIDER');
  });
});

describe('SmsSender: http, its signature', () => {
  let gateway: GatewayStandIn;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  const openSender = (secret = GATEWAY_SECRET, at = clock) =>
    httpSender({ url: `${gateway.origin}/sms`, secret, clock: at, deadline });

  test('covers the time, the id and the bytes of the body, as documented', async () => {
    const message = sms();
    expect(await openSender().send(message)).toEqual({ outcome: 'sent' });
    const { headers, body } = gateway.last();
    expect(JSON.parse(body)).toEqual({ to: message.to, text: message.text, locale: 'uz' });
    expect(headers['x-request-id']).toBe(message.reference);
    const signed = `${headers['x-timestamp']}.${message.reference}.${body}`;
    const mac = createHmac('sha256', GATEWAY_SECRET).update(signed).digest('hex');
    expect(headers['x-signature']).toBe(`sha256=${mac}`);
  });

  test('a replayed request sends nothing, with the same or another x-request-id', async () => {
    await openSender().send(sms());
    const { headers, body } = gateway.last();
    const replay = (id: string) => {
      const kept = ['content-type', 'x-timestamp', 'x-signature'].map((name) => [name, String(headers[name])]);
      return fetch(gateway.origin, {
        method: 'POST',
        body,
        headers: { ...Object.fromEntries(kept), 'x-request-id': id },
      });
    };
    expect((await replay(String(headers['x-request-id']))).status).toBe(409);
    expect((await replay('another')).status).toBe(401);
  });

  test('another secret or an old time is rejected by the gateway', async () => {
    const late = { now: () => new Date(clock.now().getTime() - 3_600_000) };
    expect(await openSender('another secret of thirty-two characters').send(sms())).toMatchObject({
      outcome: 'unavailable',
    });
    expect(await openSender(GATEWAY_SECRET, late).send(sms())).toMatchObject({ outcome: 'unavailable' });
  });

  test.each([
    [200, 'sent'],
    [204, 'sent'],
    [400, 'refused'],
    [404, 'refused'],
    [422, 'refused'],
    [429, 'unavailable'],
    [302, 'unknown'],
    [503, 'unknown'],
  ])('%i means %s', async (status, outcome) => {
    gateway.sendReply = { status };
    expect((await openSender().send(sms({ text: `${status}` }))).outcome).toBe(outcome);
    gateway.sendReply = undefined;
  });
});

describe('openSmsSender', () => {
  const openSender = (configured: ConfiguredGateway | undefined) => {
    const { log, lines } = recordingLog();
    return { sender: openSmsSender(configured, { log, clock, viewer: undefined }), lines };
  };

  test('opens the configured gateway, or the log', async () => {
    const [atTwilio, atEskiz, atGateway] = await Promise.all([startTwilio(), startEskiz(), startGateway()]);
    for (const [gateway, settings, standIn] of [
      [twilio, { apiUrl: atTwilio.origin, ...twilioAccount }, atTwilio],
      [eskiz, { apiUrl: atEskiz.origin, ...eskizAccount }, atEskiz],
      [http, { url: atGateway.origin, secret: GATEWAY_SECRET }, atGateway],
    ] as const) {
      const sender = await openSender({ gateway, settings }).sender;
      expect(await sender.send(sms())).toMatchObject({ outcome: 'sent' });
      expect(standIn.arrived).toHaveLength(1);
      await standIn.close();
    }
    const { sender, lines } = openSender(undefined);
    await (await sender).send(sms());
    expect(lines).toHaveLength(1);
  });

  test('pauses a failing gateway, and logs this once, without the message (F15)', async () => {
    const gateway = await startGateway();
    gateway.fault = 'responds with 500';
    const { sender, lines } = openSender({ gateway: http, settings: { url: gateway.origin, secret: GATEWAY_SECRET } });
    for (let round = 0; round < 8; round++) await (await sender).send(sms());
    expect(gateway.arrived).toHaveLength(5);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('no message is sent for a while');
    expect(lines[0]).not.toMatch(new RegExp(`${CODE}|901234567`));
    await gateway.close();
  });
});
