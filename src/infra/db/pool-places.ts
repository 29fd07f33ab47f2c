import { Unavailable } from '../../core/errors.ts';

/** Limits how much work runs at once. */
export interface PoolPlaces {
  /** Waits for a free place, first come, first served. Throws Unavailable at the timeout. */
  take(): Promise<void> | undefined;
  /** Gives the place to the next in line. */
  free(): void;
}

interface Options {
  size: number;
  /** Milliseconds to wait for a place. */
  timeout: number;
}

export function createPoolPlaces({ size, timeout }: Options): PoolPlaces {
  const waiting = new Set<() => void>();
  let places = size;

  const wait = () =>
    new Promise<void>((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        waiting.delete(admit);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(admit);
        reject(new Unavailable('database', { cause: new Error(`no free connection within ${timeout} ms`) }));
      }, timeout);
      waiting.add(admit);
    });

  return {
    take() {
      if (places === 0) return wait();
      places -= 1;
      return undefined;
    },

    free() {
      const [next] = waiting;
      if (next) next();
      else places += 1;
    },
  };
}
