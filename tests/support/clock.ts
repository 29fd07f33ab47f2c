import type { Clock } from '../../src/core/clock.ts';

export interface TestClock extends Clock {
  /** @param milliseconds negative for backwards */
  advance(milliseconds: number): void;
}

/** A clock that tests can advance; it starts at the system's time. */
export function testClock(): TestClock {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    advance(milliseconds) {
      offset += milliseconds;
    },
  };
}
