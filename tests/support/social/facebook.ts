import { createHmac, randomBytes } from 'node:crypto';
import { createCodes } from './codes.ts';
import { readForm } from './google.ts';
import { CLIENT_SECRET } from './id-tokens.ts';
import { json, type Peer, type Person, startPeer } from './peer.ts';

export const FACEBOOK_APP = '1234567890123456';

export interface FacebookPeer extends Peer {
  /** @param app the app that the token is issued for */
  accessToken(app?: string): string;
  /** debug_token reports expired tokens. */
  expireTokens: boolean;
}

/** Facebook Login and the Graph API, with their documented responses. */
export async function startFacebook(): Promise<FacebookPeer> {
  const codes = createCodes();
  const tokens = new Map<string, { person: Person; app: string }>();
  const grant = (person: Person, app: string) => {
    const token = `EAAG${randomBytes(24).toString('hex')}`;
    tokens.set(token, { person: { ...person }, app });
    return token;
  };
  const refused = (message: string, code: number, subcode?: number) => ({
    error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUvW' },
  });
  const state = { expireTokens: false };

  const peer = await startPeer({
    name: 'facebook',
    tokenPath: '/v23.0/oauth/access_token',
    settings: (origin) => ({
      FACEBOOK_OAUTH_CLIENT_ID: FACEBOOK_APP,
      FACEBOOK_OAUTH_CLIENT_SECRET: CLIENT_SECRET,
      FACEBOOK_OAUTH_BASE_URL: origin,
    }),
    handler: (origin, peer) => (request, response) => {
      const { pathname, searchParams: query } = new URL(request.url ?? '/', origin);
      switch (pathname) {
        case '/v23.0/dialog/oauth':
          return codes.grant(query, peer().person, response);
        case '/v23.0/oauth/access_token': {
          const form = readForm(request);
          if (form.client_id !== FACEBOOK_APP || form.client_secret !== CLIENT_SECRET)
            return json(response, 400, refused('Error validating client secret.', 1));
          const granted = codes.redeem(form);
          if (!granted) return json(response, 400, refused('This authorization code has been used.', 100, 36009));
          const access_token = grant(granted.person, FACEBOOK_APP);
          return json(response, 200, { access_token, token_type: 'bearer', expires_in: 5_183_944 });
        }
        case '/v23.0/debug_token': {
          if (query.get('access_token') !== `${FACEBOOK_APP}|${CLIENT_SECRET}`)
            return json(response, 400, refused('Invalid OAuth access token signature.', 190));
          const token = tokens.get(query.get('input_token') ?? '');
          const error = { code: 190, message: 'The access token could not be decrypted' };
          if (!token) return json(response, 200, { data: { error, is_valid: false, scopes: [] } });
          return json(response, 200, {
            data: {
              app_id: token.app,
              type: 'USER',
              application: 'Example',
              data_access_expires_at: 0,
              expires_at: Math.floor(Date.now() / 1000) + 3600,
              is_valid: !(peer() as FacebookPeer).expireTokens,
              scopes: ['email', 'public_profile'],
              user_id: token.person.subject,
            },
          });
        }
        case '/v23.0/me': {
          const given = query.get('access_token') ?? '';
          const token = tokens.get(given);
          if (!token) return json(response, 400, refused('Malformed access token', 190));
          const proof = createHmac('sha256', CLIENT_SECRET).update(given).digest('hex');
          if (query.get('appsecret_proof') !== proof)
            return json(response, 400, refused('Invalid appsecret_proof provided in the API argument', 100));
          const { subject, email } = token.person;
          return json(response, 200, { id: subject, email, first_name: 'Ada', last_name: 'Lovelace' });
        }
        default:
          return json(response, 404, refused('Unknown path components', 2500));
      }
    },
  });
  return Object.assign(peer, state, { accessToken: (app = FACEBOOK_APP) => grant(peer.person, app) });
}
