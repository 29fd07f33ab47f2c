import { CodeChallengeMethod, generateCodeVerifier, OAuth2Client } from 'arctic';
import type { Web } from '../../infra/web/web.ts';
import { type Claims, claimsIn, readText } from './claims.ts';
import { type AuthorizationParameters, type AuthorizationResponse, Failure } from './provider.ts';

// The only file that uses arctic, whose author archived it. Arctic builds the authorization request (RFC 6749 section
// 4.1.1, RFC 7636). It does not send the token request: it would use fetch, which follows redirects with the client
// secret and has no limit on time and size.

/** 256 bits, base64url: RFC 7636 section 4.1. */
export const newVerifier = generateCodeVerifier;

/** @param extra parameters that only this provider needs */
export function authorizationUrl(
  endpoint: string,
  client: { clientId: string; scopes: readonly string[] },
  { redirectUri, state, verifier }: AuthorizationParameters,
  extra: Record<string, string> = {},
): string {
  const oauth = new OAuth2Client(client.clientId, null, redirectUri);
  const url = oauth.createAuthorizationURLWithPKCE(endpoint, state, CodeChallengeMethod.S256, verifier, [
    ...client.scopes,
  ]);
  for (const [name, value] of Object.entries(extra)) url.searchParams.set(name, value);
  return url.href;
}

/** How the client authenticates. */
export interface ClientAuthentication {
  clientId: string;
  clientSecret: string;
  /** RFC 6749 section 2.3.1: in the header unless the provider reads only the body. */
  in: 'header' | 'body';
}

export interface TokenEndpoint {
  url: string;
  /** Errors that mean that our settings are wrong, besides those of the RFC. */
  settingsErrors?: readonly string[];
}

/** RFC 6749 section 5.2: errors about this client and not about the code. */
const SETTINGS_ERRORS = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'];

/** Exchanges the code for the token endpoint's response (RFC 6749 section 4.1.3). */
export async function redeemCode(
  web: Web,
  { url, settingsErrors = [] }: TokenEndpoint,
  client: ClientAuthentication,
  { code, redirectUri, verifier }: AuthorizationResponse,
): Promise<Claims | Failure> {
  const response = await web.send({
    url,
    headers: client.in === 'header' ? { authorization: basicCredentials(client) } : {},
    form: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(client.in === 'body' && { client_id: client.clientId, client_secret: client.clientSecret }),
    },
  });
  if (response.kind === 'failed') return new Failure('UNAVAILABLE', `token endpoint: ${response.error}`);
  const body = claimsIn(response.body);
  const error = errorIn(body);
  const detail = `token endpoint: HTTP ${response.status}${error ? `, ${error}` : ''}`;
  if (error && [...SETTINGS_ERRORS, ...settingsErrors].includes(error))
    return new Failure('UNAVAILABLE', `${detail}: the settings of this client may be wrong`);
  if (
    response.status === 400 ||
    response.status === 401 ||
    response.status === 403 ||
    (error && response.status === 200)
  )
    return new Failure('CODE_REJECTED', detail);
  return response.status === 200 ? body : new Failure('UNAVAILABLE', detail);
}

/** RFC 6749 section 2.3.1: form-encoded before they are joined. */
function basicCredentials({ clientId, clientSecret }: ClientAuthentication): string {
  const encoded = [clientId, clientSecret].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
  return `Basic ${btoa(encoded.join(':'))}`;
}

/** The error's code if it can be logged: text (RFC 6749 section 5.2), or the type and number of an object. */
export function errorIn({ error }: Claims): string | undefined {
  const { type, code } = claimsIn(error);
  const words =
    typeof error === 'string' ? error : [readText(type), Number.isInteger(code) ? code : ''].join(' ').trim();
  return /^[A-Za-z0-9_ ]{1,60}$/.test(words) ? words : error === undefined ? undefined : 'an error';
}
