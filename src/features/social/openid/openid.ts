import type { OpenIdClient } from '../../../config.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Web } from '../../../infra/web/web.ts';
import { type Claims, claimsIn, profileOf, subjectOf, textOf } from '../claims.ts';
import { authorizationUrl, redeemCode } from '../code-flow.ts';
import { type Departure, Failure, type Return, type SocialProfile } from '../provider.ts';
import { clientSecretOf } from './client-secret.ts';
import { createDiscovery } from './discovery.ts';
import { readIdToken } from './id-token.ts';
import { createKeySet } from './key-set.ts';

export interface OpenIdParts {
  web: Web;
  clock: Clock;
}

/** In what an issuer differs from the others. */
export interface Peculiarities {
  /** Further spellings of the issuer in tokens and redirects. */
  alsoKnownAs?: readonly string[];
  /** Whose ID tokens are accepted from apps; the client's own alone unless told. */
  audiences?: readonly string[];
  /** Whether the issuer hands this address out itself. */
  isAuthoritative?(email: string, claims: Claims): boolean;
}

/** A client of one OpenID issuer: the code flow (OpenID Connect Core section 3.1) and what ID tokens say. */
export function createOpenId(client: OpenIdClient, { web, clock }: OpenIdParts, peculiarities: Peculiarities = {}) {
  const { alsoKnownAs = [], audiences = [client.clientId], isAuthoritative = () => false } = peculiarities;
  const issuers = [client.issuer, ...alsoKnownAs];
  const discovery = createDiscovery({ web, issuer: client.issuer });
  const keySet = createKeySet({ web, discovery });

  async function read(token: string, audiences: readonly string[], nonce: string | undefined) {
    return readIdToken(token, { issuers, audiences, nonce }, { keySet, clock });
  }

  function profile(claims: Claims): SocialProfile | Failure {
    const subject = subjectOf(claims.sub);
    return subject
      ? profileOf(claims, { issuer: client.issuer, subject }, isAuthoritative)
      : new Failure('PROFILE_INCOMPLETE', 'no subject that could be kept');
  }

  /** What the issuer says of whoever the access token is from. */
  async function userinfo(accessToken: string): Promise<Claims | Failure> {
    const metadata = await discovery.get();
    if (metadata instanceof Failure) return metadata;
    if (!metadata.userinfoEndpoint) return new Failure('UNAVAILABLE', 'userinfo: there is none');
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await web.ask({ url: metadata.userinfoEndpoint, headers });
    if (answer.kind === 'failed') return new Failure('UNAVAILABLE', `userinfo: ${answer.error}`);
    if (answer.status === 401) return new Failure('TOKEN_INVALID', 'userinfo: the access token is not accepted');
    return answer.status === 200
      ? claimsIn(answer.body)
      : new Failure('UNAVAILABLE', `userinfo: HTTP ${answer.status}`);
  }

  /** Many issuers keep the address for userinfo. Its claims are taken whole: a "verified" is about the address beside it. */
  async function completed(idToken: Claims, tokens: Claims): Promise<Claims | Failure> {
    const accessToken = textOf(tokens.access_token);
    if (idToken.email !== undefined || !accessToken || !client.scopes.includes('email')) return idToken;
    const metadata = await discovery.get();
    if (metadata instanceof Failure || !metadata.userinfoEndpoint) return idToken;
    const claims = await userinfo(accessToken);
    if (claims instanceof Failure) return claims;
    // OpenID Connect Core section 5.3.2: else it is about somebody else.
    return claims.sub === idToken.sub ? claims : new Failure('TOKEN_INVALID', 'userinfo: it is about another subject');
  }

  return {
    userinfo,
    profile,

    async authorize(departure: Departure): Promise<string | Failure> {
      const metadata = await discovery.get();
      if (metadata instanceof Failure) return metadata;
      return authorizationUrl(metadata.authorizationEndpoint, client, departure, {
        nonce: departure.nonce,
        ...(client.responseMode === 'query' ? {} : { response_mode: client.responseMode }),
      });
    },

    async exchange(signIn: Return): Promise<SocialProfile | Failure> {
      const metadata = await discovery.get();
      if (metadata instanceof Failure) return metadata;
      // RFC 9207 section 2.4: before the code goes anywhere.
      const isOther = signIn.issuer === undefined ? metadata.sendsIssuer : !issuers.includes(signIn.issuer);
      if (isOther) return new Failure('STATE_MISMATCH', 'the iss of the redirect is missing or another one');

      const clientSecret = await clientSecretOf(client, clock);
      const place = client.proof.kind === 'shared' && metadata.takesBasic ? 'header' : 'body';
      const proof = { clientId: client.clientId, clientSecret, in: place } as const;
      const tokens = await redeemCode(web, metadata.tokenEndpoint, proof, signIn);
      if (tokens instanceof Failure) return tokens;
      const idToken = textOf(tokens.id_token);
      if (!idToken) return new Failure('TOKEN_INVALID', 'token endpoint: no ID token');
      const claims = await read(idToken, [client.clientId], signIn.nonce);
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
