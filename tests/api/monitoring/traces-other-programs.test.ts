import { describe, expect, test } from 'vitest';
import { expectType } from '../../support/client.ts';
import { eskizSettings, startEskiz } from '../../support/eskiz.ts';
import { gatewaySettings, startGateway } from '../../support/gateway.ts';
import { requestOtp, uniquePhone } from '../../support/phones.ts';
import { startReceiver, webhooksTo } from '../../support/receiver.ts';
import { registerUser } from '../../support/sessions.ts';
import type { SmsFault } from '../../support/sms-provider.ts';
import { startSmtp } from '../../support/smtp.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';
import { authorize, signInWith } from '../../support/social/sign-in.ts';
import { CLIENT, closeLater, descendants, startTracedApp } from '../../support/traced-app.ts';
import { startTwilio, twilioSettings, twilioVerifySettings } from '../../support/twilio.ts';

test('mail has a trace of its own', async () => {
  const smtp = await startSmtp();
  closeLater(smtp.close);
  const { app, collector } = await startTracedApp({
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Example <no-reply@example.com>',
    EMAIL_VERIFICATION: 'login',
  });
  await registerUser(app.client());
  await expect.poll(() => smtp.accepted.length).toBeGreaterThan(0);
  await app.close();
  // What the request wakes is not part of its trace.
  const request = await collector.span('mutation registerEmail');
  const statements = descendants(collector, request).flatMap(({ name }) => (name.includes('outbox') ? name : []));
  expect(statements).toEqual([expect.stringContaining('INSERT outbox')]);
  expect(await collector.span('send mail')).toMatchObject({
    kind: CLIENT,
    parentSpanId: '',
    attributes: { 'latchkey.outcome': 'sent' },
  });
});

const GATEWAYS = [
  ['twilio', startTwilio, twilioSettings],
  ['twilio-verify', startTwilio, twilioVerifySettings],
  ['eskiz', startEskiz, eskizSettings],
  ['http', startGateway, gatewaySettings],
] as const;

describe.each(GATEWAYS)('a text message through %s', (name, startStandIn, settings) => {
  test.each<[SmsFault, string, number]>([
    ['none', 'sent', 0],
    ['rejects the number', 'refused', 2],
    ['responds with 429', 'unavailable', 2],
  ])(
    'is sent in the trace of the request that waits for it, if the gateway does this: %s',
    async (fault, outcome, status) => {
      const gateway = await startStandIn();
      closeLater(gateway.close);
      gateway.fault = fault;
      const { app, collector } = await startTracedApp(settings(gateway));
      await requestOtp(app.client(), { phone: uniquePhone() });
      await app.close();
      const request = await collector.span('mutation requestPhoneOtp');
      const sent = descendants(collector, request).filter(({ name }) => name === 'send text message');
      expect(sent).toHaveLength(1);
      expect(sent[0]).toMatchObject({
        kind: CLIENT,
        status,
        attributes: {
          'latchkey.gateway': name,
          'latchkey.outcome': outcome,
          ...(status === 2 && { 'error.type': outcome }),
        },
      });
      // It cannot add to the trace.
      expect(gateway.headerNames).toContain('host');
      expect(gateway.headerNames).not.toContain('traceparent');
    },
  );
});

describe('a social provider', () => {
  async function start() {
    const peer = await startMockIssuer();
    closeLater(peer.close);
    peer.person = { subject: 'ada', email: 'ada@example.com', emailVerified: true };
    return { peer, ...(await startTracedApp({ ...peer.settings, SOCIAL_REDIRECT_URIS: REDIRECT_URI })) };
  }

  test('has spans in the trace of the sign-in, and no header of it', async () => {
    const { peer, app, collector } = await start();
    expectType(await signInWith(app.client(), peer), 'Authenticated');
    await app.close();
    const address = {
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(peer.origin).port),
      'url.scheme': 'http',
    };
    const discovery = await collector.span('GET social-provider');
    expect(discovery).toMatchObject({ kind: CLIENT, status: 0 });
    const callback = await collector.span('mutation socialCallback');
    const [exchange, ...others] = collector.childrenOf(callback).filter(({ name }) => name === 'POST social-provider');
    expect(others).toEqual([]);
    expect(exchange).toMatchObject({ kind: CLIENT, status: 0 });
    expect(exchange?.attributes).toEqual({
      ...address,
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'latchkey.receiver': 'social-provider',
    });
    const sent = peer.requests.filter(({ path }) => path !== '/authorize');
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.filter(({ headers }) => headers.traceparent)).toEqual([]);
  });

  test('that fails is marked, with its status', async () => {
    const { peer, app, collector } = await start();
    Object.assign(peer, { fault: 'responds with 500', faultyPath: '/.well-known/openid-configuration' });
    expectType(await authorize(app.client(), { provider: peer.name }), 'SocialProviderUnavailable');
    await app.close();
    expect(await collector.span('GET social-provider')).toMatchObject({
      status: 2,
      attributes: { 'http.response.status_code': 500, 'error.type': '500' },
    });
  });

  test('that cannot be reached is marked, with a code', async () => {
    const { peer, app, collector } = await start();
    await peer.close();
    expectType(await authorize(app.client(), { provider: peer.name }), 'SocialProviderUnavailable');
    await app.close();
    expect(await collector.span('GET social-provider')).toMatchObject({
      status: 2,
      attributes: { 'error.type': 'ECONNREFUSED' },
    });
  });
});

test('receivers of webhooks can continue the trace', async () => {
  const receiver = await startReceiver();
  closeLater(receiver.stop);
  const { app, collector } = await startTracedApp(webhooksTo(receiver));
  await registerUser(app.client());
  await expect.poll(() => receiver.received.length).toBeGreaterThan(0);
  await app.close();
  const span = await collector.span('POST webhook-receiver');
  expect(span).toMatchObject({ kind: CLIENT, attributes: { 'http.response.status_code': 204 } });
  expect(receiver.received.map(({ headers }) => headers.traceparent)).toContain(`00-${span.traceId}-${span.spanId}-01`);
});
