import { Unavailable } from '../../core/errors.ts';

/** Limits how much work runs at once. */
export interface PoolSlots {
  /** Waits for a free slot, first come, first served. Throws Unavailable at the timeout. */
  acquire(): Promise<void> | undefined;
  /** Gives the slot to the next caller in line. */
  release(): void;
  readonly waiting: number;
  /** How many callers got no slot in time so far. */
  readonly refused: number;
}

interface Options {
  size: number;
  /** Milliseconds to wait for a slot. */
  timeout: number;
}

export function createPoolSlots({ size, timeout }: Options): PoolSlots {
  const waiting = new Set<() => void>();
  let freeSlots = size;
  let refused = 0;

  const wait = () =>
    new Promise<void>((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        waiting.delete(admit);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(admit);
        refused += 1;
        reject(new Unavailable('database', { cause: new Error(`no free connection within ${timeout} ms`) }));
      }, timeout);
      waiting.add(admit);
    });

  return {
    acquire() {
      if (freeSlots === 0) return wait();
      freeSlots -= 1;
      return undefined;
    },

    release() {
      const [next] = waiting;
      if (next) next();
      else freeSlots += 1;
    },

    get waiting() {
      return waiting.size;
    },

    get refused() {
      return refused;
    },
  };
}
