import { randomBytes } from 'node:crypto';
import { createCodes } from './codes.ts';
import { readForm } from './google.ts';
import { CLIENT_ID, CLIENT_SECRET } from './id-tokens.ts';
import { json, type Peer, type Person, startPeer } from './peer.ts';

/** A GitHub Enterprise Server: the web flow and the two user resources. */
export function startGithub(): Promise<Peer> {
  const codes = createCodes();
  const tokens = new Map<string, Person>();
  // GitHub reports errors with status 200.
  const errorBody = (error: string, description: string) => ({
    error,
    error_description: description,
    error_uri:
      'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/',
  });

  return startPeer({
    name: 'github',
    tokenPath: '/login/oauth/access_token',
    settings: (origin) => ({
      GITHUB_OAUTH_CLIENT_ID: CLIENT_ID,
      GITHUB_OAUTH_CLIENT_SECRET: CLIENT_SECRET,
      GITHUB_OAUTH_BASE_URL: origin,
    }),
    handler: (origin, peer) => (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', origin);
      const person = tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
      const isApi = pathname.startsWith('/api/v3/');
      if (isApi && !request.headers['user-agent'])
        return json(response, 403, { message: 'Request forbidden by administrative rules.' });
      if (isApi && !person)
        return json(response, 401, { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' });
      switch (pathname) {
        case '/login/oauth/authorize':
          return codes.grant(searchParams, peer().person, response);
        case '/login/oauth/access_token': {
          const form = readForm(request);
          if (form.client_id !== CLIENT_ID || form.client_secret !== CLIENT_SECRET)
            return json(response, 200, errorBody('incorrect_client_credentials', 'The client_id is incorrect.'));
          const granted = codes.redeem(form);
          if (!granted) return json(response, 200, errorBody('bad_verification_code', 'The code passed is incorrect.'));
          const token = `gho_${randomBytes(18).toString('hex')}`;
          tokens.set(token, granted.person);
          return json(response, 200, { access_token: token, scope: 'read:user,user:email', token_type: 'bearer' });
        }
        case '/api/v3/user':
          // The public profile address, which is not verified.
          return json(response, 200, {
            login: 'ada',
            id: Number(person?.subject),
            type: 'User',
            name: 'Ada Lovelace',
            email: 'shown-to-the-public@example.com',
          });
        case '/api/v3/user/emails':
          return json(response, 200, [
            { email: 'second@example.com', primary: false, verified: true, visibility: null },
            ...(person?.email
              ? [{ email: person.email, primary: true, verified: person.emailVerified, visibility: 'private' }]
              : []),
          ]);
        default:
          return json(response, 404, { message: 'Not Found' });
      }
    },
  });
}
