import type { Clock } from '../../../../core/clock.ts';
import type { OpenWeb } from '../../../../infra/web/web.ts';
import { emailDomain } from '../../claims.ts';
import type { OpenIdClient } from '../../openid/client.ts';
import { createOpenId } from '../../openid/openid.ts';
import { type SocialProvider, unsupportedToken } from '../../provider.ts';

interface Options extends OpenIdClient {
  name: string;
  label: string;
  /** Domains whose mailboxes the provider assigns itself. */
  emailDomains: readonly string[];
  /** Client IDs of apps whose ID tokens are accepted, besides our own. */
  audiences: readonly string[];
}

/** An OpenID provider that is found by discovery. */
export function openIdProvider(
  { name, label, emailDomains, audiences, ...client }: Options,
  { openWeb, clock }: { openWeb: OpenWeb; clock: Clock },
): SocialProvider {
  const isAuthoritative = (email: string) => emailDomains.includes(emailDomain(email));
  const web = openWeb({ allowedUrls: [client.issuer] });
  const { authorize, exchange, acceptIdToken } = createOpenId(
    client,
    { web, clock },
    { isAuthoritative, audiences: [client.clientId, ...audiences] },
  );
  return {
    name,
    label,
    authorize,
    exchange,
    nativeTokens: ['idToken'],
    accept: async (token) => (token.kind === 'idToken' ? acceptIdToken(token.token, token.nonce) : unsupportedToken()),
  };
}
