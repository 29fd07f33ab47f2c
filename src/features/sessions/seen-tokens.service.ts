import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import { markSeen, type TokenGeneration } from './repetition.repo.ts';

/**
 * Records that the client has the tokens of a generation, because it presents one of them. From then on a repeated
 * refresh of the predecessor is no lost response: docs/decisions/0012-a-lost-refresh-response.md.
 */
export interface SeenTokens {
  /**
   * Writes once per generation and process. Does not wait for the write: authentication must not need the database for
   * it, and REFRESH_GRACE leaves the write time. If it fails, the next request with such a token tries again.
   */
  note(presented: TokenGeneration): void;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  log: Log;
}

/** Generations remembered as noted. */
const REMEMBERED = 10_000;
/** Sessions per statement. */
const LARGEST_BATCH = 100;

export function createSeenTokens({ db, clock, log }: Dependencies): SeenTokens {
  const noted = new LRUCache<string, true>({ max: REMEMBERED });

  const marks = new DataLoader<TokenGeneration, boolean>(
    async (presented) => {
      const skipped = new Set(await markSeen(db, presented, clock.now()));
      return presented.map(({ id }) => !skipped.has(id));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: LARGEST_BATCH },
  );

  return {
    note({ id, generation }) {
      if (generation === 0) return; // It has no predecessor.
      const key = `${id} ${generation}`;
      if (noted.has(key)) return;
      noted.set(key, true);
      marks.load({ id, generation }).then(
        (isDone) => void (isDone || noted.delete(key)),
        (error: unknown) => {
          noted.delete(key);
          const isOutage = error instanceof Error && error.cause instanceof Unavailable;
          if (!isOutage) log.error({ err: error }, 'tokens were not marked as seen');
        },
      );
    },
  };
}
