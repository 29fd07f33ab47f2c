import { randomBytes } from 'node:crypto';
import { RegisterEmailDocument, VerifyEmailDocument } from '../../schema/generated/graphql.ts';
import type { TestApp } from './app.ts';
import { type ApiClient, expectType } from './client.ts';

export const PASSWORD = 'violet-harbour-92-lantern';

export const uniqueEmail = (name = 'ada'): string => `${name}.${randomBytes(6).toString('hex')}@example.com`;

/** Starts a sign-up; returns the challenge and the code from the mail. */
export async function beginSignUp(app: TestApp, client: ApiClient, email = uniqueEmail(), password = PASSWORD) {
  const { registerEmail } = await client.request(RegisterEmailDocument, { input: { email, password } });
  const challenge = expectType(registerEmail, 'Challenge');
  const [message] = await app.mail(email);
  if (!message?.code) throw new Error(`no code reached ${email}`);
  return { email, password, challenge, code: message.code, message };
}

/** Signs up a user and verifies the address. */
export async function signUp(app: TestApp, client = app.client(), email = uniqueEmail(), password = PASSWORD) {
  const { challenge, code } = await beginSignUp(app, client, email, password);
  const { verifyEmail } = await client.request(VerifyEmailDocument, { input: { challengeId: challenge.id, code } });
  const session = expectType(verifyEmail, 'Authenticated');
  if (!session.refreshToken) throw new Error('no refresh token in the body');
  return { email, password, client, ...session, refreshToken: session.refreshToken };
}
