import { parseAsciiEmail } from '../../../../core/identifiers.ts';
import type { OpenWeb } from '../../../../infra/web/web.ts';
import { claimsIn, readName, readSubject, readText } from '../../claims.ts';
import { createOAuth, readResource } from '../../oauth.ts';
import { Failure, type SocialProfile, type SocialProvider, unsupportedToken } from '../../provider.ts';

interface Options {
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  issuer: string;
  api: string;
}

/** Scopes that allow reading /user/emails. */
const EMAIL_SCOPES = ['user', 'user:email'];

/** OAuth 2.0 and the REST API of github.com or of a GitHub Enterprise Server. */
export function githubProvider({ issuer, api, ...client }: Options, openWeb: OpenWeb): SocialProvider {
  const web = openWeb({ allowedUrls: [issuer, api] });

  const read = (path: string, accessToken: string) =>
    readResource(web, { name: path, url: `${api}${path}`, accept: 'application/vnd.github+json' }, accessToken);

  async function readProfile(accessToken: string): Promise<SocialProfile | Failure> {
    const user = await read('/user', accessToken);
    if (user instanceof Failure) return user;
    const { id, name } = claimsIn(user.body);
    const subject = readSubject(id);
    if (!subject) return new Failure('PROFILE_INCOMPLETE', '/user: no id');
    const emails = client.scopes.some((scope) => EMAIL_SCOPES.includes(scope))
      ? await read('/user/emails', accessToken)
      : { body: [] };
    if (emails instanceof Failure) return emails;
    const [firstName = '', ...rest] = (readName(name) ?? '').split(' ');
    return {
      issuer,
      subject,
      ...primaryEmail(emails.body),
      emailAuthoritative: false,
      firstName: readName(firstName),
      lastName: readName(rest.join(' ')),
    };
  }

  return {
    name: 'github',
    label: 'GitHub',
    ...createOAuth({
      web,
      client,
      issuer,
      authorizationEndpoint: `${issuer}/login/oauth/authorize`,
      tokenEndpoint: {
        url: `${issuer}/login/oauth/access_token`,
        settingsErrors: ['incorrect_client_credentials', 'redirect_uri_mismatch'],
      },
      secretIn: 'body',
      readProfile,
    }),
    nativeTokens: [],
    accept: async () => unsupportedToken(),
  };
}

/** The address in /user is the public one, which GitHub does not verify. */
function primaryEmail(emails: unknown): Pick<SocialProfile, 'email' | 'emailVerified'> {
  const entries = [emails].flat().map(claimsIn);
  const primary = entries.find((entry) => entry.primary === true) ?? {};
  const email = parseAsciiEmail(readText(primary.email) ?? '');
  return { email, emailVerified: email !== undefined && primary.verified === true };
}
