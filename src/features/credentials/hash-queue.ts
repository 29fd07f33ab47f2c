import { RateLimited } from '../../core/problems.ts';

/** Seconds after which a full queue has certainly moved. */
const RETRY_AFTER = 1;

/** How many operations start or resume together, and how many hashes must be waiting before any operation is held back. */
const BATCH = 4;

/**
 * Limits how many Argon2 hashes run and how many operations wait for one. An operation takes a slot before its first
 * query, so that a flood does not hold database connections. docs/architecture.md explains the batches ("Hash queue").
 */
export interface HashQueue {
  /** Runs an operation that will hash. If no slot is free, it does not run and returns RateLimited at once. */
  admit<T>(operation: () => Promise<T>): Promise<T | RateLimited>;
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
  let freeSlots = running + waiting;
  let active = 0;
  /** Admitted operations that have not started, and operations whose hash is done: both wait for the next batch. */
  const newcomers: (() => void)[] = [];
  const done: (() => void)[] = [];

  const isBusy = () => queue.length >= BATCH;
  const waitIn = (line: (() => void)[]) => new Promise<void>((resolve) => line.push(resolve));
  const releaseBatch = (line: (() => void)[]) => {
    for (const resume of line.splice(0, BATCH)) resume();
  };

  /** Runs after each hash. While hashes wait there will be another one, so no operation is held back forever. */
  function afterHash(): void {
    if (isBusy() && done.length < BATCH) return;
    releaseBatch(done);
    releaseBatch(newcomers);
  }

  return {
    async admit(operation) {
      if (freeSlots === 0) return new RateLimited(RETRY_AFTER);
      freeSlots -= 1;
      try {
        if (isBusy()) await waitIn(newcomers);
        return await operation();
      } finally {
        freeSlots += 1;
        // No hash is running that would release newcomers: the last batch finished without hashing.
        if (active === 0) releaseBatch(newcomers);
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
