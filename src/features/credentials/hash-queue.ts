/** No place is free; nothing was done. */
export const QUEUE_FULL = Symbol('queue full');

/** Seconds after which a full queue has certainly moved. */
export const QUEUE_RETRY = 1;

/** Operations that begin or go on together; and how many must wait for a hash before any is kept for that. */
const LOT = 4;

export type HashQueue = ReturnType<typeof createHashQueue>;

/**
 * Argon2 shares libuv's threads with DNS, files and WebCrypto, and a hash takes memory for as long as it runs. So few
 * run at once and few wait. An operation takes its place before it does anything: a flood that queued only where it
 * hashes would by then have taken every database connection.
 *
 * A hash fills so much memory that nothing else is left in the processor's caches, and whatever comes after it takes
 * three times as long. So while many hashes wait, operations begin and go on in lots, one after the other: the first
 * warms the caches up for the rest. Under load that answers sooner; without load nobody is kept.
 * @param running how many hashes run at the same time: the cores, and fewer than libuv has threads
 * @param waiting how many more operations may be under way
 */
export function createHashQueue({ running, waiting }: { running: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let places = running + waiting;
  let active = 0;
  /** Operations that have not begun, and such whose hash is done: both wait for the next lot. */
  const newcomers: (() => void)[] = [];
  const done: (() => void)[] = [];

  const isBusy = () => queue.length >= LOT;
  const waitIn = (line: (() => void)[]) => new Promise<void>((resolve) => line.push(resolve));
  const release = (line: (() => void)[]) => {
    for (const goOn of line.splice(0, LOT)) goOn();
  };

  /** After each hash. While hashes wait there will be another, so nobody is kept for ever. */
  function afterHash(): void {
    if (isBusy() && done.length < LOT) return;
    release(done);
    release(newcomers);
  }

  return {
    /** Runs an operation that is going to hash, or says QUEUE_FULL at once. */
    async admit<T>(operation: () => Promise<T>): Promise<T | typeof QUEUE_FULL> {
      if (places === 0) return QUEUE_FULL;
      places -= 1;
      try {
        if (isBusy()) await waitIn(newcomers);
        return await operation();
      } finally {
        places += 1;
        // None of those who began last has come to a hash, after which others would begin.
        if (active === 0) release(newcomers);
      }
    },

    /** Runs a hash of an operation in its turn. */
    async run<T>(hash: () => Promise<T>): Promise<T> {
      if (active >= running) await waitIn(queue);
      else active += 1;
      try {
        return await hash();
      } finally {
        // The turn goes straight to the next in line, so `active` does not change.
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
