import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';

export interface TestClock extends Clock {
  /** @param milliseconds negative for backwards */
  advance(milliseconds: number): void;
  /** Until the end of the test it moves by `advance` only. For tests that reach the last second of a period. */
  hold(): void;
}

/** A clock that tests can advance; it starts at the system's time. */
export function testClock(): TestClock {
  let offset = 0;
  let held: number | undefined;
  return {
    now: () => new Date((held ?? Date.now()) + offset),
    advance(milliseconds) {
      offset += milliseconds;
    },
    hold() {
      held = Date.now();
      onTestFinished(() => {
        held = undefined;
      });
    },
  };
}
