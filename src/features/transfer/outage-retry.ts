import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';

/** Milliseconds between attempts while the database does not answer. */
const PATIENCE = [0.5, 1, 2, 4, 8].map((seconds) => seconds * SECOND);

/** Does it again while the database does not answer, for a quarter of a minute. */
export async function retryDuringOutage<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const pause of PATIENCE) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(pause, undefined, signal && { signal });
    }
  }
  return work();
}

/** The database did not answer, which says nothing about what it was asked. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && isOutage(error.cause));
