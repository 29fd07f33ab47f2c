import type { Clock } from '../../../core/clock.ts';
import type { Web } from '../../../infra/web/web.ts';
import { type Claims, readSubject, readText, toProfile } from '../claims.ts';
import { authorizationUrl, redeemCode } from '../code-flow.ts';
import { type AuthorizationParameters, type AuthorizationResponse, Failure, type SocialProfile } from '../provider.ts';
import type { OpenIdClient } from './client.ts';
import { createClientSecret } from './client-secret.ts';
import { createDiscovery } from './discovery.ts';
import { readIdToken } from './id-token.ts';
import { createKeySet } from './key-set.ts';
import { createUserinfo } from './userinfo.ts';

export interface OpenIdDependencies {
  web: Web;
  clock: Clock;
}

/** How an issuer differs from others. */
export interface Peculiarities {
  /** Further spellings of the issuer in tokens and redirects. */
  alsoKnownAs?: readonly string[];
  /** Clients whose ID tokens are accepted from apps. Default: only this client. */
  audiences?: readonly string[];
  /** Whether the issuer assigns the address itself. */
  isAuthoritative?(email: string, claims: Claims): boolean;
}

/** A client of one OpenID issuer: the code flow (OpenID Connect Core section 3.1), and ID tokens from apps. */
export function createOpenId(
  client: OpenIdClient,
  { web, clock }: OpenIdDependencies,
  peculiarities: Peculiarities = {},
) {
  const { alsoKnownAs = [], audiences = [client.clientId], isAuthoritative = () => false } = peculiarities;
  const issuers = [client.issuer, ...alsoKnownAs];
  const discovery = createDiscovery({ web, issuer: client.issuer });
  const keySet = createKeySet({ web, discovery });
  const userinfo = createUserinfo({ web, discovery });

  async function read(token: string, audiences: readonly string[], nonce: string | undefined) {
    return readIdToken(token, { issuers, audiences, nonce }, { keySet, clock });
  }

  function profile(claims: Claims): SocialProfile | Failure {
    const subject = readSubject(claims.sub);
    return subject
      ? toProfile(claims, { issuer: client.issuer, subject }, isAuthoritative)
      : new Failure('PROFILE_INCOMPLETE', 'no usable subject');
  }

  /** Many issuers send the address in userinfo only. Its claims are used as a whole: "verified" belongs to its address. */
  async function completed(idToken: Claims, tokens: Claims): Promise<Claims | Failure> {
    const accessToken = readText(tokens.access_token);
    if (idToken.email !== undefined || !accessToken || !client.scopes.includes('email')) return idToken;
    const metadata = await discovery.get();
    if (metadata instanceof Failure || !metadata.userinfoEndpoint) return idToken;
    const claims = await userinfo(accessToken);
    if (claims instanceof Failure) return claims;
    // OpenID Connect Core section 5.3.2: otherwise it could be about another user.
    return claims.sub === idToken.sub ? claims : new Failure('TOKEN_INVALID', 'userinfo: it is about another subject');
  }

  return {
    userinfo,
    profile,

    async authorize(parameters: AuthorizationParameters): Promise<string | Failure> {
      const metadata = await discovery.get();
      if (metadata instanceof Failure) return metadata;
      return authorizationUrl(metadata.authorizationEndpoint, client, parameters, {
        nonce: parameters.nonce,
        ...(client.responseMode === 'query' ? {} : { response_mode: client.responseMode }),
      });
    },

    async exchange(response: AuthorizationResponse): Promise<SocialProfile | Failure> {
      const metadata = await discovery.get();
      if (metadata instanceof Failure) return metadata;
      // RFC 9207 section 2.4: before the code is sent anywhere.
      const isOther = response.issuer === undefined ? metadata.sendsIssuer : !issuers.includes(response.issuer);
      if (isOther) return new Failure('STATE_MISMATCH', 'the redirect names no issuer, or another one');

      const clientSecret = await createClientSecret(client, clock);
      const place = client.secret.kind === 'shared' && metadata.takesBasic ? 'header' : 'body';
      const authentication = { clientId: client.clientId, clientSecret, in: place } as const;
      const tokens = await redeemCode(web, { url: metadata.tokenEndpoint }, authentication, response);
      if (tokens instanceof Failure) return tokens;
      const idToken = readText(tokens.id_token);
      if (!idToken) return new Failure('TOKEN_INVALID', 'token endpoint: no ID token');
      const claims = await read(idToken, [client.clientId], response.nonce);
      if (claims instanceof Failure) return claims;
      const complete = await completed(claims, tokens);
      return complete instanceof Failure ? complete : profile(complete);
    },

    async acceptIdToken(idToken: string, nonce: string | undefined): Promise<SocialProfile | Failure> {
      const claims = await read(idToken, audiences, nonce);
      return claims instanceof Failure ? claims : profile(claims);
    },
  };
}
