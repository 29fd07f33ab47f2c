import { monotonic, SECOND } from '../../core/clock.ts';
import { isDiskFull, isUnavailable } from './outage.ts';

/** Milliseconds between two attempts to write to a full disk. */
const PROBE_INTERVAL = SECOND;

/** Whether the database has space for writes. */
export interface Disk {
  /**
   * True after a write has failed for lack of space, until an attempt to write succeeds. Attempts are made here, at most
   * one a second, and only in this state: a healthy database is not written to.
   */
  isFull(): Promise<boolean>;
  /** Sees every error of the database. */
  report(error: unknown): void;
  /** @param listener called when writes begin to fail for lack of space, and when there is space again */
  onChange(listener: (isFull: boolean) => void): void;
}

/** @param probe rejects if there is no space */
export function createDisk(probe: () => Promise<unknown>): Disk {
  let full = false;
  let probedAt = Number.NEGATIVE_INFINITY;
  let listener: (isFull: boolean) => void = () => {};

  function set(next: boolean): void {
    if (next === full) return;
    full = next;
    listener(next);
  }

  return {
    async isFull() {
      if (!full || monotonic() - probedAt < PROBE_INTERVAL) return full;
      probedAt = monotonic();
      try {
        await probe();
        set(false);
      } catch (error) {
        // Another error, such as a missing permission, says nothing about space. The next write will.
        if (!isDiskFull(error) && !isUnavailable(error)) set(false);
      }
      return full;
    },
    report(error) {
      if (isDiskFull(error)) set(true);
    },
    onChange(next) {
      listener = next;
    },
  };
}
