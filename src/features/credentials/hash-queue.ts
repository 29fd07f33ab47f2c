/** The queue is full; nothing was done. */
export const QUEUE_FULL = Symbol('queue full');

export type HashQueue = ReturnType<typeof createHashQueue>;

/**
 * Argon2 shares libuv's threads with DNS, files and WebCrypto, and a hash takes memory for as long as it runs. So few
 * run at once, few wait, and beyond that the answer is QUEUE_FULL at once.
 * @param running how many hashes run at the same time: the cores, and fewer than libuv has threads
 * @param waiting how many may wait
 */
export function createHashQueue({ running, waiting }: { running: number; waiting: number }) {
  const queue: (() => void)[] = [];
  let active = 0;

  return async <T>(hash: () => Promise<T>): Promise<T | typeof QUEUE_FULL> => {
    if (active >= running) {
      if (queue.length >= waiting) return QUEUE_FULL;
      await new Promise<void>((resolve) => queue.push(resolve));
    } else {
      active += 1;
    }
    try {
      return await hash();
    } finally {
      // The place goes straight to the next in line, so `active` does not change.
      const next = queue.shift();
      if (next) next();
      else active -= 1;
    }
  };
}
