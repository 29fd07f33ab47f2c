import type { OpenIdClient } from '../../../config.ts';
import { domainOf } from '../claims.ts';
import { createOpenId } from '../openid/openid.ts';
import { notTaken, type SocialProvider } from '../provider.ts';
import type { ProviderParts } from './registry.ts';

/** Any OpenID issuer: Keycloak, Entra, Okta, Apple … (OIDC_<NAME>_*). */
export function openIdProvider(client: OpenIdClient, { openWeb, clock }: ProviderParts): SocialProvider {
  const isAuthoritative = (email: string) => client.emailDomains.includes(domainOf(email));
  const web = openWeb({ reaches: [client.issuer] });
  const { authorize, exchange, acceptIdToken } = createOpenId(client, { web, clock }, { isAuthoritative });
  return {
    name: client.name,
    label: client.label,
    authorize,
    exchange,
    nativeTokens: ['idToken'],
    accept: async (token) => ('idToken' in token ? acceptIdToken(token.idToken, token.nonce) : notTaken()),
  };
}
