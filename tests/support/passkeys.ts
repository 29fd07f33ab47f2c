import {
  FinishPasskeyLoginDocument,
  FinishPasskeyRegistrationDocument,
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  StartPasskeyLoginDocument,
  StartPasskeyRegistrationDocument,
} from '../../schema/generated/graphql.ts';
import { type Authenticator, createAuthenticator, type Deviations } from './authenticator.ts';
import { type ApiClient, expectType } from './client.ts';

export const startRegistration = async (client: ApiClient, token: string) =>
  (await client.request(StartPasskeyRegistrationDocument, undefined, { token })).startPasskeyRegistration;

export const finishRegistration = async (
  client: ApiClient,
  token: string,
  input: { challengeId: string; response: string; name?: string },
) => (await client.request(FinishPasskeyRegistrationDocument, { input }, { token })).finishPasskeyRegistration;

export const startLogin = async (client: ApiClient) =>
  (await client.request(StartPasskeyLoginDocument)).startPasskeyLogin;

export const finishLogin = async (client: ApiClient, challengeId: string, response: string, device?: string) => {
  const input = { challengeId, response, ...(device && { device }) };
  return (await client.request(FinishPasskeyLoginDocument, { input })).finishPasskeyLogin;
};

/** Adds a passkey to the account of the token. */
export async function addPasskey(
  client: ApiClient,
  token: string,
  { authenticator = createAuthenticator(), deviations = {} as Deviations, name = '' } = {},
) {
  const { challengeId, options } = expectType(await startRegistration(client, token), 'PasskeyRegistration');
  const response = authenticator.create(options, deviations);
  const saved = await finishRegistration(client, token, { challengeId, response, ...(name && { name }) });
  return { authenticator, ...expectType(saved, 'PasskeySaved') };
}

/** Signs in with a passkey of the authenticator. */
export async function signInByPasskey(client: ApiClient, authenticator: Authenticator, deviations: Deviations = {}) {
  const { challengeId, options } = expectType(await startLogin(client), 'PasskeyLogin');
  return finishLogin(client, challengeId, authenticator.get(options, deviations));
}

export const listPasskeys = async (client: ApiClient, token: string) =>
  (await client.request(PasskeysDocument, undefined, { token })).me?.passkeys ?? [];

export const renamePasskey = async (client: ApiClient, token: string, id: string, name: string) =>
  (await client.request(RenamePasskeyDocument, { id, name }, { token })).renamePasskey;

export const removePasskey = async (client: ApiClient, token: string, id: string) =>
  (await client.request(RemovePasskeyDocument, { id }, { token })).removePasskey;
