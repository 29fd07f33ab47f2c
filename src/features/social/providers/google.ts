import type { Config } from '../../../config.ts';
import { type Claims, claimsIn, domainOf, textOf } from '../claims.ts';
import { createOpenId } from '../openid/openid.ts';
import { Failure, type SocialProfile, type SocialProvider } from '../provider.ts';
import type { ProviderParts } from './registry.ts';

const ISSUER = 'https://accounts.google.com';
const TOKENINFO = 'https://oauth2.googleapis.com/tokeninfo';

/**
 * Google hands out addresses of gmail.com, and those of a Workspace (hd). Any other it has seen proved once, when the
 * Google account was made; the mailbox may belong to somebody else by now.
 */
const isAuthoritative = (email: string, { hd }: Claims): boolean =>
  ['gmail.com', 'googlemail.com'].includes(domainOf(email)) || textOf(hd) !== undefined;

/** An OpenID issuer that takes tokens of further clients, and access tokens from apps. */
export function googleProvider(
  settings: NonNullable<Config['social']['google']>,
  { openWeb, clock }: ProviderParts,
): SocialProvider {
  const { clientId, clientSecret, scopes = ['openid', 'email', 'profile'], baseUrl, audiences } = settings;
  const issuer = baseUrl ?? ISSUER;
  const tokeninfo = baseUrl ? `${baseUrl}/tokeninfo` : TOKENINFO;
  const web = openWeb({ reaches: [issuer, tokeninfo] });
  const google = { name: 'google', label: 'Google', emailDomains: [], responseMode: 'query' } as const;
  const client = { ...google, issuer, clientId, scopes, proof: { kind: 'shared', secret: clientSecret } } as const;
  const openId = createOpenId(
    client,
    { web, clock },
    {
      alsoKnownAs: baseUrl ? [] : ['accounts.google.com'],
      audiences,
      isAuthoritative,
    },
  );

  /** An access token says nothing of whom it is for; Google does. Without asking, any app's token would open every account. */
  async function acceptAccessToken(accessToken: string): Promise<SocialProfile | Failure> {
    const answer = await web.ask({ url: `${tokeninfo}?${new URLSearchParams({ access_token: accessToken })}` });
    if (answer.kind === 'failed') return new Failure('UNAVAILABLE', `tokeninfo: ${answer.error}`);
    if (answer.status === 400 || answer.status === 401)
      return new Failure('TOKEN_INVALID', 'tokeninfo: the access token is not accepted');
    if (answer.status !== 200) return new Failure('UNAVAILABLE', `tokeninfo: HTTP ${answer.status}`);
    const info = claimsIn(answer.body);
    if (!audiences.includes(textOf(info.aud) ?? ''))
      return new Failure('AUDIENCE_MISMATCH', 'the access token is for another client');
    if (!textOf(info.sub))
      return new Failure('PROFILE_INCOMPLETE', 'tokeninfo: no subject; the scope openid is missing');
    const claims = await openId.userinfo(accessToken);
    if (claims instanceof Failure) return claims;
    return claims.sub === info.sub
      ? openId.profile(claims)
      : new Failure('TOKEN_INVALID', 'userinfo: it is about another subject');
  }

  return {
    name: client.name,
    label: client.label,
    authorize: openId.authorize,
    exchange: openId.exchange,
    nativeTokens: ['idToken', 'accessToken'],
    accept: (token) =>
      'idToken' in token ? openId.acceptIdToken(token.idToken, token.nonce) : acceptAccessToken(token.accessToken),
  };
}
