import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { createCodes } from './codes.ts';
import { CLIENT_ID, CLIENT_SECRET, type Signer, sign } from './id-tokens.ts';
import { json, type Peer, type Person, standardClaims, startPeer } from './peer.ts';

export const IOS_CLIENT = 'latchkey-ios.apps.example.com';

export interface GooglePeer extends Peer {
  idToken(claims?: Record<string, unknown>): Promise<string>;
  /** @param audience the client that the token is issued for */
  accessToken(audience?: string): string;
}

/** Google's OpenID endpoints and tokeninfo, with their documented responses. */
export async function startGoogle(): Promise<GooglePeer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const signer: Signer = { key: privateKey, kid: '6ce11ae', alg: 'RS256' };
  const jwk = { ...(await exportJWK(publicKey)), kid: signer.kid, alg: 'RS256', use: 'sig' };
  const codes = createCodes();
  const accessTokens = new Map<string, { person: Person; audience: string }>();
  const basic = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`;

  function accessTokenFor(person: Person, audience: string): string {
    const token = `ya29.${randomBytes(24).toString('base64url')}`;
    accessTokens.set(token, { person: { ...person }, audience });
    return token;
  }
  const idTokenFor = (person: Person, claims: Record<string, unknown>, peer: Peer) => {
    const now = Math.floor(Date.now() / 1000);
    const baseClaims = { iss: peer.issuer, aud: CLIENT_ID, azp: CLIENT_ID, iat: now, exp: now + 3600 };
    return sign({ ...baseClaims, ...standardClaims(person), ...claims }, signer);
  };

  const peer = await startPeer({
    name: 'google',
    tokenPath: '/token',
    signer: async () => signer,
    settings: (origin) => ({
      GOOGLE_OAUTH_CLIENT_ID: CLIENT_ID,
      GOOGLE_OAUTH_CLIENT_SECRET: CLIENT_SECRET,
      GOOGLE_OAUTH_AUDIENCES: IOS_CLIENT,
      GOOGLE_OAUTH_BASE_URL: origin,
    }),
    handler: (origin, peer) => async (request, response) => {
      const url = new URL(request.url ?? '/', origin);
      const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      switch (url.pathname) {
        case '/.well-known/openid-configuration':
          return json(response, 200, {
            issuer: origin,
            authorization_endpoint: `${origin}/o/oauth2/v2/auth`,
            token_endpoint: `${origin}/token`,
            userinfo_endpoint: `${origin}/v1/userinfo`,
            jwks_uri: `${origin}/oauth2/v3/certs`,
            id_token_signing_alg_values_supported: ['RS256'],
            token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
            code_challenge_methods_supported: ['plain', 'S256'],
          });
        case '/oauth2/v3/certs':
          return json(response, 200, { keys: [jwk] });
        case '/o/oauth2/v2/auth':
          return codes.grant(url.searchParams, peer().person, response, { iss: origin, scope: 'email openid' });
        case '/token': {
          if (request.headers.authorization !== basic)
            return json(response, 401, { error: 'invalid_client', error_description: 'Unauthorized' });
          const granted = codes.redeem(readForm(request));
          if (!granted)
            return json(response, 400, { error: 'invalid_grant', error_description: 'Malformed auth code.' });
          const { person, nonce } = granted;
          return json(response, 200, {
            access_token: accessTokenFor(person, CLIENT_ID),
            expires_in: 3599,
            scope: 'openid https://www.googleapis.com/auth/userinfo.email',
            token_type: 'Bearer',
            id_token: await idTokenFor(person, { nonce }, peer()),
          });
        }
        case '/tokeninfo': {
          const known = accessTokens.get(url.searchParams.get('access_token') ?? '');
          if (!known) return json(response, 400, { error: 'invalid_token', error_description: 'Invalid Value' });
          const { person, audience } = known;
          return json(response, 200, {
            azp: audience,
            aud: audience,
            sub: person.subject,
            scope: 'openid https://www.googleapis.com/auth/userinfo.email',
            exp: String(Math.floor(Date.now() / 1000) + 3000),
            expires_in: '3000',
            email: person.email,
            email_verified: String(person.emailVerified),
            access_type: 'online',
          });
        }
        case '/v1/userinfo': {
          const known = accessTokens.get(bearer);
          return known
            ? json(response, 200, standardClaims(known.person))
            : json(response, 401, { error: 'invalid_request', error_description: 'Invalid Credentials' });
        }
        default:
          return json(response, 404, { error: { code: 404, message: 'Not found', status: 'NOT_FOUND' } });
      }
    },
  });
  return Object.assign(peer, {
    idToken: (claims: Record<string, unknown> = {}) => idTokenFor(peer.person, claims, peer),
    accessToken: (audience = CLIENT_ID) => accessTokenFor(peer.person, audience),
  });
}

/** The fields of a form, which startPeer has parsed. */
export const readForm = (request: IncomingMessage): Record<string, string> =>
  'body' in request ? { ...(request.body as Record<string, string>) } : {};
