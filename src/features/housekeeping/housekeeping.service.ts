import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, monotonic } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';

/** Deletes at most `limit` expired rows, or brings them up to date. Returns how many. */
export type Prune = (limit: number) => Promise<number>;

/** Small, so that concurrent requests hardly wait. */
const BATCH = 25;
/**
 * After a full batch, pauses this many times as long as it took, so that a backlog uses at most a tenth of the time.
 */
const REST_FACTOR = 9;
/** Milliseconds between rounds. A random time of up to as long is added, so that replicas do not run in step. */
const ROUND_INTERVAL = 5 * MINUTE;

/** Deletes expired rows and updates outdated ones in small batches, as long as batches are full. */
export function startHousekeeping(
  sweeps: Record<string, Prune>,
  { log, random = Math.random }: { log: Log; random?: () => number },
) {
  let timer: NodeJS.Timeout;
  let round: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  /** @param time milliseconds; cut short when the service closes */
  const rest = (time: number) => sleep(time, undefined, { signal: closing.signal }).catch(() => {});

  async function sweep(name: string, prune: Prune): Promise<void> {
    let deleted = 0;
    for (let batch = BATCH; batch === BATCH && !closing.signal.aborted; deleted += batch) {
      const startedAt = monotonic();
      batch = await prune(BATCH);
      if (batch === BATCH) await rest(REST_FACTOR * (monotonic() - startedAt));
    }
    if (deleted > 0) log.debug({ sweep: name, rows: deleted }, 'rows were deleted or updated');
  }

  async function sweepAll(): Promise<void> {
    for (const [name, prune] of Object.entries(sweeps)) {
      if (closing.signal.aborted) return;
      await sweep(name, prune).catch((err: unknown) =>
        log.warn({ err, sweep: name }, 'rows were not deleted or updated'),
      );
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
