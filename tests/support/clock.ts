import type { Clock } from '../../src/core/clock.ts';

export interface TestClock extends Clock {
  /** Milliseconds; negative goes back. */
  advance(milliseconds: number): void;
}

/** Runs like the real one, and is put forward by hand. */
export function testClock(): TestClock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}
