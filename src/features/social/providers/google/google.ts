import { list, word } from '../../../../core/settings/text.ts';
import { visible } from '../../../../core/settings/visible.ts';
import { clientSettings } from '../client-settings.ts';
import { socialProvider } from '../definition.ts';
import { googleProvider } from './google-provider.ts';

const SCOPES = ['openid', 'email', 'profile'];
const ISSUER = 'https://accounts.google.com';

export const google = socialProvider({
  name: 'google',
  issuer: ISSUER,
  prefix: 'GOOGLE_OAUTH',
  settings: {
    ...clientSettings('Google', SCOPES),
    audiences: list(visible(word))
      .prefault('')
      .describe('Google: client IDs of your iOS and Android apps, comma-separated. Their tokens are accepted, too.'),
  },
  secretsSentTo: 'baseUrl',
  advice: 'check the GOOGLE_OAUTH_ settings, and that this machine can reach Google',
  create: ({ scopes = SCOPES, baseUrl, audiences, ...client }, dependencies) =>
    googleProvider(
      {
        ...client,
        scopes,
        audiences: [client.clientId, ...audiences],
        issuer: baseUrl ?? ISSUER,
        // Google's tokens name the issuer in two ways.
        alsoKnownAs: baseUrl ? [] : ['accounts.google.com'],
        tokeninfo: baseUrl ? `${baseUrl}/tokeninfo` : 'https://oauth2.googleapis.com/tokeninfo',
      },
      dependencies,
    ),
});
