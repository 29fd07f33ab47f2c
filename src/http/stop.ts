import type { Log } from '../core/log.ts';
import { handleUnhandledErrors } from './unhandled.ts';

const STOPPING = ['SIGTERM', 'SIGINT'] as const;

/** Resolves with the exit code at the first signal or unhandled error. A second signal ends the process at once. */
export function waitForStop(log: Log): Promise<number> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      for (const other of STOPPING) process.off(other, stop);
      log.info({ signal }, 'stopping');
      resolve(0);
    };
    for (const signal of STOPPING) process.on(signal, stop);
    handleUnhandledErrors(process, { log, end: () => resolve(1) });
  });
}
