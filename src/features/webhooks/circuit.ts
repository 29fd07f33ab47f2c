import { MINUTE, monotonic, SECOND } from '../../core/clock.ts';

/** An attempt that has begun. */
export interface Attempt {
  succeeded(): void;
  /** @param retryAfter milliseconds, if the receiver named a time */
  failed(retryAfter?: number): void;
}

/**
 * How many deliveries may be on their way to a receiver at once. It begins with one and doubles with each success. After
 * failures, a single one probes whether the receiver works again, at intervals that grow. The others wait.
 */
export interface Circuit {
  /** 0 while it is paused. */
  width(): number;
  begin(): Attempt;
  /** Whether the receiver has failed several times in a row. */
  isOpen(): boolean;
}

/** Failures in a row after which it is paused. One row may be at fault, and not the receiver. */
const TOLERATED = 3;
const FIRST_PAUSE = 5 * SECOND;
const LONGEST_PAUSE = 5 * MINUTE;

interface Options {
  /** The most deliveries at once. */
  most: number;
  /** 0 to 1; spreads the probes of several replicas. */
  random?: () => number;
  /** Milliseconds. */
  now?: () => number;
}

export function createCircuit({ most, random = Math.random, now = monotonic }: Options): Circuit {
  let width = 1;
  let failures = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  function fail(beganAt: number, retryAfter: number): void {
    width = 1;
    pausedUntil = Math.max(pausedUntil, now() + retryAfter);
    if (beganAt < failedAt) return; // Attempts that were under way together count once.
    failures += 1;
    failedAt = now();
    if (failures < TOLERATED) return;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - TOLERATED));
    pausedUntil = Math.max(pausedUntil, now() + pause * (0.8 + 0.4 * random()));
  }

  return {
    width: () => (now() < pausedUntil ? 0 : width),
    begin() {
      const beganAt = now();
      return {
        succeeded() {
          failures = 0;
          pausedUntil = Number.NEGATIVE_INFINITY;
          width = Math.min(most, width * 2);
        },
        failed: (retryAfter = 0) => fail(beganAt, retryAfter),
      };
    },
    isOpen: () => failures >= TOLERATED,
  };
}
