import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, monotonic } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';

/** Deletes at most `limit` expired rows, or brings them up to date. Returns how many. */
export type Prune = (limit: number) => Promise<number>;

/** What a sweep did. */
export interface SweepReport {
  sweep: string;
  /** Deleted or updated, also if it failed later. */
  rows: number;
  /** Milliseconds, with the pauses. */
  time: number;
  failed: boolean;
}

interface Options {
  log: Log;
  onSweep?: ((report: SweepReport) => void) | undefined;
  random?: () => number;
}

/** Small, so that concurrent requests hardly wait. */
const BATCH = 25;
/**
 * After a full batch, pauses this many times as long as it took, so that a backlog uses at most a tenth of the time.
 */
const REST_FACTOR = 9;
/** Milliseconds between rounds. A random time of up to as long is added, so that replicas do not run in step. */
const ROUND_INTERVAL = 5 * MINUTE;

/** Deletes expired rows and updates outdated ones in small batches, as long as batches are full. */
export function startHousekeeping(sweeps: Record<string, Prune>, { log, onSweep, random = Math.random }: Options) {
  let timer: NodeJS.Timeout;
  let round: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  /** @param time milliseconds; cut short when the service closes */
  const rest = (time: number) => sleep(time, undefined, { signal: closing.signal }).catch(() => {});

  async function* pruneInBatches(prune: Prune): AsyncGenerator<number> {
    for (let batch = BATCH; batch === BATCH && !closing.signal.aborted; ) {
      const startedAt = monotonic();
      batch = await prune(BATCH);
      yield batch;
      if (batch === BATCH) await rest(REST_FACTOR * (monotonic() - startedAt));
    }
  }

  async function sweep(name: string, prune: Prune): Promise<void> {
    const startedAt = monotonic();
    let rows = 0;
    let failed = false;
    try {
      for await (const batch of pruneInBatches(prune)) rows += batch;
      if (rows > 0) log.debug({ sweep: name, rows }, 'rows were deleted or updated');
    } catch (err) {
      failed = true;
      log.warn({ err, sweep: name }, 'rows were not deleted or updated');
    }
    onSweep?.({ sweep: name, rows, time: monotonic() - startedAt, failed });
  }

  async function sweepAll(): Promise<void> {
    for (const [name, prune] of Object.entries(sweeps)) {
      if (closing.signal.aborted) return;
      await sweep(name, prune);
    }
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        round = sweepAll().then(schedule);
      },
      ROUND_INTERVAL * (1 + random()),
    );
    timer.unref();
  }

  schedule();
  return {
    /** Runs one round now. */
    run: sweepAll,
    async close(): Promise<void> {
      closing.abort();
      clearTimeout(timer);
      await round;
      clearTimeout(timer);
    },
  };
}
