import { RateLimited } from '../../core/problems.ts';
import { BATCH, type HashScheduler } from './hash-scheduler.ts';

/** Seconds after which a full queue has certainly moved. */
const RETRY_AFTER = 1;

/**
 * Limits how many Argon2 hashes run and how many operations wait for one. An operation takes its place before its first
 * query, so that a flood does not hold database connections. Places and turns are shared between networks.
 * docs/architecture.md explains the batches ("Hash queue").
 */
export interface HashQueue {
  /**
   * Runs an operation that will hash. Returns RateLimited at once, without running it, if no place is free. If the
   * queue is full, the network with the most operations waiting gives its newest place to one with fewer.
   * @param network of the caller
   */
  admit<T>(network: string, operation: () => Promise<T>): Promise<T | RateLimited>;
  /**
   * Like `admit`, for a caller with limits. They are counted before the operation takes a place, so a refused one takes
   * none. If no place is free, they are not even counted: in a flood, that would cost more than the hashes.
   */
  admitWithin<Counted extends object, T>(
    network: string,
    limits: CallerLimits<Counted>,
    operation: (counted: Counted) => Promise<T>,
  ): Promise<T | RateLimited>;
  /** Runs a hash of an admitted operation when its turn comes. */
  run<T>(hash: () => Promise<T>): Promise<T>;
}

export interface CallerLimits<Counted extends object> {
  /** Counts one operation. */
  count(): Promise<Counted | RateLimited>;
  /** Undoes `count` for an operation that found no place. */
  refund(counted: Counted): Promise<unknown>;
}

export function createHashQueue(scheduler: HashScheduler): HashQueue {
  const resumption = createResumption();

  /** Undefined if no place is free. */
  async function runInPlace<T>(network: string, operation: () => Promise<T>): Promise<{ result: T } | undefined> {
    const turn = scheduler.enter(network);
    if (turn && !(await turn)) return undefined;
    try {
      return { result: await operation() };
    } finally {
      scheduler.leave();
    }
  }

  return {
    async admit(network, operation) {
      const completed = await runInPlace(network, operation);
      return completed ? completed.result : new RateLimited(RETRY_AFTER);
    },

    async admitWithin(network, { count, refund }, operation) {
      const mayCount = scheduler.startCheck(network);
      if (!(typeof mayCount === 'boolean' ? mayCount : await mayCount)) return new RateLimited(RETRY_AFTER);
      const counted = await count().finally(() => scheduler.endCheck(network));
      if (counted instanceof RateLimited) return counted;
      const completed = await runInPlace(network, () => operation(counted));
      if (completed) return completed.result;
      await refund(counted);
      return new RateLimited(RETRY_AFTER);
    },

    async run(hash) {
      const turn = scheduler.startHash();
      if (turn) await resumption.whileWaiting(turn);
      try {
        return await hash();
      } finally {
        scheduler.endHash();
        await resumption.join();
      }
    },
  };
}

/**
 * Holds operations of this process back after their hash while many of its hashes wait, and resumes them together. As long as
 * hashes wait, another one will end, so no operation is held back forever.
 */
function createResumption() {
  const finished: (() => void)[] = [];
  let waiting = 0;

  /** @param stillWaiting hashes that wait, without one whose turn comes now */
  function resume(stillWaiting: number): void {
    if (stillWaiting >= BATCH && finished.length < BATCH) return;
    for (const go of finished.splice(0)) go();
  }

  return {
    async whileWaiting(turn: Promise<void>): Promise<void> {
      waiting += 1;
      await turn;
      waiting -= 1;
      resume(waiting);
    },
    join: () =>
      new Promise<void>((go) => {
        finished.push(go);
        resume(waiting - 1);
      }),
  };
}
