import type { Web } from '../../infra/web/web.ts';
import { readText } from './claims.ts';
import { authorizationUrl, redeemCode, type TokenEndpoint } from './code-flow.ts';
import { Failure, type SocialProfile, type SocialProvider } from './provider.ts';

interface Options {
  web: Web;
  client: { clientId: string; clientSecret: string; scopes: readonly string[] };
  /** What the provider sends as iss, if it sends one. */
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: TokenEndpoint;
  /** Where the client secret goes. */
  secretIn: 'header' | 'body';
  readProfile(accessToken: string): Promise<SocialProfile | Failure>;
}

/** The code flow of a provider without ID tokens (RFC 6749 section 4.1): the access token reads the profile. */
export function createOAuth(options: Options): Pick<SocialProvider, 'authorize' | 'exchange'> {
  const { web, client, issuer, authorizationEndpoint, tokenEndpoint, secretIn, readProfile } = options;
  return {
    authorize: async (parameters) => authorizationUrl(authorizationEndpoint, client, parameters),

    async exchange(response) {
      if (response.issuer !== undefined && response.issuer !== issuer)
        return new Failure('STATE_MISMATCH', 'the redirect names another issuer');
      const { clientId, clientSecret } = client;
      const tokens = await redeemCode(web, tokenEndpoint, { clientId, clientSecret, in: secretIn }, response);
      if (tokens instanceof Failure) return tokens;
      const accessToken = readText(tokens.access_token);
      return accessToken ? readProfile(accessToken) : new Failure('TOKEN_INVALID', 'token endpoint: no access token');
    },
  };
}

/**
 * Reads a protected resource (RFC 6750).
 * @param name for the log
 */
export async function readResource(
  web: Web,
  { name, url, accept = 'application/json' }: { name: string; url: string; accept?: string },
  accessToken: string,
): Promise<{ body: unknown } | Failure> {
  const response = await web.send({ url, headers: { accept, authorization: `Bearer ${accessToken}` } });
  if (response.kind === 'failed') return new Failure('UNAVAILABLE', `${name}: ${response.error}`);
  if (response.status === 200) return { body: response.body };
  return new Failure(response.status === 401 ? 'TOKEN_INVALID' : 'UNAVAILABLE', `${name}: HTTP ${response.status}`);
}
