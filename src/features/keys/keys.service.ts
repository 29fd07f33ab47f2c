import type { KeyObject } from 'node:crypto';
import { errors, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';
import type { Config } from '../../config.ts';
import { type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { UnreadableKey } from './key-ring.ts';
import { createKeyRotation, type KeyRotation, type RotationCause } from './key-rotation.service.ts';
import { describeKeys, type KeyState } from './key-states.ts';
import { allKeys } from './keys.repo.ts';
import { findSigningKey, publishedJwk, type SignedType, type Signer, type SigningKey } from './keys.ts';
import { createRingCache } from './ring-cache.ts';

/** The keys that sign access tokens. A key is published long before it signs, so every replica knows it by then. */
export interface Keys {
  /** Loads the keys, creates the first one if there is none, and starts rotation. Throws UnreadableKey. */
  start(): Promise<void>;
  /** Signs with the current key, by default an access token. Throws UnreadableKey. */
  sign(claims: JWTPayload, typ?: SignedType): Promise<string>;
  /**
   * The public key of a token, for jose's jwtVerify. Throws JWKSNoMatchingKey. An unknown kid causes a query, whose
   * errors are also thrown.
   */
  verificationKey(header: JWTHeaderParameters): Promise<KeyObject>;
  /** The JSON Web Key Set (RFC 7517 section 5): keys that sign, that will sign, and whose tokens are still valid. */
  jwks(): { keys: JWK[] };
  rotate: KeyRotation['rotate'];
  /** All keys, newest first, as the database has them now. */
  list(): Promise<KeyState[]>;
  /** When the current key began to sign; undefined before the first one. */
  signingSince(): Date | undefined;
  /** Stops rotation, and waits for one that is running. */
  close(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  tokens: Pick<Config['tokens'], 'algorithm' | 'accessTtl' | 'keyRotation' | 'keyPublishLead'>;
  log: Log;
  /** Called in the transaction that publishes a key. */
  onPublished?: (db: Db, key: SigningKey, cause: RotationCause) => Promise<void>;
  /** Milliseconds. */
  reloadEvery?: number;
}

const RELOAD_EVERY = 10 * SECOND;
/** Our kids are SHA-256 thumbprints (RFC 7638). Others are not looked up. */
const KID = /^[\w-]{43}$/;

export function createKeys(dependencies: Dependencies): Keys {
  const { db, clock, keyring, tokens, log, onPublished, reloadEvery = RELOAD_EVERY } = dependencies;
  const cache = createRingCache({ db, clock, keyring, log, accessTtl: tokens.accessTtl });
  const rotation = createKeyRotation({ db, clock, keyring, cache, tokens, onPublished });
  let timer: NodeJS.Timeout | undefined;
  let rotating: Promise<void> | undefined;
  let closed = false;

  function schedule(): void {
    if (closed) return;
    const rotateAndSchedule = () => {
      rotating = rotation
        .rotateIfDue()
        .catch((err: unknown) => log.warn({ err }, 'the signing keys could not be checked for rotation'))
        .finally(schedule);
    };
    // Replicas read the table at different times.
    timer = setTimeout(rotateAndSchedule, reloadEvery * (0.8 + 0.4 * Math.random())).unref();
  }

  function currentSigner(): Signer {
    const key = findSigningKey(cache.ring().keys, clock.now());
    if (!key) throw new Error('there is no signing key yet: start() makes the first');
    const sign = cache.ring().signers.get(key.kid);
    if (!sign) throw new UnreadableKey(key.generation);
    return sign;
  }

  return {
    async start() {
      await rotation.rotateIfDue();
      currentSigner();
      schedule();
    },

    async sign(claims, typ = 'at+jwt') {
      // A replica that has not read the table for so long may have missed a new key, so it must not sign.
      if (cache.age() > tokens.keyPublishLead / 2) await cache.load();
      return currentSigner()(claims, typ);
    },

    async verificationKey({ kid, alg }) {
      if (!kid || !KID.test(kid)) throw new errors.JWKSNoMatchingKey();
      if (!cache.ring().verifiers.has(kid)) await cache.loadMissing();
      const known = cache.ring().verifiers.get(kid);
      // The algorithm is the key's, not the token's to choose (RFC 8725 section 3.1).
      if (known?.alg !== alg || !known) throw new errors.JWKSNoMatchingKey();
      return known.key;
    },

    jwks: () => ({ keys: cache.ring().keys.map(publishedJwk) }),
    rotate: rotation.rotate,
    list: async () => describeKeys(await allKeys(db), clock.now(), tokens.accessTtl).reverse(),

    signingSince: () => findSigningKey(cache.ring().keys, clock.now())?.signsFrom,

    async close() {
      closed = true;
      clearTimeout(timer);
      await rotating;
    },
  };
}
