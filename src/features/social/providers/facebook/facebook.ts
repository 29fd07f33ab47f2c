import { clientSettings } from '../client-settings.ts';
import { socialProvider } from '../definition.ts';
import { facebookProvider } from './facebook-provider.ts';

const SCOPES = ['email', 'public_profile'];
const ISSUER = 'https://www.facebook.com';

export const facebook = socialProvider({
  name: 'facebook',
  issuer: ISSUER,
  prefix: 'FACEBOOK_OAUTH',
  settings: clientSettings('Facebook', SCOPES),
  secretsSentTo: 'baseUrl',
  advice: 'check the FACEBOOK_OAUTH_ settings',
  create: ({ scopes = SCOPES, baseUrl, ...client }, { openWeb, clock }) =>
    facebookProvider(
      { ...client, scopes, issuer: baseUrl ?? ISSUER, graph: baseUrl ?? 'https://graph.facebook.com' },
      { openWeb, clock },
    ),
});
