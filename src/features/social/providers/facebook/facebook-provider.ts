import { createHmac } from 'node:crypto';
import { type Clock, fromNumericDate } from '../../../../core/clock.ts';
import { parseAsciiEmail } from '../../../../core/identifiers.ts';
import type { OpenWeb } from '../../../../infra/web/web.ts';
import { type Claims, claimsIn, readName, readSubject, readText } from '../../claims.ts';
import { errorIn } from '../../code-flow.ts';
import { createOAuth } from '../../oauth.ts';
import { Failure, type SocialProfile, type SocialProvider, unsupportedToken } from '../../provider.ts';

interface Options {
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  issuer: string;
  graph: string;
}

const VERSION = 'v23.0';

/** Graph's codes for our credentials, its own trouble, and too many requests. All others are about the token. */
const NOT_ABOUT_TOKEN = /^OAuthException (?:1|2|4|17|32|101|191|613)$/;

/** Graph's codes for our credentials, its own trouble, and our redirect URI. */
const SETTINGS_ERRORS = ['OAuthException 1', 'OAuthException 2', 'OAuthException 101', 'OAuthException 191'];

/** OAuth 2.0 and the Graph API. The code flow has no ID token, so the access token is inspected before it is used. */
export function facebookProvider(
  { issuer, graph, ...client }: Options,
  { openWeb, clock }: { openWeb: OpenWeb; clock: Clock },
): SocialProvider {
  const { clientId, clientSecret } = client;
  const web = openWeb({ allowedUrls: [graph] });

  async function callGraph(path: string, parameters: Record<string, string>): Promise<Claims | Failure> {
    const response = await web.send({ url: `${graph}/${VERSION}/${path}?${new URLSearchParams(parameters)}` });
    if (response.kind === 'failed') return new Failure('UNAVAILABLE', `${path}: ${response.error}`);
    const body = claimsIn(response.body);
    if (response.status === 200 && body.error === undefined) return body;
    const error = errorIn(body) ?? '';
    const isAboutToken = response.status < 500 && response.status !== 429 && !NOT_ABOUT_TOKEN.test(error);
    return new Failure(isAboutToken ? 'TOKEN_INVALID' : 'UNAVAILABLE', `${path}: HTTP ${response.status} ${error}`);
  }

  /** The user of the token, if Facebook confirms that it was issued for this app. */
  async function inspect(accessToken: string): Promise<string | Failure> {
    const response = await callGraph('debug_token', {
      input_token: accessToken,
      access_token: `${clientId}|${clientSecret}`,
    });
    if (response instanceof Failure) return response;
    const token = claimsIn(response.data);
    // Checked first: a token of another app is also reported as invalid.
    if (token.app_id !== undefined && String(token.app_id) !== clientId)
      return new Failure('AUDIENCE_MISMATCH', 'the access token is for another app');
    // 0: it does not expire.
    const isExpired = Number(token.expires_at) > 0 && fromNumericDate(Number(token.expires_at)) <= clock.now();
    if (token.is_valid !== true || token.app_id === undefined || (token.type ?? 'USER') !== 'USER' || isExpired)
      return new Failure('TOKEN_INVALID', 'debug_token: the access token is not valid');
    return readSubject(token.user_id) ?? new Failure('PROFILE_INCOMPLETE', 'debug_token: no user');
  }

  async function readProfile(accessToken: string): Promise<SocialProfile | Failure> {
    const subject = await inspect(accessToken);
    if (subject instanceof Failure) return subject;
    const user = await callGraph('me', {
      fields: 'id,email,first_name,last_name',
      access_token: accessToken,
      // Shows that the request comes from this server, not from an attacker who found the token.
      appsecret_proof: createHmac('sha256', clientSecret).update(accessToken).digest('hex'),
    });
    if (user instanceof Failure) return user;
    if (readSubject(user.id) !== subject) return new Failure('TOKEN_INVALID', 'me: it is about another user');
    return {
      issuer,
      subject,
      email: parseAsciiEmail(readText(user.email) ?? ''),
      // The Graph API does not say whether the address is verified.
      emailVerified: false,
      emailAuthoritative: false,
      firstName: readName(user.first_name),
      lastName: readName(user.last_name),
    };
  }

  return {
    name: 'facebook',
    label: 'Facebook',
    ...createOAuth({
      web,
      client,
      issuer,
      authorizationEndpoint: `${issuer}/${VERSION}/dialog/oauth`,
      tokenEndpoint: { url: `${graph}/${VERSION}/oauth/access_token`, settingsErrors: SETTINGS_ERRORS },
      secretIn: 'body',
      readProfile,
    }),
    nativeTokens: ['accessToken'],
    accept: async (token) => (token.kind === 'accessToken' ? readProfile(token.token) : unsupportedToken()),
  };
}
