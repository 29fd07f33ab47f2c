import type { FastifyInstance } from 'fastify';
import { cacheable } from './headers.ts';

/** Shorter than the time between a key's publication and its first signature, so that caches always have it. */
export const JWKS_MAX_AGE_SECONDS = 300;

/** A JWK Set (RFC 7517 section 5) of public keys. */
export interface PublicKeys {
  keys: readonly object[];
}

export function serveWellKnown(app: FastifyInstance, { jwks }: { jwks(): Promise<PublicKeys> }): void {
  app.get('/.well-known/jwks.json', { exposeHeadRoute: true }, async (_request, reply) => {
    const keys = await jwks();
    return cacheable(reply, JWKS_MAX_AGE_SECONDS).send(keys);
  });
}
