import { createHmac } from 'node:crypto';
import type { OAuthClient } from '../../../config.ts';
import { fromNumericDate } from '../../../core/clock.ts';
import { parseEmail } from '../../../core/identifiers.ts';
import { type Claims, claimsIn, nameOf, subjectOf, textOf } from '../claims.ts';
import { authorizationUrl, errorIn, redeemCode } from '../code-flow.ts';
import { Failure, isFromElsewhere, notTaken, type SocialProfile, type SocialProvider } from '../provider.ts';
import type { ProviderParts } from './registry.ts';

const ISSUER = 'https://www.facebook.com';
const GRAPH = 'https://graph.facebook.com';
const VERSION = 'v23.0';

/** Graph's codes for: our credentials, its own trouble, too many questions. The rest is about the token. */
const NOT_ABOUT_THE_TOKEN = /^OAuthException (?:1|2|4|17|32|101|191|613)$/;

/** OAuth 2.0 and the Graph API: no ID token in the code flow, so the access token is inspected before it is used. */
export function facebookProvider(settings: OAuthClient, { openWeb, clock }: ProviderParts): SocialProvider {
  const { clientId, clientSecret, scopes = ['email', 'public_profile'], baseUrl } = settings;
  const [issuer, graph] = [baseUrl ?? ISSUER, baseUrl ?? GRAPH];
  const web = openWeb({ reaches: [graph] });

  async function ask(path: string, parameters: Record<string, string>): Promise<Claims | Failure> {
    const answer = await web.ask({ url: `${graph}/${VERSION}/${path}?${new URLSearchParams(parameters)}` });
    if (answer.kind === 'failed') return new Failure('UNAVAILABLE', `${path}: ${answer.error}`);
    const body = claimsIn(answer.body);
    if (answer.status === 200 && body.error === undefined) return body;
    const error = errorIn(body) ?? '';
    const said = `${path}: HTTP ${answer.status} ${error}`;
    const isAboutToken = answer.status < 500 && answer.status !== 429 && !NOT_ABOUT_THE_TOKEN.test(error);
    return new Failure(isAboutToken ? 'TOKEN_INVALID' : 'UNAVAILABLE', said);
  }

  /** Whose the token is, after Facebook has said that it was made for this app. */
  async function inspect(accessToken: string): Promise<string | Failure> {
    const answer = await ask('debug_token', { input_token: accessToken, access_token: `${clientId}|${clientSecret}` });
    if (answer instanceof Failure) return answer;
    const token = claimsIn(answer.data);
    // First, for a token of another app is told to be invalid, too.
    if (token.app_id !== undefined && String(token.app_id) !== clientId)
      return new Failure('AUDIENCE_MISMATCH', 'the access token is for another app');
    // 0: it does not expire.
    const isOver = Number(token.expires_at) > 0 && fromNumericDate(Number(token.expires_at)) <= clock.now();
    if (token.is_valid !== true || token.app_id === undefined || (token.type ?? 'USER') !== 'USER' || isOver)
      return new Failure('TOKEN_INVALID', 'debug_token: the access token is not good');
    return subjectOf(token.user_id) ?? new Failure('PROFILE_INCOMPLETE', 'debug_token: no user');
  }

  async function profileBy(accessToken: string): Promise<SocialProfile | Failure> {
    const subject = await inspect(accessToken);
    if (subject instanceof Failure) return subject;
    const person = await ask('me', {
      fields: 'id,email,first_name,last_name',
      access_token: accessToken,
      // Shows that this server asks, not somebody who found the token.
      appsecret_proof: createHmac('sha256', clientSecret).update(accessToken).digest('hex'),
    });
    if (person instanceof Failure) return person;
    if (subjectOf(person.id) !== subject) return new Failure('TOKEN_INVALID', 'me: it is about another user');
    return {
      issuer,
      subject,
      email: parseEmail(textOf(person.email) ?? ''),
      // The Graph API says nothing about proof.
      emailVerified: false,
      emailAuthoritative: false,
      firstName: nameOf(person.first_name),
      lastName: nameOf(person.last_name),
    };
  }

  return {
    name: 'facebook',
    label: 'Facebook',
    authorize: async (departure) =>
      authorizationUrl(`${issuer}/${VERSION}/dialog/oauth`, { clientId, scopes }, departure),
    async exchange(signIn) {
      if (isFromElsewhere(signIn, issuer)) return new Failure('STATE_MISMATCH', 'the iss of the redirect');
      const proof = { clientId, clientSecret, in: 'body' } as const;
      const tokens = await redeemCode(web, `${graph}/${VERSION}/oauth/access_token`, proof, signIn);
      if (tokens instanceof Failure) return tokens;
      const accessToken = textOf(tokens.access_token);
      return accessToken ? profileBy(accessToken) : new Failure('TOKEN_INVALID', 'token endpoint: no access token');
    },
    nativeTokens: ['accessToken'],
    accept: async (token) => ('accessToken' in token ? profileBy(token.accessToken) : notTaken()),
  };
}
