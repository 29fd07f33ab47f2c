import { DAY, HOUR } from '../../../core/clock.ts';
import type { Web } from '../../../infra/web/web.ts';
import { type Claims, claimsIn, readText } from '../claims.ts';
import { Failure } from '../provider.ts';
import { type CachedDocument, createCachedDocument } from './cached-document.ts';

/** The part of OpenID Connect Discovery section 3 that is used. */
export interface Metadata {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUri: string;
  userinfoEndpoint: string | undefined;
  /** RFC 9207: the redirect always carries iss. */
  sendsIssuer: boolean;
  /** Whether the token endpoint accepts the client secret in the Authorization header. */
  takesBasic: boolean;
}

/** The issuer's discovery document. Once it is loaded, requests may go to the origins of its endpoints, and to no others. */
export type Discovery = CachedDocument<Metadata>;

export function createDiscovery({ web, issuer }: { web: Web; issuer: string }): Discovery {
  async function load(): Promise<Metadata | Failure> {
    const response = await web.send({ url: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` });
    if (response.kind === 'failed') return new Failure('UNAVAILABLE', `discovery: ${response.error}`);
    if (response.status !== 200) return new Failure('UNAVAILABLE', `discovery: HTTP ${response.status}`);
    const metadata = parse(claimsIn(response.body), issuer);
    if (metadata instanceof Failure) return metadata;
    for (const url of [metadata.tokenEndpoint, metadata.jwksUri, metadata.userinfoEndpoint]) if (url) web.allow(url);
    return metadata;
  }
  return createCachedDocument({ load, freshFor: HOUR, staleFor: DAY });
}

function parse(document: Claims, issuer: string): Metadata | Failure {
  // Section 4.3: exactly. Otherwise a document could claim to be another issuer's.
  if (document.issuer !== issuer) return new Failure('UNAVAILABLE', 'discovery: it names another issuer');
  const endpoint = (name: string) => {
    const url = readText(document[name]);
    return url && isSafe(url, issuer) ? url : undefined;
  };
  const [authorizationEndpoint, tokenEndpoint] = [endpoint('authorization_endpoint'), endpoint('token_endpoint')];
  const jwksUri = endpoint('jwks_uri');
  if (!authorizationEndpoint || !tokenEndpoint || !jwksUri)
    return new Failure('UNAVAILABLE', 'discovery: an endpoint is missing or is not https');
  const methods = document.token_endpoint_auth_methods_supported;
  const isListed = (method: string) => Array.isArray(methods) && methods.includes(method);
  return {
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    jwksUri,
    userinfoEndpoint: endpoint('userinfo_endpoint'),
    sendsIssuer: document.authorization_response_iss_parameter_supported === true,
    takesBasic: isListed('client_secret_basic') || !isListed('client_secret_post'),
  };
}

/**
 * https to a domain name, or the issuer's own origin. Otherwise a document could make this server send requests into its
 * own network. A name that resolves to an internal address has no certificate that we accept.
 */
function isSafe(text: string, issuer: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username || url.password) return false;
  if (url.origin === new URL(issuer).origin) return true;
  return url.protocol === 'https:' && /[a-z]$/i.test(url.hostname) && url.hostname.includes('.');
}
