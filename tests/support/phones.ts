import { randomInt } from 'node:crypto';
import {
  ConfirmPhoneOtpDocument,
  type ConfirmPhoneOtpInput,
  RequestPhoneOtpDocument,
  type RequestPhoneOtpInput,
} from '../../schema/generated/graphql.ts';
import type { TestApp } from './app.ts';
import { type ApiClient, type Caller, expectType } from './client.ts';

/** A mobile number in Uzbekistan: one of ten million, in one of a thousand ranges. */
export const uniquePhone = (): string => `+99890${String(randomInt(1_000_000, 10_000_000))}`;

export const requestOtp = async (client: ApiClient, input: RequestPhoneOtpInput, caller?: Caller) =>
  (await client.request(RequestPhoneOtpDocument, { input }, caller)).requestPhoneOtp;

export const confirmOtp = async (client: ApiClient, input: ConfirmPhoneOtpInput, caller?: Caller) =>
  (await client.request(ConfirmPhoneOtpDocument, { input }, caller)).confirmPhoneOtp;

/** Requests a code; returns the challenge and the code from the message. */
export async function receiveCode(app: TestApp, client: ApiClient, input: RequestPhoneOtpInput, caller?: Caller) {
  const before = (await app.mail(input.phone, 0)).length;
  const challenge = expectType(await requestOtp(client, input, caller), 'Challenge');
  const [message] = await app.mail(input.phone, before + 1);
  if (!message?.code) throw new Error(`no code reached ${input.phone}`);
  const submission = { challengeId: challenge.id, code: message.code };
  return { ...submission, submission, challenge, message };
}

/** Signs up a user with a verified number and nothing else. */
export async function signUpByPhone(
  app: TestApp,
  {
    client = app.client(),
    phone = uniquePhone(),
    password,
  }: { client?: ApiClient; phone?: string; password?: string } = {},
) {
  const { challengeId, code } = await receiveCode(app, client, { phone });
  const confirmed = await confirmOtp(client, { challengeId, code, ...(password && { password }) });
  return { phone, client, ...expectType(confirmed, 'Authenticated') };
}

/** Verifies a number for a signed-in user. */
export async function verifyNumber(app: TestApp, client: ApiClient, token: string, phone: string, password?: string) {
  const input = { phone, purpose: 'VERIFY' as const, ...(password && { password }) };
  const { challengeId, code } = await receiveCode(app, client, input, { token });
  return confirmOtp(client, { challengeId, code }, { token });
}
