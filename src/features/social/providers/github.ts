import type { OAuthClient } from '../../../config.ts';
import { parseEmail } from '../../../core/identifiers.ts';
import { claimsIn, nameOf, subjectOf, textOf } from '../claims.ts';
import { authorizationUrl, redeemCode } from '../code-flow.ts';
import { Failure, isFromElsewhere, notTaken, type SocialProfile, type SocialProvider } from '../provider.ts';
import type { ProviderParts } from './registry.ts';

const ISSUER = 'https://github.com';
const API = 'https://api.github.com';

/** OAuth 2.0 and the REST API, of github.com or of a GitHub Enterprise Server. */
export function githubProvider(settings: OAuthClient, { openWeb }: ProviderParts): SocialProvider {
  const { clientId, clientSecret, scopes = ['read:user', 'user:email'], baseUrl } = settings;
  const [issuer, api] = [baseUrl ?? ISSUER, baseUrl ? `${baseUrl}/api/v3` : API];
  const web = openWeb({ reaches: [issuer, api] });

  async function ask(path: string, accessToken: string): Promise<{ body: unknown } | Failure> {
    const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${accessToken}` };
    const answer = await web.ask({ url: `${api}${path}`, headers });
    if (answer.kind === 'failed') return new Failure('UNAVAILABLE', `${path}: ${answer.error}`);
    if (answer.status === 200) return { body: answer.body };
    return new Failure(answer.status === 401 ? 'TOKEN_INVALID' : 'UNAVAILABLE', `${path}: HTTP ${answer.status}`);
  }

  async function profileBy(accessToken: string): Promise<SocialProfile | Failure> {
    const person = await ask('/user', accessToken);
    if (person instanceof Failure) return person;
    const { id, name } = claimsIn(person.body);
    const subject = subjectOf(id);
    if (!subject) return new Failure('PROFILE_INCOMPLETE', '/user: no id');
    // The address in /user is the one shown to the public, which nobody has proved.
    const emails = scopes.some((scope) => ['user', 'user:email'].includes(scope))
      ? await ask('/user/emails', accessToken)
      : { body: [] };
    if (emails instanceof Failure) return emails;
    const primary =
      [emails.body]
        .flat()
        .map(claimsIn)
        .find((entry) => entry.primary === true) ?? {};
    const email = parseEmail(textOf(primary.email) ?? '');
    const [firstName = '', ...rest] = (nameOf(name) ?? '').split(' ');
    return {
      issuer,
      subject,
      email,
      emailVerified: email !== undefined && primary.verified === true,
      emailAuthoritative: false,
      firstName: nameOf(firstName),
      lastName: nameOf(rest.join(' ')),
    };
  }

  return {
    name: 'github',
    label: 'GitHub',
    authorize: async (departure) =>
      authorizationUrl(`${issuer}/login/oauth/authorize`, { clientId, scopes }, departure),
    async exchange(signIn) {
      if (isFromElsewhere(signIn, issuer)) return new Failure('STATE_MISMATCH', 'the iss of the redirect');
      const proof = { clientId, clientSecret, in: 'body' } as const;
      const tokens = await redeemCode(web, `${issuer}/login/oauth/access_token`, proof, signIn);
      if (tokens instanceof Failure) return tokens;
      const accessToken = textOf(tokens.access_token);
      return accessToken ? profileBy(accessToken) : new Failure('TOKEN_INVALID', 'token endpoint: no access token');
    },
    nativeTokens: [],
    accept: async () => notTaken(),
  };
}
