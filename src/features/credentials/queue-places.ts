import { createFairLine } from './fair-line.ts';

/** Places for operations, shared between networks. */
export interface QueuePlaces {
  /**
   * Whether an operation would find a place now, so that its limits are worth checking. If so, call `checked` when they
   * are: until then it counts as arriving. As many may arrive at a time as there are places, and one network may take up at
   * most half of the room that the others leave.
   */
  arrive(network: string): boolean;
  checked(network: string): void;
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
  const arriving = new Map<string, number>();
  let allArriving = 0;
  let left = places;
  let started = 0;

  function countArrival(network: string, by: 1 | -1): void {
    const count = (arriving.get(network) ?? 0) + by;
    if (count === 0) arriving.delete(network);
    else arriving.set(network, count);
    allArriving += by;
  }

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
    arrive(network) {
      // Half of what is left, so that networks that flood the service leave room for others.
      const hasRoom = (arriving.get(network) ?? 0) < places - allArriving;
      if (!hasRoom || (left === 0 && !line.yieldsTo(network))) return false;
      countArrival(network, 1);
      return true;
    },

    checked: (network) => countArrival(network, -1),

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
