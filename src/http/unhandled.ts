import type { Log } from '../core/log.ts';

/** The part of `process` that is used, so that tests can replace it. */
interface Process {
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (error: unknown) => void): unknown;
}

/**
 * An unhandled rejection is only logged: its transaction was rolled back, and an attacker who finds such a bug must not be
 * able to end the process. An uncaught exception may leave invalid state, so `end` is called once.
 */
export function handleUnhandledErrors(host: Process, { log, end }: { log: Log; end(): void }): void {
  let ended = false;
  host.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  host.on('uncaughtException', (error) => {
    log.error({ err: error }, 'uncaught exception');
    if (ended) return;
    ended = true;
    end();
  });
}
