import type { Clock } from '../../../../core/clock.ts';
import type { OpenWeb } from '../../../../infra/web/web.ts';
import { type Claims, claimsIn, emailDomain, readText } from '../../claims.ts';
import { createOpenId } from '../../openid/openid.ts';
import { Failure, type SocialProfile, type SocialProvider } from '../../provider.ts';

interface Options {
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /** Client IDs whose tokens are accepted from apps, our own among them. */
  audiences: readonly string[];
  issuer: string;
  alsoKnownAs: readonly string[];
  tokeninfo: string;
}

/**
 * Google assigns addresses of gmail.com and of Workspace domains (hd). It verified any other address only once, when
 * the Google account was created; the mailbox may have another owner by now.
 */
const isAuthoritative = (email: string, { hd }: Claims): boolean =>
  ['gmail.com', 'googlemail.com'].includes(emailDomain(email)) || readText(hd) !== undefined;

/** An OpenID issuer that also accepts the tokens of further clients, and access tokens of apps. */
export function googleProvider(
  { clientId, clientSecret, scopes, audiences, issuer, alsoKnownAs, tokeninfo }: Options,
  { openWeb, clock }: { openWeb: OpenWeb; clock: Clock },
): SocialProvider {
  const web = openWeb({ allowedUrls: [issuer, tokeninfo] });
  const secret = { kind: 'shared', secret: clientSecret } as const;
  const client = { issuer, clientId, scopes, secret, responseMode: 'query' } as const;
  const openId = createOpenId(client, { web, clock }, { alsoKnownAs, audiences, isAuthoritative });

  /** An access token does not name its audience, but Google does. Without this check any app's token would sign in. */
  async function acceptAccessToken(accessToken: string): Promise<SocialProfile | Failure> {
    const response = await web.send({ url: `${tokeninfo}?${new URLSearchParams({ access_token: accessToken })}` });
    if (response.kind === 'failed') return new Failure('UNAVAILABLE', `tokeninfo: ${response.error}`);
    if (response.status === 400 || response.status === 401)
      return new Failure('TOKEN_INVALID', 'tokeninfo: the access token is not accepted');
    if (response.status !== 200) return new Failure('UNAVAILABLE', `tokeninfo: HTTP ${response.status}`);
    const info = claimsIn(response.body);
    if (!audiences.includes(readText(info.aud) ?? ''))
      return new Failure('AUDIENCE_MISMATCH', 'the access token is for another client');
    if (!readText(info.sub))
      return new Failure('PROFILE_INCOMPLETE', 'tokeninfo: no subject; the scope openid is missing');
    const claims = await openId.userinfo(accessToken);
    if (claims instanceof Failure) return claims;
    return claims.sub === info.sub
      ? openId.profile(claims)
      : new Failure('TOKEN_INVALID', 'userinfo: it is about another subject');
  }

  return {
    name: 'google',
    label: 'Google',
    authorize: openId.authorize,
    exchange: openId.exchange,
    nativeTokens: ['idToken', 'accessToken'],
    accept: (token) =>
      token.kind === 'idToken' ? openId.acceptIdToken(token.token, token.nonce) : acceptAccessToken(token.token),
  };
}
