import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  LoginDocument,
  LogoutDocument,
  MeDocument,
  RefreshDocument,
  RegisterEmailDocument,
  VerifyEmailDocument,
  VerifyTokenDocument,
} from '../../../schema/generated/graphql.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { PASSWORD, uniqueEmail } from '../../support/people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

test('a new user signs up, verifies the address, queries me, refreshes and logs out', async () => {
  const email = uniqueEmail();
  const client = app.client({
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
  });

  const { registerEmail } = await client.request(RegisterEmailDocument, {
    input: { email, password: PASSWORD, firstName: ' Ada ' },
  });
  const challenge = expectType(registerEmail, 'Challenge');
  expect(challenge).toMatchObject({ channel: 'EMAIL', codeLength: 6, sentTo: `a•••@example.com` });

  const [message] = await app.mail(email);
  expect(message?.code).toMatch(/^\d{6}$/);
  const { verifyEmail } = await client.request(VerifyEmailDocument, {
    input: { challengeId: challenge.id, code: message?.code ?? '' },
  });
  const first = expectType(verifyEmail, 'Authenticated');
  expect(first).toMatchObject({
    isNewUser: true,
    user: { email, emailVerified: true },
    session: { device: 'Firefox on Linux' },
  });

  const { me } = await client.request(MeDocument, undefined, { token: first.accessToken });
  expect(me).toMatchObject({ email, firstName: 'Ada', hasPassword: true, roles: [], isActive: true });
  expect(me?.sessions).toHaveLength(1);
  expect(me?.sessions[0]).toMatchObject({ id: first.session.id, isCurrent: true });

  const { refresh } = await client.request(RefreshDocument, { input: { refreshToken: first.refreshToken } });
  const second = expectType(refresh, 'Authenticated');
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.session.id).toBe(first.session.id);

  const status = await client.request(VerifyTokenDocument, { token: second.refreshToken ?? '' });
  expect(status.verifyToken).toMatchObject({ active: true, tokenType: 'REFRESH', sessionId: first.session.id });

  const { logout } = await client.request(LogoutDocument, { input: { refreshToken: second.refreshToken } });
  expect(logout).toMatchObject({ __typename: 'LoggedOut', sessionsEnded: 1 });
  const gone = await client.send(MeDocument, undefined, { token: second.accessToken });
  expect(gone.data).toEqual({ me: null });
  expect(gone.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');

  const { login } = await client.request(LoginDocument, {
    input: { identifier: email.toUpperCase(), password: PASSWORD },
  });
  expectType(login, 'Authenticated');
});
