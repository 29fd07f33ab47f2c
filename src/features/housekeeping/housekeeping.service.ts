import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, monotonic } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';

/** Deletes at most so many expired rows and says how many there were. */
export type Prune = (limit: number) => Promise<number>;

/** So few that a request which comes meanwhile hardly waits. */
const BATCH = 25;
/** After a full batch it rests so many times as long as that took, so that a backlog costs the others a tenth at most. */
const REST = 9;
/** Between rounds, with up to as much again at random, so that replicas do not sweep in step. */
const PAUSE = 5 * MINUTE;

/** Sweeps out expired rows: small batches, for as long as there are full ones. */
export function startHousekeeping(
  sweeps: Record<string, Prune>,
  { log, random = Math.random }: { log: Log; random?: () => number },
) {
  let timer: NodeJS.Timeout;
  let round: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  /** @param time milliseconds; shorter when the service closes */
  const rest = (time: number) => sleep(time, undefined, { signal: closing.signal }).catch(() => {});

  async function sweep(name: string, prune: Prune): Promise<void> {
    let gone = 0;
    for (let batch = BATCH; batch === BATCH && !closing.signal.aborted; gone += batch) {
      const began = monotonic();
      batch = await prune(BATCH);
      if (batch === BATCH) await rest(REST * (monotonic() - began));
    }
    if (gone > 0) log.debug({ sweep: name, rows: gone }, 'expired rows deleted');
  }

  async function all(): Promise<void> {
    for (const [name, prune] of Object.entries(sweeps)) {
      if (closing.signal.aborted) return;
      await sweep(name, prune).catch((err: unknown) => log.warn({ err, sweep: name }, 'expired rows were not deleted'));
    }
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        round = all().then(schedule);
      },
      PAUSE * (1 + random()),
    );
    timer.unref();
  }

  schedule();
  return {
    /** One round now. */
    run: all,
    async close(): Promise<void> {
      closing.abort();
      clearTimeout(timer);
      await round;
      clearTimeout(timer);
    },
  };
}
