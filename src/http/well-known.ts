import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { cacheable } from './headers.ts';

/** Shorter than the time between a key's publication and its first signature, so that caches always have it. */
export const JWKS_MAX_AGE_SECONDS = 300;

/** A JWK Set (RFC 7517 section 5) of public keys. */
export interface PublicKeys {
  keys: readonly { alg?: string }[];
}

/** Platforms cache these files for longer themselves. */
const ASSOCIATIONS_MAX_AGE_SECONDS = 3600;

/** What an Android app may do with the passkeys of the domain. Google requires both. */
const RELATION = ['delegate_permission/common.handle_all_urls', 'delegate_permission/common.get_login_creds'];

interface WellKnown {
  config: Pick<Config, 'passkeys'>;
  jwks(): Promise<PublicKeys>;
}

export function serveWellKnown(app: FastifyInstance, { config, jwks }: WellKnown): void {
  app.get('/.well-known/jwks.json', { exposeHeadRoute: true }, async (_request, reply) => {
    const keys = await jwks();
    return cacheable(reply, JWKS_MAX_AGE_SECONDS).send(keys);
  });
  if (!config.passkeys) return;
  for (const [name, content] of Object.entries(associations(config.passkeys)))
    app.get(`/.well-known/${name}`, { exposeHeadRoute: true }, async (_request, reply) =>
      cacheable(reply, ASSOCIATIONS_MAX_AGE_SECONDS).type('application/json').send(content),
    );
}

/** The files that associate apps and other sites with the domain of the passkeys; only those that are configured. */
function associations({ iosApps, androidApps, relatedOrigins }: NonNullable<Config['passkeys']>) {
  const files: Record<string, object> = {};
  if (iosApps.length > 0) files['apple-app-site-association'] = { webcredentials: { apps: iosApps } };
  if (androidApps.length > 0)
    files['assetlinks.json'] = androidApps.map(({ packageName, fingerprints }) => ({
      relation: RELATION,
      target: { namespace: 'android_app', package_name: packageName, sha256_cert_fingerprints: fingerprints },
    }));
  // Related origins: WebAuthn Level 3 section 5.11.
  if (relatedOrigins.length > 0) files.webauthn = { origins: relatedOrigins };
  return files;
}
