import { CodeChallengeMethod, generateCodeVerifier, OAuth2Client } from 'arctic';
import type { Web } from '../../infra/web/web.ts';
import { type Claims, claimsIn, textOf } from './claims.ts';
import { type Departure, Failure, type Return } from './provider.ts';

// The only file that knows arctic, whose author archived it: whoever replaces it replaces this file. Arctic writes the
// request (RFC 6749 section 4.1.1, RFC 7636). It does not send ours to the token endpoint: it would by fetch, without a
// bound on time and size, and after redirects, with the client's secret.

/** 256 bits, base64url: RFC 7636 section 4.1. */
export const newVerifier = generateCodeVerifier;

/** @param extra parameters that this provider wants besides */
export function authorizationUrl(
  endpoint: string,
  client: { clientId: string; scopes: readonly string[] },
  { redirectUri, state, verifier }: Departure,
  extra: Record<string, string> = {},
): string {
  const oauth = new OAuth2Client(client.clientId, null, redirectUri);
  const url = oauth.createAuthorizationURLWithPKCE(endpoint, state, CodeChallengeMethod.S256, verifier, [
    ...client.scopes,
  ]);
  for (const [name, value] of Object.entries(extra)) url.searchParams.set(name, value);
  return url.href;
}

/** How the client shows who it is. */
export interface ClientAuthentication {
  clientId: string;
  clientSecret: string;
  /** RFC 6749 section 2.3.1: in the header unless the provider reads only the body. */
  in: 'header' | 'body';
}

/** Errors that are about this server and not about the code: somebody has to mend the settings. */
const OURS = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'incorrect_client_credentials',
  'redirect_uri_mismatch',
  // Graph: our credentials, its own trouble, our redirect URI.
  'OAuthException 1',
  'OAuthException 2',
  'OAuthException 101',
  'OAuthException 191',
]);

/** Trades the code for what the token endpoint answers (RFC 6749 section 4.1.3). */
export async function redeemCode(
  web: Web,
  endpoint: string,
  { clientId, clientSecret, in: place }: ClientAuthentication,
  { code, redirectUri, verifier }: Return,
): Promise<Claims | Failure> {
  // RFC 6749 section 2.3.1: form-encoded before they are joined.
  const credentials = [clientId, clientSecret].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
  const answer = await web.ask({
    url: endpoint,
    headers: place === 'header' ? { authorization: `Basic ${btoa(credentials.join(':'))}` } : {},
    form: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(place === 'body' && { client_id: clientId, client_secret: clientSecret }),
    },
  });
  if (answer.kind === 'failed') return new Failure('UNAVAILABLE', `token endpoint: ${answer.error}`);
  const body = claimsIn(answer.body);
  const error = errorIn(body);
  const said = `token endpoint: HTTP ${answer.status}${error ? `, ${error}` : ''}`;
  if (error && OURS.has(error)) return new Failure('UNAVAILABLE', `${said}: the settings of this client may be wrong`);
  if (answer.status === 400 || answer.status === 401 || answer.status === 403 || (error && answer.status === 200))
    return new Failure('CODE_REJECTED', said);
  return answer.status === 200 ? body : new Failure('UNAVAILABLE', said);
}

/** The error's code as far as it can stand in a log: text of RFC 6749 section 5.2, or Facebook's and its number. */
export function errorIn({ error }: Claims): string | undefined {
  const { type, code } = claimsIn(error);
  const words = typeof error === 'string' ? error : [textOf(type), Number.isInteger(code) ? code : ''].join(' ').trim();
  return /^[A-Za-z0-9_ ]{1,60}$/.test(words) ? words : error === undefined ? undefined : 'an error';
}
