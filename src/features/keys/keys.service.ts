import { setTimeout as sleep } from 'node:timers/promises';
import { errors, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';
import type { Config } from '../../config.ts';
import { after, type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { type Keyring, seal } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { buildRing, EMPTY_RING, UnreadableKey } from './key-ring.ts';
import { allKeys, deleteKeysUpTo, insertKey } from './keys.repo.ts';
import { generateKey, isDue, publishedJwk, type SigningKey, signerOf } from './keys.ts';

/** Replicas read the table this often, each at a moment of its own. */
const RELOAD_EVERY = 10 * SECOND;
/** An unknown kid makes us look, and no flood of them makes us look more often. */
const LOOK_AGAIN_AFTER = SECOND;
/** Our kids are thumbprints (RFC 7638, SHA-256). Nothing else is worth a look into the database. */
const KID = /^[\w-]{43}$/;

export type RotationCause = 'first' | 'age' | 'algorithm' | 'command';

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  tokens: Pick<Config['tokens'], 'algorithm' | 'accessTtl' | 'keyRotation' | 'keyPublishLead'>;
  log: Log;
  /** Told within the transaction that publishes a key. */
  onPublished?: (db: Db, key: SigningKey, cause: RotationCause) => Promise<void>;
  /** Milliseconds. */
  reloadEvery?: number;
}

export type Keys = ReturnType<typeof createKeys>;

/**
 * The keys that sign access tokens. The table is the truth that replicas share: each reads it again and again, so a key
 * that is published long before it signs is known everywhere when it does.
 */
export function createKeys(dependencies: Dependencies) {
  const { db, clock, keyring, tokens, log, onPublished, reloadEvery = RELOAD_EVERY } = dependencies;
  let ring = EMPTY_RING;
  /** When the latest look began, and that of what the ring holds. monotonic() */
  let lookedAt = Number.NEGATIVE_INFINITY;
  let knownAt = Number.NEGATIVE_INFINITY;
  let upcoming: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let tending: Promise<void> | undefined;
  let closed = false;

  async function load(): Promise<void> {
    const began = monotonic();
    lookedAt = began;
    const rows = await allKeys(db);
    const built = await buildRing(rows, ring, {
      keyring,
      accessTtl: tokens.accessTtl,
      now: clock.now(),
      onUnreadable: (err) => log.error({ err }, 'a signing key cannot be opened'),
    });
    if (began < knownAt) return; // A later look was quicker.
    ring = built;
    knownAt = began;
  }

  /** Looks for what the caller could not find: a look that begins from now on, at most one a second for all callers. */
  function lookAgain(): Promise<void> {
    upcoming ??= (async () => {
      const pause = lookedAt + LOOK_AGAIN_AFTER - monotonic();
      if (pause > 0) await sleep(pause);
      upcoming = undefined;
      await load();
    })();
    return upcoming;
  }

  /** False: another replica was quicker, and its key is loaded. */
  async function publish(newest: SigningKey | undefined, lead: number, cause: RotationCause): Promise<boolean> {
    const { kid, publicJwk, privateJwk } = await generateKey(tokens.algorithm);
    const sealedPrivateJwk = await seal(keyring, JSON.stringify(privateJwk));
    const createdAt = clock.now();
    const key: SigningKey = {
      generation: (newest?.generation ?? 0) + 1,
      kid,
      alg: tokens.algorithm,
      publicJwk,
      sealedPrivateJwk,
      signsFrom: after(createdAt, lead),
      createdAt,
    };
    const published = await db.transaction(async (tx) => {
      const inserted = await insertKey(tx, key);
      if (inserted) await onPublished?.(tx, key, cause);
      return inserted;
    });
    await load();
    return published;
  }

  async function tend(): Promise<void> {
    await load();
    const newest = ring.keys.at(-1);
    // Nobody has cached a JWKS of a service without keys, so the first one signs at once.
    if (!newest) await publish(undefined, 0, 'first');
    else if (isDue(newest, tokens, clock.now()))
      await publish(newest, tokens.keyPublishLead, newest.alg === tokens.algorithm ? 'age' : 'algorithm');
    const gone = ring.retired.at(-1);
    if (gone) await deleteKeysUpTo(db, gone.generation);
  }

  function schedule(): void {
    if (closed) return;
    timer = setTimeout(
      () => {
        tending = tend()
          .catch((err: unknown) => log.warn({ err }, 'the signing keys could not be looked after'))
          .finally(schedule);
      },
      reloadEvery * (0.8 + 0.4 * Math.random()),
    ).unref();
  }

  /** Throws UnreadableKey when SECRET_KEY was changed and the earlier one is not given. */
  function presentSigner(): (claims: JWTPayload) => Promise<string> {
    const key = signerOf(ring.keys, clock.now());
    if (!key) throw new Error('there is no signing key yet: start() makes the first');
    const sign = ring.signers.get(key.kid);
    if (!sign) throw new UnreadableKey(key.generation);
    return sign;
  }

  return {
    /** Loads the keys, makes the first one if there is none, and looks after them from now on. Throws UnreadableKey. */
    async start(): Promise<void> {
      await tend();
      presentSigner();
      schedule();
    },

    /** An access token (typ at+jwt) of these claims, under the key whose time it is. */
    async sign(claims: JWTPayload): Promise<string> {
      // Whoever was cut off from the table for so long may have missed a successor, and signs for nobody.
      if (monotonic() - knownAt > tokens.keyPublishLead / 2) await load();
      return presentSigner()(claims);
    },

    /** For jose's jwtVerify. Throws JWKSNoMatchingKey; or what the database throws, when the kid is not known here. */
    async verificationKey({ kid, alg }: JWTHeaderParameters) {
      if (!kid || !KID.test(kid)) throw new errors.JWKSNoMatchingKey();
      if (!ring.verifiers.has(kid)) await lookAgain();
      const known = ring.verifiers.get(kid);
      // The algorithm is the key's, not the token's to choose (RFC 8725 section 3.1).
      if (known?.alg !== alg || !known) throw new errors.JWKSNoMatchingKey();
      return known.key;
    },

    /** The JSON Web Key Set (RFC 7517 section 5): what signs, what will, and what signed tokens that still live. */
    jwks: (): { keys: JWK[] } => ({ keys: ring.keys.map(publishedJwk) }),

    /**
     * Publishes the next key, unless one already waits for its time. Works also when the present keys cannot be opened.
     * @param immediately it signs at once: caches of the JWKS learn of it late
     */
    async rotate({ immediately = false } = {}): Promise<{ published: boolean; key: SigningKey }> {
      await load();
      const newest = ring.keys.at(-1);
      const isWaiting = newest !== undefined && newest.signsFrom > clock.now();
      const published =
        isWaiting && !immediately
          ? false
          : await publish(newest, immediately || !newest ? 0 : tokens.keyPublishLead, 'command');
      const key = ring.keys.at(-1);
      if (!key) throw new Error('a published key must be in the table');
      return { published, key };
    },

    async close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      await tending;
    },
  };
}
