import { expect, test } from 'vitest';
import { login, me } from '../../support/calls.ts';
import { expectType } from '../../support/client.ts';
import type { Collector } from '../../support/collector.ts';
import { PASSWORD } from '../../support/people.ts';
import { confirmOtp, receiveCode, uniquePhone } from '../../support/phones.ts';
import { startReceiver, WEBHOOK_SECRET, webhooksTo } from '../../support/receiver.ts';
import { registerUser } from '../../support/sessions.ts';
import { startSmtp } from '../../support/smtp.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../support/social/id-tokens.ts';
import { startMockIssuer } from '../../support/social/mock-issuer.ts';
import { REDIRECT_URI } from '../../support/social/peer.ts';
import { callback, tokenLogin, visitProvider } from '../../support/social/sign-in.ts';
import { closeLater, loginBody, postTraced, receivedText, startTracedApp } from '../../support/traced-app.ts';
import { startTwilio, TWILIO_ACCOUNT, TWILIO_TOKEN, twilioSettings } from '../../support/twilio.ts';

function expectNone(collector: Collector, secrets: readonly (string | undefined)[]): void {
  const text = receivedText(collector);
  for (const secret of secrets) {
    expect(secret?.length).toBeGreaterThan(2);
    expect(text).not.toContain(secret);
  }
}

test('traces of requests contain no secret and nothing about a user', async () => {
  const { app, collector } = await startTracedApp();
  const { client, email, accessToken, refreshToken, user, session } = await registerUser(app.client());
  await me(client, accessToken);
  await login(client, email, `wrong-${PASSWORD}`);
  await postTraced(app, loginBody('canary@example.com', 'canary-password-9'));
  await fetch(`${app.url}/reset-password?token=canary-token`, { headers: { 'user-agent': 'canary-agent' } });
  await app.client().post({ query: 'query canaryName { canaryAlias: me { id } }' });
  await app.close();
  expect(collector.spans.length).toBeGreaterThan(20);
  expectNone(collector, [
    email,
    email.split('@')[0],
    PASSWORD,
    accessToken,
    refreshToken,
    user.id,
    session.id,
    client.ip,
  ]);
  expectNone(collector, ['canary', 'Secret', '127.0.0.1']);
});

test('traces of calls to other programs contain nothing of what is sent and received', async () => {
  const [smtp, twilio, receiver, peer] = await Promise.all([
    startSmtp(),
    startTwilio(),
    startReceiver(),
    startMockIssuer(),
  ]);
  for (const close of [smtp.close, twilio.close, receiver.stop, peer.close]) closeLater(close);
  const { app, collector } = await startTracedApp({
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Example <no-reply@example.com>',
    EMAIL_VERIFICATION: 'login',
    ...twilioSettings(twilio),
    ...webhooksTo(receiver),
    ...peer.settings,
    SOCIAL_REDIRECT_URIS: REDIRECT_URI,
  });
  const phone = uniquePhone();
  const { submission } = await receiveCode(app, app.client(), { phone });
  const byPhone = expectType(await confirmOtp(app.client(), submission), 'Authenticated');

  peer.person = { subject: 'canary-subject', email: 'canary@example.com', emailVerified: true };
  const returned = await visitProvider(app.client(), peer);
  const social = expectType(await callback(app.client(), returned), 'Authenticated');
  const idToken = await peer.idToken?.();
  expectType(await tokenLogin(app.client(), { provider: peer.name, idToken }), 'Authenticated');

  const { email } = await registerUser(app.client());
  const [mail] = await app.mail(email);
  await expect.poll(() => smtp.accepted.length).toBeGreaterThan(0);
  await expect.poll(() => receiver.received.length).toBeGreaterThan(2);
  await app.close();

  const names = collector.spans.map(({ name }) => name);
  for (const name of ['send text message', 'send mail', 'POST social-provider', 'POST webhook-receiver'])
    expect(names).toContain(name);
  const [text] = twilio.arrived;
  expectNone(collector, [phone, phone.slice(1), submission.code, text?.text, TWILIO_TOKEN, TWILIO_ACCOUNT]);
  expectNone(collector, [returned.code, returned.state, returned.challengeId, idToken, CLIENT_ID, CLIENT_SECRET]);
  expectNone(collector, [
    email,
    mail?.subject,
    mail?.link ?? undefined,
    WEBHOOK_SECRET,
    byPhone.user.id,
    social.user.id,
  ]);
  expectNone(collector, ['canary', 'example.com', '/token', '/webhooks', '/2010-04-01']);
});
