/** No place is free; nothing was done. */
export const QUEUE_FULL = Symbol('queue full');

/** Seconds after which a full queue has certainly moved. */
export const QUEUE_RETRY = 1;

export type HashQueue = ReturnType<typeof createHashQueue>;

/**
 * Argon2 shares libuv's threads with DNS, files and WebCrypto, and a hash takes memory for as long as it runs. So few
 * run at once and few wait. An operation takes its place before it does anything: a flood that queued only where it
 * hashes would by then have taken every database connection.
 * @param running how many hashes run at the same time: the cores, and fewer than libuv has threads
 * @param waiting how many more operations may be under way
 */
export function createHashQueue({ running, waiting }: { running: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let places = running + waiting;
  let active = 0;

  return {
    /** Runs an operation that is going to hash, or says QUEUE_FULL at once. */
    async admit<T>(operation: () => Promise<T>): Promise<T | typeof QUEUE_FULL> {
      if (places === 0) return QUEUE_FULL;
      places -= 1;
      try {
        return await operation();
      } finally {
        places += 1;
      }
    },

    /** Runs a hash of an operation in its turn. */
    async run<T>(hash: () => Promise<T>): Promise<T> {
      if (active >= running) await new Promise<void>((resolve) => queue.push(resolve));
      else active += 1;
      try {
        return await hash();
      } finally {
        // The turn goes straight to the next in line, so `active` does not change.
        const next = queue.shift();
        if (next) next();
        else active -= 1;
      }
    },
  };
}
