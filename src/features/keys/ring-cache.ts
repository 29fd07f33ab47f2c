import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { buildRing, EMPTY_RING, type KeyRing } from './key-ring.ts';
import { allKeys } from './keys.repo.ts';

/** This process's copy of the signing keys. The table, which replicas share, is authoritative. */
export interface RingCache {
  /** The keys as last read; none before the first `load`. */
  ring(): KeyRing;
  /** Milliseconds since the read that `ring` comes from; infinite before the first one. */
  age(): number;
  /** Reads the table now. */
  load(): Promise<void>;
  /** Reads the table for a key that is missing here: at most one read a second, shared by all callers. */
  loadMissing(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  log: Log;
  /** Milliseconds. */
  accessTtl: number;
}

/** Milliseconds between reads for missing keys: a flood of unknown kids causes no flood of queries. */
const LOAD_MISSING_EVERY = SECOND;

export function createRingCache({ db, clock, keyring, log, accessTtl }: Dependencies): RingCache {
  let ring = EMPTY_RING;
  /** monotonic(), when the latest read began and when the read that `ring` comes from began. */
  let readAt = Number.NEGATIVE_INFINITY;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let upcoming: Promise<void> | undefined;

  async function load(): Promise<void> {
    const began = monotonic();
    readAt = began;
    const rows = await allKeys(db);
    const built = await buildRing(rows, ring, {
      keyring,
      accessTtl,
      now: clock.now(),
      onUnreadable: (err) => log.error({ err }, 'a signing key cannot be decrypted'),
    });
    if (began < loadedAt) return; // A later read has finished first.
    ring = built;
    loadedAt = began;
  }

  return {
    ring: () => ring,
    age: () => monotonic() - loadedAt,
    load,
    loadMissing() {
      upcoming ??= sleep(Math.max(0, readAt + LOAD_MISSING_EVERY - monotonic())).then(() => {
        // Cleared before the read begins: later callers need a read of their own.
        upcoming = undefined;
        return load();
      });
      return upcoming;
    },
  };
}
