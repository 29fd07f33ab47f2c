import { type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { addToCounts } from './audit.repo.ts';
import type { AuditEvent, EventRow } from './audit.ts';
import { logEvent } from './audit-line.ts';
import { createTallies, type Tally } from './refusal-tallies.ts';

/** Milliseconds until the first refusal of a kind in a window is written. */
const WRITE_FIRST_AFTER = 250;
/** Milliseconds until further ones are added to its row. */
const WRITE_FURTHER_AFTER = 5 * SECOND;
/** Rows of one statement. */
const BATCH = 500;

/**
 * Counts refusals of one kind in one row per window: docs/decisions/0015. No request waits for the row, so response
 * times do not reveal whether a kind, such as a wrong password for this account, is new.
 */
export interface RefusalCounts {
  /** Writes the log line of the first of its kind. */
  count(event: AuditEvent): void;
  /** Forgets the network addresses of a deleted user's refusals that are not written yet. */
  forgetAddresses(userId: string): void;
  /** Writes what has been counted. Does not throw: what cannot be written is lost, with a warning in the log. */
  close(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  log: Log;
  keyring: Keyring;
}

export function createRefusalCounts({ db, clock, log, keyring }: Dependencies): RefusalCounts {
  const tallies = createTallies(keyring);
  let firstTimer: NodeJS.Timeout | undefined;
  let furtherTimer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let isFailing = false;

  /** One after the other, so that no count is written twice. */
  function writeAll(isDue: (tally: Tally) => boolean): Promise<void> {
    writing = writing.then(async () => {
      const due = tallies.pending().filter(isDue);
      for (let start = 0; start < due.length; start += BATCH) await write(due.slice(start, start + BATCH));
    });
    return writing;
  }

  async function write(due: readonly Tally[]): Promise<void> {
    const written = due.map((tally) => ({ tally, count: tally.pending }));
    try {
      await addToCounts(db, due.map(toCountedRow));
    } catch (err) {
      if (!isFailing) log.warn({ err, kinds: due.length }, 'refusals could not be recorded yet');
      isFailing = true;
      return;
    }
    isFailing = false;
    for (const { tally, count } of written) {
      const further = tally.isWritten ? count : count - 1; // The first already has its line.
      tally.pending -= count;
      tally.isWritten = true;
      if (further > 0) logEvent(log, tally.event, further);
    }
  }

  function schedule(): void {
    furtherTimer ??= setTimeout(async () => {
      furtherTimer = undefined;
      await writeAll(() => true);
      tallies.discardOld(clock.now());
      if (tallies.pending().length > 0) schedule();
    }, WRITE_FURTHER_AFTER).unref();
  }

  function scheduleFirst(): void {
    firstTimer ??= setTimeout(() => {
      firstTimer = undefined;
      void writeAll(({ isWritten }) => !isWritten);
    }, WRITE_FIRST_AFTER).unref();
  }

  return {
    count(event) {
      const tally = tallies.add(event, clock.now());
      schedule();
      if (tally.isWritten) return;
      scheduleFirst();
      if (tally.pending === 1) logEvent(log, event);
    },
    forgetAddresses: tallies.forgetAddresses,
    async close() {
      clearTimeout(firstTimer);
      clearTimeout(furtherTimer);
      await writeAll(() => true);
    },
  };
}

const toCountedRow = ({ row, pending, lastAt, isWritten }: Tally): EventRow => ({
  ...row,
  count: pending,
  lastAt: isWritten || pending > 1 ? lastAt : null,
});
