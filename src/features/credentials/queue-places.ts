import { createFairQueue } from './fair-queue.ts';

/** Places for operations, shared between networks. */
export interface QueuePlaces {
  /**
   * Whether an operation would get a place now, so that checking its limits is worthwhile. If true, call `endCheck` after
   * the check. At most as many checks run at a time as there are places, and one network may use at most half of what
   * the others leave.
   */
  startCheck(network: string): boolean;
  endCheck(network: string): void;
  /**
   * Undefined if the operation may start at once. Otherwise resolves with true when its turn comes, or with false if there
   * is no place or another network gets its place.
   */
  take(network: string): Promise<boolean> | undefined;
  /** Returns the place of a finished operation. */
  release(): void;
  /** Starts at most `limit` waiting operations. */
  start(limit: number): void;
}

interface Options {
  places: number;
  /** How many operations may be in progress. */
  maxStarted: number;
  /** Whether a new operation has to wait even if none is ahead of it. */
  isBusy(): boolean;
}

export function createQueuePlaces({ places, maxStarted, isBusy }: Options): QueuePlaces {
  const queue = createFairQueue<(mayStart: boolean) => void>();
  const checks = new Map<string, number>();
  let allChecks = 0;
  let free = places;
  let started = 0;

  function countCheck(network: string, by: 1 | -1): void {
    const count = (checks.get(network) ?? 0) + by;
    if (count === 0) checks.delete(network);
    else checks.set(network, count);
    allChecks += by;
  }

  function takePlace(network: string): boolean {
    if (free > 0) {
      free -= 1;
      return true;
    }
    // A displaced operation passes its place to this one.
    const displaced = queue.displaceFor(network);
    displaced?.(false);
    return displaced !== undefined;
  }

  return {
    startCheck(network) {
      // Half of what is left, so that networks that flood the service leave room for others.
      const hasRoom = (checks.get(network) ?? 0) < places - allChecks;
      if (!hasRoom || (free === 0 && !queue.yieldsTo(network))) return false;
      countCheck(network, 1);
      return true;
    },

    endCheck: (network) => countCheck(network, -1),

    take(network) {
      if (!takePlace(network)) return Promise.resolve(false);
      if (isBusy() || queue.length > 0 || started >= maxStarted)
        return new Promise((resolve) => queue.join(network, resolve));
      started += 1;
      return undefined;
    },

    release() {
      started -= 1;
      free += 1;
    },

    start(limit) {
      const turns = Math.min(limit, maxStarted - started, queue.length);
      for (let turn = 0; turn < turns; turn++) {
        started += 1;
        queue.next()?.(true);
      }
    },
  };
}
