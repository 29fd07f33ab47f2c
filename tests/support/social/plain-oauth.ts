import { randomBytes } from 'node:crypto';
import type { PlainProvider } from '../../../src/features/social/providers/plain-oauth.ts';
import { createCodes } from './codes.ts';
import { readForm } from './google.ts';
import { CLIENT_ID, CLIENT_SECRET } from './id-tokens.ts';
import { json, type Peer, type Person, startPeer } from './peer.ts';

/**
 * A server with the endpoints of a plain OAuth 2.0 provider.
 * @param toProfile the profile as the provider writes it
 */
export function startPlainOAuth(
  { name, prefix, protocol }: PlainProvider,
  toProfile: (person: Person) => Record<string, unknown>,
): Promise<Peer> {
  const codes = createCodes();
  const tokens = new Map<string, Person>();
  const toPath = (endpoint: string) => new URL(endpoint).pathname;
  const basic = `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}`;

  return startPeer({
    name,
    tokenPath: toPath(protocol.tokenEndpoint),
    settings: (origin) => ({
      [`${prefix}_CLIENT_ID`]: CLIENT_ID,
      [`${prefix}_CLIENT_SECRET`]: CLIENT_SECRET,
      [`${prefix}_BASE_URL`]: origin,
    }),
    handler: (origin, peer) => (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', origin);
      switch (pathname) {
        case toPath(protocol.authorizationEndpoint):
          return codes.grant(searchParams, peer().person, response);
        case toPath(protocol.tokenEndpoint): {
          const form = readForm(request);
          const isKnown =
            protocol.secretIn === 'header'
              ? request.headers.authorization === basic && form.client_secret === undefined
              : form.client_id === CLIENT_ID && form.client_secret === CLIENT_SECRET;
          if (!isKnown) return json(response, 401, { error: 'invalid_client' });
          const granted = codes.redeem(form);
          if (!granted) return json(response, 400, { error: 'invalid_grant' });
          const token = randomBytes(18).toString('hex');
          tokens.set(token, granted.person);
          return json(response, 200, { access_token: token, token_type: 'Bearer' });
        }
        case toPath(protocol.profileEndpoint): {
          const person = tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
          return person ? json(response, 200, toProfile(person)) : json(response, 401, { error: 'invalid_token' });
        }
        default:
          return json(response, 404, { error: 'not_found' });
      }
    },
  });
}
