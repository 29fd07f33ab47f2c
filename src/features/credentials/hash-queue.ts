import { RateLimited } from '../../core/problems.ts';
import { createQueuePlaces } from './queue-places.ts';

/** Seconds after which a full queue has certainly moved. */
const RETRY_AFTER = 1;

/** How many operations start or resume together, and how many hashes must be waiting before any operation is held back. */
const BATCH = 4;

/** How many batches may be in progress: enough to keep the processor busy, few enough that no network fills the queue. */
const BATCHES = 4;

/**
 * Limits how many Argon2 hashes run and how many operations wait for one. An operation takes its place before its first
 * query, so that a flood does not hold database connections; its network's limits are checked before that. Places and
 * turns are shared between networks. docs/architecture.md explains the batches ("Hash queue").
 */
export interface HashQueue {
  /**
   * Runs an operation that will hash. If no place is free it does not run, and the answer is RateLimited at once. If the
   * queue is full, the network with the most operations waiting gives its newest place to one with fewer.
   * @param network of the caller
   * @param refused gives back what the operation was charged, if it does not run
   */
  admit<T>(network: string, operation: () => Promise<T>, refused?: () => Promise<unknown>): Promise<T | RateLimited>;
  /** Runs a hash of an admitted operation when its turn comes. */
  run<T>(hash: () => Promise<T>): Promise<T>;
}

interface Options {
  /** How many hashes run at the same time: at most the cores, and fewer than libuv's threads. */
  running: number;
  /** How many more operations may be in progress. */
  waiting: number;
}

export function createHashQueue({ running, waiting }: Options): HashQueue {
  const queue: (() => void)[] = [];
  let active = 0;
  /** Operations whose hash is done wait for the next batch, like those that have not started. */
  const done: (() => void)[] = [];

  const isBusy = () => queue.length >= BATCH;
  const places = createQueuePlaces({ places: running + waiting, mostStarted: running + BATCHES * BATCH, isBusy });
  const waitIn = (line: (() => void)[]) => new Promise<void>((resolve) => line.push(resolve));

  /** Runs after each hash. While hashes wait there will be another one, so no operation is held back forever. */
  function afterHash(): void {
    if (isBusy() && done.length < BATCH) return;
    for (const resume of done.splice(0, BATCH)) resume();
    places.start(BATCH);
  }

  return {
    async admit(network, operation, refused) {
      const turn = places.take(network);
      if (turn && !(await turn)) {
        await refused?.();
        return new RateLimited(RETRY_AFTER);
      }
      try {
        return await operation();
      } finally {
        places.free();
        // No hash is running that would start others: the last batch finished without hashing.
        if (active === 0) places.start(BATCH);
      }
    },

    async run(hash) {
      if (active >= running) await waitIn(queue);
      else active += 1;
      try {
        return await hash();
      } finally {
        // The turn passes straight to the next in line, so `active` does not change.
        const next = queue.shift();
        if (next) next();
        else active -= 1;
        const rest = waitIn(done);
        afterHash();
        await rest;
      }
    },
  };
}
