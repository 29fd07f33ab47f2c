import { Secret, TOTP } from 'otpauth';
import {
  ConfirmTotpEnrollmentDocument,
  DisableTotpDocument,
  LoginDocument,
  RegenerateRecoveryCodesDocument,
  SetSecondFactorRequiredDocument,
  StartTotpEnrollmentDocument,
  VerifySecondFactorDocument,
  type VerifySecondFactorInput,
} from '../../schema/generated/graphql.ts';
import type { SignedInUser } from './account-changes.ts';
import type { TestApp } from './app.ts';
import { type ApiClient, expectType } from './client.ts';
import { PASSWORD, signUp } from './people.ts';

/** An authenticator app. */
export interface Authenticator {
  /** The code at a time. */
  code(at: Date, digits?: number): string;
}

export function authenticator(secret: string): Authenticator {
  const key = Secret.fromBase32(secret);
  return { code: (at, digits = 6) => TOTP.generate({ secret: key, digits, timestamp: at.getTime() }) };
}

/** Milliseconds. */
export const TIME_STEP = 30_000;

export const startEnrollment = async ({ client, accessToken: token }: SignedInUser) =>
  (await client.request(StartTotpEnrollmentDocument, undefined, { token })).startTotpEnrollment;

export const confirmEnrollment = async (
  { client, accessToken: token }: SignedInUser,
  input: { challengeId: string; code: string },
) => (await client.request(ConfirmTotpEnrollmentDocument, { input }, { token })).confirmTotpEnrollment;

export const disableTotp = async ({ client, accessToken: token }: SignedInUser) =>
  (await client.request(DisableTotpDocument, undefined, { token })).disableTotp;

export const requireSecondFactor = async ({ client, accessToken: token }: SignedInUser, required: boolean) =>
  (await client.request(SetSecondFactorRequiredDocument, { required }, { token })).setSecondFactorRequired;

export const regenerateCodes = async ({ client, accessToken: token }: SignedInUser) =>
  (await client.request(RegenerateRecoveryCodesDocument, undefined, { token })).regenerateRecoveryCodes;

export const verifySecondFactor = async (client: ApiClient, input: VerifySecondFactorInput) =>
  (await client.request(VerifySecondFactorDocument, { input })).verifySecondFactor;

/** Sets up an authenticator app for a signed-in user. @param now of the service */
export async function enroll(user: SignedInUser, now: Date) {
  const { challengeId, secret } = expectType(await startEnrollment(user), 'TotpEnrollment');
  const app = authenticator(secret);
  const changed = expectType(
    await confirmEnrollment(user, { challengeId, code: app.code(now) }),
    'SecondFactorChanged',
  );
  return { authenticator: app, recoveryCodes: changed.recoveryCodes ?? [] };
}

/** Signs up a user who requires a second factor. */
export async function signUpWithTotp(app: TestApp, now: Date) {
  const user = await signUp(app);
  return { ...user, ...(await enroll(user, now)) };
}

/** Signs in with the password of an account that requires a second factor. */
export async function beginLogin(client: ApiClient, email: string, password = PASSWORD) {
  const { login } = await client.request(LoginDocument, { input: { identifier: email, password } });
  return expectType(login, 'SecondFactorRequired');
}
