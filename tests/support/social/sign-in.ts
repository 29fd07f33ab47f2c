import {
  SocialAuthorizeDocument,
  type SocialAuthorizeInput,
  SocialCallbackDocument,
  type SocialCallbackInput,
  SocialTokenLoginDocument,
  type SocialTokenLoginInput,
} from '../../../schema/generated/graphql.ts';
import { type ApiClient, type Caller, expectType } from '../client.ts';
import { type Peer, REDIRECT_URI } from './peer.ts';

// The steps of a social sign-in, as a client takes them.

export const authorize = async (client: ApiClient, input: Partial<SocialAuthorizeInput> = {}, caller?: Caller) =>
  (
    await client.request(
      SocialAuthorizeDocument,
      { input: { provider: 'google', redirectUri: REDIRECT_URI, ...input } },
      caller,
    )
  ).socialAuthorize;

export const callback = async (client: ApiClient, input: SocialCallbackInput, caller?: Caller) =>
  (await client.request(SocialCallbackDocument, { input }, caller)).socialCallback;

export const tokenLogin = async (client: ApiClient, input: SocialTokenLoginInput, caller?: Caller) =>
  (await client.request(SocialTokenLoginDocument, { input }, caller)).socialTokenLogin;

/** Sends the user to the provider and back; returns the input of socialCallback. */
export async function visitProvider(
  client: ApiClient,
  peer: Peer,
  {
    purpose,
    password,
    alter = (url) => url,
    token,
  }: {
    purpose?: 'AUTHENTICATE' | 'LINK';
    password?: string;
    /** Changes the authorization URL on its way to the browser. */
    alter?: (url: string) => string;
    token?: string;
  } = {},
): Promise<SocialCallbackInput> {
  const input = { provider: peer.name, ...(purpose && { purpose }), ...(password && { password }) };
  const authorization = expectType(await authorize(client, input, { token }), 'SocialAuthorization');
  const returned = await peer.visit(alter(authorization.url));
  return {
    provider: peer.name,
    code: returned.get('code') ?? '',
    state: returned.get('state') ?? '',
    challengeId: authorization.challengeId,
    issuer: returned.get('iss'),
  };
}

/** All steps together. */
export const signInWith = async (client: ApiClient, peer: Peer, options: Parameters<typeof visitProvider>[2] = {}) =>
  callback(client, await visitProvider(client, peer, options), { token: options.token });
