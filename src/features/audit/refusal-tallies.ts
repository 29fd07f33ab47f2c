import type { Keyring } from '../../core/secrets.ts';
import { type AuditEvent, type EventRow, toRow } from './audit.ts';
import { refusalId, windowStart } from './refusal-kind.ts';

/** Kinds of refusals kept in memory, a few MB. */
const MAX_KINDS = 10_000;

/** Refusals of one kind in one window. */
export interface Tally {
  /** The first one. */
  readonly event: AuditEvent;
  readonly row: EventRow;
  /** How many are not written yet. */
  pending: number;
  lastAt: Date;
  isWritten: boolean;
}

export interface Tallies {
  /** Counts one. Returns its tally, which is new if `pending` is 1 and `isWritten` is false. */
  add(event: AuditEvent, now: Date): Tally;
  /** What is not written yet. */
  pending(): Tally[];
  /** Forgets written ones of earlier windows. */
  discardOld(now: Date): void;
  forgetAddresses(userId: string): void;
}

/** Bounded: if there are too many kinds at once, further refusals are told apart only by type, outcome and method. */
export function createTallies(keyring: Keyring, maxKinds = MAX_KINDS): Tallies {
  const tallies = new Map<string, Tally>();

  function discard(isUnneeded: (tally: Tally) => boolean): void {
    for (const [id, tally] of tallies) if (isUnneeded(tally)) tallies.delete(id);
  }

  function find(event: AuditEvent, now: Date): Tally {
    const id = refusalId(keyring, event, now);
    const known = tallies.get(id);
    if (known) return known;
    if (tallies.size >= maxKinds) discard(({ pending }) => pending === 0);
    const { type, outcome, method, ...particulars } = event;
    if (tallies.size >= maxKinds && Object.keys(particulars).length > 0)
      return find({ type, outcome, method } as AuditEvent, now); // The type and outcome of one event.
    const tally = { event, row: toRow(event, id, now), pending: 0, lastAt: now, isWritten: false };
    tallies.set(id, tally);
    return tally;
  }

  return {
    add(event, now) {
      const tally = find(event, now);
      tally.pending += 1;
      tally.lastAt = now;
      return tally;
    },
    pending: () => [...tallies.values()].filter(({ pending }) => pending > 0),
    discardOld(now) {
      const start = windowStart(now);
      discard(({ pending, row }) => pending === 0 && row.at < start);
    },
    forgetAddresses(userId) {
      for (const { row } of tallies.values()) if (row.userId === userId) row.ipAddress = null;
    },
  };
}
