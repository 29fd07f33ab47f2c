import { parseAsciiEmail } from '../../../core/identifiers.ts';
import { type Claims, claimsIn, isTrue, readName, readSubject, readText } from '../claims.ts';
import { createOAuth, readResource } from '../oauth.ts';
import { Failure, type SocialProfile, unsupportedToken } from '../provider.ts';
import { clientSettings } from './client-settings.ts';
import { type ProviderDefinition, socialProvider } from './definition.ts';

/** An OAuth 2.0 provider with one endpoint that returns the profile as JSON. */
export interface PlainOAuth {
  /** For socialAuthorize. The prefix of its settings follows: discord has DISCORD_OAUTH_CLIENT_ID. */
  name: string;
  label: string;
  /** What its identities are stored under, and what it sends as iss, if it sends one. */
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  profileEndpoint: string;
  /** Where the token endpoint expects the client secret. */
  secretIn: 'header' | 'body';
  scopes: readonly string[];
  /** Takes the fields as they are: they are checked afterwards. */
  mapProfile(profile: Claims): {
    subject: unknown;
    email?: unknown;
    /** Only if the provider says explicitly that it verified the address. */
    emailVerified?: unknown;
    firstName?: unknown;
    lastName?: unknown;
  };
}

export interface PlainProvider extends ProviderDefinition {
  readonly name: string;
  readonly protocol: PlainOAuth;
}

export function plainOAuth(protocol: PlainOAuth): PlainProvider {
  const { name, label, secretIn } = protocol;
  const prefix = `${name.toUpperCase().replaceAll('-', '_')}_OAUTH`;
  const definition = socialProvider({
    name,
    issuer: protocol.issuer,
    prefix,
    settings: clientSettings(label, protocol.scopes),
    secretsSentTo: 'baseUrl',
    advice: `check the ${prefix}_ settings`,
    create({ clientId, clientSecret, scopes = protocol.scopes, baseUrl }, { openWeb }) {
      const at = (endpoint: string) => (baseUrl ? baseUrl + new URL(endpoint).pathname : endpoint);
      const issuer = baseUrl ?? protocol.issuer;
      const [tokenEndpoint, profileEndpoint] = [at(protocol.tokenEndpoint), at(protocol.profileEndpoint)];
      const web = openWeb({ allowedUrls: [tokenEndpoint, profileEndpoint] });

      async function readProfile(accessToken: string): Promise<SocialProfile | Failure> {
        const profile = await readResource(web, { name: 'profile', url: profileEndpoint }, accessToken);
        if (profile instanceof Failure) return profile;
        const mapped = protocol.mapProfile(claimsIn(profile.body));
        const subject = readSubject(mapped.subject);
        if (!subject) return new Failure('PROFILE_INCOMPLETE', 'profile: no user ID');
        const email = parseAsciiEmail(readText(mapped.email) ?? '');
        return {
          issuer,
          subject,
          email,
          emailVerified: email !== undefined && isTrue(mapped.emailVerified),
          emailAuthoritative: false,
          firstName: readName(mapped.firstName),
          lastName: readName(mapped.lastName),
        };
      }

      return {
        name,
        label,
        ...createOAuth({
          web,
          client: { clientId, clientSecret, scopes },
          issuer,
          authorizationEndpoint: at(protocol.authorizationEndpoint),
          tokenEndpoint: { url: tokenEndpoint },
          secretIn,
          readProfile,
        }),
        // Without a standard way to check the audience, a token of another app would open the account.
        nativeTokens: [],
        accept: async () => unsupportedToken(),
      };
    },
  });
  return { ...definition, name, protocol };
}
