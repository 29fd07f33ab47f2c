import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';

/** Milliseconds between attempts. */
const PAUSES = [0.5, 1, 2, 4, 8].map((seconds) => seconds * SECOND);

/** Retries for about 15 seconds while the database does not respond. */
export async function retryDuringOutage<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(pause, undefined, signal && { signal });
    }
  }
  return work();
}

/** Whether the database did not respond, rather than rejecting the statement. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && isOutage(error.cause));
