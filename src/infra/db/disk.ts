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
  /** Attempts to write now. Returns whether there was no space. */
  check(): Promise<boolean>;
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

  async function check(): Promise<boolean> {
    probedAt = monotonic();
    try {
      await probe();
      set(false);
    } catch (error) {
      if (isDiskFull(error)) set(true);
      // Another error, such as a missing permission, says nothing about space. The next write will.
      else if (!isUnavailable(error)) set(false);
    }
    return full;
  }

  return {
    check,
    isFull: async () => (full && monotonic() - probedAt >= PROBE_INTERVAL ? check() : full),
    report(error) {
      if (isDiskFull(error)) set(true);
    },
    onChange(next) {
      listener = next;
    },
  };
}
