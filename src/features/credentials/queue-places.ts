import { createFairLine } from './fair-line.ts';

/** Places for operations, shared between networks. */
export interface QueuePlaces {
  /**
   * Undefined: the operation may start at once. Otherwise resolves when its turn comes, with true; or with false if there is
   * no place, or it had to give its place to another network.
   */
  take(network: string): Promise<boolean> | undefined;
  /** A started operation is done. */
  free(): void;
  /** Starts at most so many of those that wait. */
  start(most: number): void;
}

interface Options {
  places: number;
  /** How many operations may have started and not be done. */
  mostStarted: number;
  /** Whether even the first operation in line has to wait. */
  isBusy(): boolean;
}

export function createQueuePlaces({ places, mostStarted, isBusy }: Options): QueuePlaces {
  const line = createFairLine<(mayStart: boolean) => void>();
  let left = places;
  let started = 0;

  function takePlace(network: string): boolean {
    if (left > 0) {
      left -= 1;
      return true;
    }
    // A displaced operation passes its place on.
    const displaced = line.displaceFor(network);
    displaced?.(false);
    return displaced !== undefined;
  }

  return {
    take(network) {
      if (!takePlace(network)) return Promise.resolve(false);
      if (isBusy() || line.length > 0 || started >= mostStarted)
        return new Promise((resolve) => line.join(network, resolve));
      started += 1;
      return undefined;
    },

    free() {
      started -= 1;
      left += 1;
    },

    start(most) {
      const turns = Math.min(most, mostStarted - started, line.length);
      for (let turn = 0; turn < turns; turn++) {
        started += 1;
        line.next()?.(true);
      }
    },
  };
}
