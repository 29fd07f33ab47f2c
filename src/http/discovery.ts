import type { FastifyInstance } from 'fastify';
import { cacheable } from './headers.ts';
import { JWKS_MAX_AGE_SECONDS, type PublicKeys } from './well-known.ts';

interface Dependencies {
  issuer: string;
  /** Names of claims that access tokens can have. */
  claims: readonly string[];
  jwks(): Promise<PublicKeys>;
}

/** The two names of the document: OpenID Connect Discovery 1.0 section 4, and RFC 8414 section 3. */
const PATHS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

/**
 * Lets libraries that take an issuer URL find the keys. This is no OpenID provider: there is no authorization endpoint and
 * no ID token, so the members that describe them are empty or missing. `grant_types_supported` must be there, because
 * its default is not empty (RFC 8414 section 2).
 */
export function serveDiscovery(app: FastifyInstance, { issuer, claims, jwks }: Dependencies): void {
  for (const path of PATHS)
    app.get(path, { exposeHeadRoute: true }, async (_request, reply) => {
      const { keys } = await jwks();
      const algorithms = [...new Set(keys.flatMap(({ alg }) => alg ?? []))];
      return cacheable(reply, JWKS_MAX_AGE_SECONDS).send({
        issuer,
        jwks_uri: `${issuer}/.well-known/jwks.json`,
        response_types_supported: [],
        grant_types_supported: [],
        subject_types_supported: ['public'],
        // Libraries also take it as the list of algorithms of access tokens.
        id_token_signing_alg_values_supported: algorithms,
        claims_supported: claims,
        revocations_uri: `${issuer}/.well-known/revocations`,
      });
    });
}
