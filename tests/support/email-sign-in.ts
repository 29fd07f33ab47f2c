import {
  ConfirmEmailOtpDocument,
  type ConfirmEmailOtpInput,
  RequestEmailOtpDocument,
  type RequestEmailOtpInput,
} from '../../schema/generated/graphql.ts';
import type { TestApp } from './app.ts';
import { type ApiClient, type Caller, expectType } from './client.ts';
import { uniqueEmail } from './people.ts';
import { tokenFromLink } from './verification.ts';

export const requestEmailOtp = async (client: ApiClient, input: RequestEmailOtpInput) =>
  (await client.request(RequestEmailOtpDocument, { input })).requestEmailOtp;

export const confirmEmailOtp = async (client: ApiClient, input: ConfirmEmailOtpInput, caller?: Caller) =>
  (await client.request(ConfirmEmailOtpDocument, { input }, caller)).confirmEmailOtp;

/** Requests a sign-in by email; returns the challenge, and the code and the token from the mail. */
export async function receiveSignInMail(app: TestApp, client: ApiClient, input: RequestEmailOtpInput) {
  const before = (await app.mail(input.email, 0)).length;
  const challenge = expectType(await requestEmailOtp(client, input), 'Challenge');
  const message = (await app.mail(input.email, before + 1)).find(({ kind, code }) => kind === 'sign-in' && code);
  if (!message?.code) throw new Error(`no code reached ${input.email}`);
  const byCode = { challengeId: challenge.id, code: message.code };
  return { challenge, message, byCode, byLink: { token: tokenFromLink(message.link) } };
}

/** Signs up by email alone: the account has no password. */
export async function signUpByEmailOtp(app: TestApp, client = app.client(), email = uniqueEmail()) {
  const { byCode } = await receiveSignInMail(app, client, { email });
  return { email, client, ...expectType(await confirmEmailOtp(client, byCode), 'Authenticated') };
}
