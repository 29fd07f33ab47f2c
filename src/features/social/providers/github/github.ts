import { baseUrl } from '../../../../core/settings/urls.ts';
import { clientSettings } from '../client-settings.ts';
import { socialProvider } from '../definition.ts';
import { githubProvider } from './github-provider.ts';

const SCOPES = ['read:user', 'user:email'];
const ISSUER = 'https://github.com';

export const github = socialProvider({
  name: 'github',
  issuer: ISSUER,
  prefix: 'GITHUB_OAUTH',
  settings: {
    ...clientSettings('GitHub', SCOPES),
    baseUrl: baseUrl.optional().describe('GitHub: a GitHub Enterprise Server. Unset: github.com.'),
  },
  secretsSentTo: 'baseUrl',
  advice: 'check the GITHUB_OAUTH_ settings',
  create: ({ scopes = SCOPES, baseUrl: server, ...client }, { openWeb }) => {
    const api = server ? `${server}/api/v3` : 'https://api.github.com';
    return githubProvider({ ...client, scopes, issuer: server ?? ISSUER, api }, openWeb);
  },
});
