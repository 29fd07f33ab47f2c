import type { Config } from '../../config.ts';
import { createQueuePlaces } from './queue-places.ts';

/** How many operations start or resume together, and how many hashes must be waiting before any operation is held back. */
export const BATCH = 4;

/** How many batches may be in progress: enough to keep the processor busy, few enough that no network fills the queue. */
const BATCHES = 4;

/**
 * Decides which operations get a place and whose hash runs next. Only counts and queues: `HashQueue` runs the work. A
 * result that is known at once is not a promise.
 */
export interface HashScheduler {
  /**
   * Whether an operation would get a place now, so that checking its limits is worthwhile. If true, call `endCheck` after
   * the check.
   */
  startCheck(network: string): boolean | Promise<boolean>;
  endCheck(network: string): void;
  /**
   * Undefined if the operation may start at once. Otherwise resolves with true when its turn comes, or with false if there
   * is no place or another network gets its place.
   */
  enter(network: string): Promise<boolean> | undefined;
  /** Returns the place of an operation that has started. */
  leave(): void;
  /** Undefined if the hash may run at once. Otherwise resolves when its turn comes. */
  startHash(): Promise<void> | undefined;
  endHash(): void;
}

export interface HashLimits {
  /** How many hashes run at the same time: at most the cores, and fewer than libuv's threads. */
  running: number;
  /** How many more operations may be in progress. */
  waiting: number;
}

export const listHashLimits = ({ passwords }: Pick<Config, 'passwords'>): HashLimits => ({
  running: passwords.hashConcurrency,
  waiting: passwords.hashQueueLimit,
});

export function createHashScheduler({ running, waiting }: HashLimits): HashScheduler {
  const queue: (() => void)[] = [];
  let active = 0;
  /** Hashes that have ended since operations were started last. */
  let ended = 0;

  const isBusy = () => queue.length >= BATCH;
  const places = createQueuePlaces({ places: running + waiting, maxStarted: running + BATCHES * BATCH, isBusy });

  /** While hashes are waiting, another one will end, so no operation is held back forever. */
  function startBatch(): void {
    ended += 1;
    if (isBusy() && ended < BATCH) return;
    ended = 0;
    places.start(BATCH);
  }

  return {
    startCheck: places.startCheck,
    endCheck: places.endCheck,
    enter: places.take,

    leave() {
      places.release();
      // No running hash will start the next batch: the last one finished without hashing.
      if (active === 0) places.start(BATCH);
    },

    startHash() {
      if (active >= running) return new Promise((resolve) => queue.push(resolve));
      active += 1;
      return undefined;
    },

    endHash() {
      // The turn passes directly to the next in the queue, so `active` does not change.
      const next = queue.shift();
      if (next) next();
      else active -= 1;
      startBatch();
    },
  };
}
