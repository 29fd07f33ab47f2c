import type { Config } from '../../config.ts';
import { after, type Clock } from '../../core/clock.ts';
import { type Keyring, seal } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { deleteKeysUpTo, insertKey } from './keys.repo.ts';
import { generateKey, isDue, type SigningKey } from './keys.ts';
import type { RingCache } from './ring-cache.ts';

export type RotationCause = 'first' | 'age' | 'algorithm' | 'command';

export interface KeyRotation {
  /** Publishes the first key or the next one if it is due, and deletes keys whose tokens have all expired. */
  rotateIfDue(): Promise<void>;
  /**
   * Publishes the next key, unless one is already waiting to sign. Works even if the current keys cannot be decrypted.
   * Returns the newest key, and whether this call published it.
   * @param immediately it signs at once, before every cache of the JWKS has it
   */
  rotate(options?: { immediately?: boolean }): Promise<{ published: boolean; key: SigningKey }>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  cache: RingCache;
  tokens: Pick<Config['tokens'], 'algorithm' | 'keyRotation' | 'keyPublishLead'>;
  /** Called in the transaction that publishes a key. */
  onPublished: ((db: Db, key: SigningKey, cause: RotationCause) => Promise<void>) | undefined;
}

export function createKeyRotation(dependencies: Dependencies): KeyRotation {
  const { db, clock, keyring, cache, tokens, onPublished } = dependencies;

  async function draftKey(generation: number, lead: number): Promise<SigningKey> {
    const { kid, publicJwk, privateJwk } = await generateKey(tokens.algorithm);
    const sealedPrivateJwk = await seal(keyring, JSON.stringify(privateJwk));
    const createdAt = clock.now();
    const signsFrom = after(createdAt, lead);
    return { generation, kid, alg: tokens.algorithm, publicJwk, sealedPrivateJwk, signsFrom, createdAt };
  }

  /** False if another replica was faster; its key is loaded. */
  async function publish(newest: SigningKey | undefined, lead: number, cause: RotationCause): Promise<boolean> {
    const key = await draftKey((newest?.generation ?? 0) + 1, lead);
    const published = await db.transaction(async (tx) => {
      const inserted = await insertKey(tx, key);
      if (inserted) await onPublished?.(tx, key, cause);
      return inserted;
    });
    await cache.load();
    return published;
  }

  return {
    async rotateIfDue() {
      await cache.load();
      const newest = cache.ring().keys.at(-1);
      // The first key signs at once: no client can have cached a JWKS without keys.
      if (!newest) await publish(undefined, 0, 'first');
      else if (isDue(newest, tokens, clock.now()))
        await publish(newest, tokens.keyPublishLead, newest.alg === tokens.algorithm ? 'age' : 'algorithm');
      const retired = cache.ring().retired.at(-1);
      if (retired) await deleteKeysUpTo(db, retired.generation);
    },

    async rotate({ immediately = false } = {}) {
      await cache.load();
      const newest = cache.ring().keys.at(-1);
      const isWaiting = newest !== undefined && newest.signsFrom > clock.now();
      const lead = immediately || !newest ? 0 : tokens.keyPublishLead;
      const published = isWaiting && !immediately ? false : await publish(newest, lead, 'command');
      const key = cache.ring().keys.at(-1);
      if (!key) throw new Error('a published key must be in the table');
      return { published, key };
    },
  };
}
