import {
  LoginDocument,
  type LoginInput,
  MeDocument,
  RefreshDocument,
  RegisterEmailDocument,
  type RegisterEmailInput,
  RequestEmailVerificationDocument,
  type RequestEmailVerificationInput,
  VerifyEmailDocument,
  type VerifyEmailInput,
} from '../../schema/generated/graphql.ts';
import type { ApiClient, Caller } from './client.ts';

// Each function sends one operation and returns its result.

export const register = async (client: ApiClient, input: RegisterEmailInput, caller?: Caller) =>
  (await client.request(RegisterEmailDocument, { input }, caller)).registerEmail;

export const resend = async (client: ApiClient, input: RequestEmailVerificationInput, caller?: Caller) =>
  (await client.request(RequestEmailVerificationDocument, { input }, caller)).requestEmailVerification;

export const verify = async (client: ApiClient, input: VerifyEmailInput, caller?: Caller) =>
  (await client.request(VerifyEmailDocument, { input }, caller)).verifyEmail;

export const login = async (client: ApiClient, identifier: string, password: string, caller?: Caller) =>
  (await client.request(LoginDocument, { input: { identifier, password } satisfies LoginInput }, caller)).login;

export const refresh = async (client: ApiClient, refreshToken: string) =>
  (await client.request(RefreshDocument, { input: { refreshToken } })).refresh;

export const me = async (client: ApiClient, token: string) =>
  (await client.send(MeDocument, undefined, { token })).data?.me;
