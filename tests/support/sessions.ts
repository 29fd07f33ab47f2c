import {
  LogoutAllDocument,
  type LogoutAllInput,
  LogoutDocument,
  MeDocument,
  RefreshDocument,
  RegisterEmailDocument,
  RevokeSessionDocument,
  VerifyTokenDocument,
} from '../../schema/generated/graphql.ts';
import type { Environment } from '../../src/config.ts';
import { type ApiClient, type Caller, expectType } from './client.ts';
import { PASSWORD, uniqueEmail } from './people.ts';

/** With this setting registerUser needs no mail. */
export const WITHOUT_VERIFICATION: Environment = { EMAIL_VERIFICATION: 'off' };

export type RegisteredUser = Awaited<ReturnType<typeof registerUser>>;

/** Signs up a user without verifying the address. */
export async function registerUser(client: ApiClient, { device }: { device?: string } = {}) {
  const email = uniqueEmail();
  const input = { email, password: PASSWORD, ...(device && { device }) };
  const session = expectType((await client.request(RegisterEmailDocument, { input })).registerEmail, 'Authenticated');
  return { client, email, password: PASSWORD, ...session, refreshToken: requireToken(session.refreshToken) };
}

/** Refreshes, and fails unless the token is accepted. */
export async function refreshTokens(client: ApiClient, refreshToken: string, caller?: Caller) {
  const { refresh } = await client.request(RefreshDocument, { input: { refreshToken } }, caller);
  const next = expectType(refresh, 'Authenticated');
  return { ...next, refreshToken: requireToken(next.refreshToken) };
}

/** Fails unless the refresh token is rejected. */
export async function getRejectionReason(
  client: ApiClient,
  refreshToken: string | null,
  caller?: Caller,
): Promise<string> {
  const { refresh } = await client.request(RefreshDocument, { input: { refreshToken } }, caller);
  return expectType(refresh, 'RefreshRejected').reason;
}

/** Whether `me` returns a user for this access token. Fails on errors other than UNAUTHENTICATED. */
export async function isTokenAccepted(client: ApiClient, token: string): Promise<boolean> {
  const { data, errors } = await client.send(MeDocument, undefined, { token });
  if (data?.me) return true;
  if (errors[0]?.extensions.code === 'UNAUTHENTICATED') return false;
  throw new Error(`neither accepted nor rejected: ${JSON.stringify(errors)}`);
}

export const verifyToken = async (client: ApiClient, token: string) =>
  (await client.request(VerifyTokenDocument, { token })).verifyToken;

export const logOut = async (client: ApiClient, refreshToken?: string, caller?: Caller) =>
  (await client.request(LogoutDocument, { input: { refreshToken: refreshToken ?? null } }, caller)).logout;

export const logOutAll = async (client: ApiClient, token: string, input: LogoutAllInput = {}) =>
  (await client.request(LogoutAllDocument, { input }, { token })).logoutAll;

export const revokeSession = async (client: ApiClient, token: string, id: string) =>
  (await client.request(RevokeSessionDocument, { id }, { token })).revokeSession;

function requireToken(refreshToken: string | null | undefined): string {
  if (!refreshToken) throw new Error('no refresh token in the body');
  return refreshToken;
}
