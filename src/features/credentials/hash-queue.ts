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
 * query, so that a flood does not hold database connections. Places and turns are shared between networks.
 * docs/architecture.md explains the batches ("Hash queue").
 */
export interface HashQueue {
  /**
   * Runs an operation that will hash. Returns RateLimited at once, without running it, if no place is free. If the
   * queue is full, the network with the most operations waiting gives its newest place to one with fewer.
   * @param network of the caller
   */
  admit<T>(network: string, operation: () => Promise<T>): Promise<T | RateLimited>;
  /**
   * Like `admit`, for a caller with limits. They are counted before the operation takes a place, so a refused one takes
   * none. If no place is free, they are not even counted: in a flood, that would cost more than the hashes.
   */
  admitWithin<Counted extends object, T>(
    network: string,
    limits: CallerLimits<Counted>,
    operation: (counted: Counted) => Promise<T>,
  ): Promise<T | RateLimited>;
  /** Runs a hash of an admitted operation when its turn comes. */
  run<T>(hash: () => Promise<T>): Promise<T>;
}

export interface CallerLimits<Counted extends object> {
  /** Counts one operation. */
  count(): Promise<Counted | RateLimited>;
  /** Undoes `count` for an operation that found no place. */
  refund(counted: Counted): Promise<unknown>;
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
  /** Operations whose hash has finished wait for the next batch, like those that have not started. */
  const finished: (() => void)[] = [];

  const isBusy = () => queue.length >= BATCH;
  const places = createQueuePlaces({ places: running + waiting, maxStarted: running + BATCHES * BATCH, isBusy });
  const waitIn = (waiters: (() => void)[]) => new Promise<void>((resolve) => waiters.push(resolve));

  /** Runs after each hash. While hashes are waiting, another one will finish, so no operation is held back forever. */
  function afterHash(): void {
    if (isBusy() && finished.length < BATCH) return;
    for (const resume of finished.splice(0, BATCH)) resume();
    places.start(BATCH);
  }

  /** Undefined if no place is free. */
  async function runInPlace<T>(network: string, operation: () => Promise<T>): Promise<{ result: T } | undefined> {
    const turn = places.take(network);
    if (turn && !(await turn)) return undefined;
    try {
      return { result: await operation() };
    } finally {
      places.release();
      // No running hash will start the next batch: the last one finished without hashing.
      if (active === 0) places.start(BATCH);
    }
  }

  return {
    async admit(network, operation) {
      const completed = await runInPlace(network, operation);
      return completed ? completed.result : new RateLimited(RETRY_AFTER);
    },

    async admitWithin(network, { count, refund }, operation) {
      if (!places.startCheck(network)) return new RateLimited(RETRY_AFTER);
      const counted = await count().finally(() => places.endCheck(network));
      if (counted instanceof RateLimited) return counted;
      const completed = await runInPlace(network, () => operation(counted));
      if (completed) return completed.result;
      await refund(counted);
      return new RateLimited(RETRY_AFTER);
    },

    async run(hash) {
      if (active >= running) await waitIn(queue);
      else active += 1;
      try {
        return await hash();
      } finally {
        // The turn passes directly to the next in the queue, so `active` does not change.
        const next = queue.shift();
        if (next) next();
        else active -= 1;
        const rest = waitIn(finished);
        afterHash();
        await rest;
      }
    },
  };
}
