import { monotonic } from '../../core/clock.ts';
import { RateLimited } from '../../core/problems.ts';
import type { HashQueue } from './hash-queue.ts';

/** What a hash queue reports. Times are in milliseconds. */
export interface HashQueueObserver {
  /** An operation or a hash had to wait this long for its turn. */
  waited(time: number): void;
  /** A hash took this long, without the wait. */
  hashed(time: number): void;
  /** An operation found no place. */
  refused(): void;
  /** Gets a function that tells how many wait and run now. */
  watch(load: () => HashQueueLoad): void;
}

export interface HashQueueLoad {
  /** Operations and hashes that wait for their turn. */
  waiting: number;
  /** Hashes. */
  running: number;
}

/** The same queue, which also reports. */
export function observeHashQueue(queue: HashQueue, observer: HashQueueObserver): HashQueue {
  const load: HashQueueLoad = { waiting: 0, running: 0 };
  observer.watch(() => load);

  /** Begins to wait. Returns a function to call when the wait is over: once, with whether it led to a turn. */
  function wait(): (gotTurn: boolean) => void {
    const since = monotonic();
    let isOver = false;
    load.waiting += 1;
    return (gotTurn) => {
      if (isOver) return;
      isOver = true;
      load.waiting -= 1;
      if (gotTurn) observer.waited(monotonic() - since);
    };
  }

  return {
    async admit(network, operation) {
      const end = wait();
      let started = false;
      const result = await queue
        .admit(network, () => {
          started = true;
          end(true);
          return operation();
        })
        .finally(() => end(false));
      if (!started && result instanceof RateLimited) observer.refused();
      return result;
    },

    async admitWithin(network, limits, operation) {
      let end = (_gotTurn: boolean) => {};
      /** Whether a refusal would be the queue's. One by the limits of the caller is not reported. */
      let mayBeRefused = true;
      const count = async () => {
        const counted = await limits.count();
        mayBeRefused = !(counted instanceof RateLimited);
        if (mayBeRefused) end = wait();
        return counted;
      };
      const result = await queue
        .admitWithin(network, { ...limits, count }, (counted) => {
          mayBeRefused = false;
          end(true);
          return operation(counted);
        })
        .finally(() => end(false));
      if (mayBeRefused && result instanceof RateLimited) observer.refused();
      return result;
    },

    run(hash) {
      const end = wait();
      return queue
        .run(async () => {
          end(true);
          load.running += 1;
          const since = monotonic();
          try {
            return await hash();
          } finally {
            load.running -= 1;
            observer.hashed(monotonic() - since);
          }
        })
        .finally(() => end(false));
    },
  };
}
