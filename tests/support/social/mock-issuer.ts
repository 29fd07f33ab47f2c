import { type CryptoKey, importJWK, type JWK } from 'jose';
import { type MutableToken, OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { CLIENT_ID, CLIENT_SECRET, type Signer, sign } from './id-tokens.ts';
import { type Peer, standardClaims, startPeer } from './peer.ts';

/** oauth2-mock-server as an OpenID issuer configured by settings. */
export async function startMockIssuer(name = 'mock', settings: Record<string, string> = {}): Promise<Peer> {
  const issuer = new OAuth2Issuer();
  const { kid } = await issuer.keys.generate('RS256');
  const jwk = issuer.keys.toJSON(true)[0] as JWK; // Just generated.
  const signer: Signer = { key: (await importJWK(jwk, 'RS256')) as CryptoKey, kid, alg: 'RS256' };
  const prefix = `OIDC_${name.toUpperCase()}_`;

  const peer = await startPeer({
    name,
    tokenPath: '/token',
    signer: async () => signer,
    settings: (origin) => ({
      [`${prefix}ISSUER`]: origin,
      [`${prefix}CLIENT_ID`]: CLIENT_ID,
      [`${prefix}CLIENT_SECRET`]: CLIENT_SECRET,
      ...settings,
    }),
    handler(origin, peer) {
      issuer.url = origin;
      const service = new OAuth2Service(issuer);
      service.on('beforeTokenSigning', ({ payload }: MutableToken) =>
        Object.assign(payload, standardClaims(peer().person)),
      );
      service.on('beforeUserinfo', (response: { body: unknown }) => {
        response.body = standardClaims(peer().person);
      });
      return service.requestHandler;
    },
  });
  return Object.assign(peer, {
    idToken(claims: Record<string, unknown> = {}) {
      const now = Math.floor(Date.now() / 1000);
      const baseClaims = { iss: peer.issuer, aud: CLIENT_ID, iat: now, exp: now + 3600 };
      return sign({ ...baseClaims, ...standardClaims(peer.person), ...claims }, signer);
    },
  });
}
