import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWTHeaderParameters,
} from 'jose';
import { HOUR, MINUTE } from '../../../core/clock.ts';
import type { Web } from '../../../infra/web/web.ts';
import { claimsIn } from '../claims.ts';
import { Failure } from '../provider.ts';
import { createCachedDocument } from './cached-document.ts';
import type { Discovery } from './discovery.ts';

/** The keys cannot be loaded, which says nothing about the token. Thrown through jose. */
export class KeysUnavailable extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail);
  }
}

/**
 * The issuer's public keys, from the URL in its discovery document. What a token says about keys (jku, x5u, jwk, iss) is
 * never used. Returns the key that a token names, for jose. Throws KeysUnavailable.
 */
export type KeySet = (header: JWTHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;

export function createKeySet({ web, discovery }: { web: Web; discovery: Discovery }): KeySet {
  async function load(): Promise<JSONWebKeySet | Failure> {
    const metadata = await discovery.get();
    if (metadata instanceof Failure) return metadata;
    const response = await web.send({ url: metadata.jwksUri });
    if (response.kind === 'failed') return new Failure('UNAVAILABLE', `keys: ${response.error}`);
    const { keys } = claimsIn(response.body);
    if (response.status !== 200 || !Array.isArray(keys))
      return new Failure('UNAVAILABLE', `keys: HTTP ${response.status} without a key set`);
    return { keys };
  }
  const cached = createCachedDocument({ load, freshFor: 10 * MINUTE, staleFor: HOUR });

  function pick(set: JSONWebKeySet | Failure, header: JWTHeaderParameters, token: FlattenedJWSInput) {
    if (set instanceof Failure) throw new KeysUnavailable(set);
    return createLocalJWKSet(set)(header, token);
  }

  return async (header, token) => {
    try {
      return await pick(await cached.get(), header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return pick(await cached.renew(), header, token); // The issuer may have a new key.
    }
  };
}
