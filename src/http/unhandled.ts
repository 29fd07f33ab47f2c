import type { Log } from '../core/log.ts';

/** What of `process` is needed; tests bring their own. */
interface Process {
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (error: unknown) => void): unknown;
}

/**
 * What happens to an error that nobody caught.
 *
 * A rejected promise that nobody waited for is logged and the process goes on: the request it belonged to has failed by
 * itself, its transaction is rolled back, and a process that ends at every such bug can be ended by any stranger who
 * finds one. An exception outside every promise may have left anything half done: it is logged, and `end` is called
 * once, which drains and exits with 1 for the supervisor to start anew.
 */
export function handleTheUnhandled(host: Process, { log, end }: { log: Log; end(): void }): void {
  let ended = false;
  host.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection was handled by nobody'));
  host.on('uncaughtException', (error) => {
    log.error({ err: error }, 'an exception was caught by nobody');
    if (ended) return;
    ended = true;
    end();
  });
}
