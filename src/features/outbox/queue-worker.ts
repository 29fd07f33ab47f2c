import { AsyncResource } from 'node:async_hooks';
import { monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';

/** Takes rows from a queue in the database and delivers them. */
export interface QueueWorker {
  start(): void;
  /** Polls now, here or in the process that has started the worker. Call it after the commit that wrote a row. */
  wake(): void;
  /** Stops leasing rows and waits for those in flight, at most `timeout` milliseconds. */
  close(timeout?: number): Promise<void>;
}

/** The other processes of this server, one of which has started the workers. */
export interface QueuePeers {
  wake(queue: string): void;
  /** Calls back when another process wakes the queue. */
  onWake(queue: string, wake: () => void): void;
}

interface Options<Row> {
  /** Its name, in log lines and for peers. */
  queue: string;
  /** Up to `limit` due rows, which no other worker has. */
  lease(limit: number): Promise<Row[]>;
  /** Delivers one row and records the outcome. */
  deliver(row: Row): Promise<void>;
  log: Log;
  /** Maximum number of rows in flight. */
  concurrency: number;
  /** Milliseconds. */
  pollInterval: number;
  /** Undefined: this process is the only one. */
  peers: QueuePeers | undefined;
}

/** Milliseconds; slightly longer than a mailer may take. */
const CLOSE_TIMEOUT = 11 * SECOND;

/** Leases only as many rows as it can deliver at once. Otherwise some would wait while another replica could deliver them. */
export function createQueueWorker<Row>(options: Options<Row>): QueueWorker {
  const { queue, lease, deliver, log, concurrency, pollInterval, peers } = options;
  const attempt = createAttempt({ queue, log });
  const inFlight = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** True from `start` to `close`. Commands do not start the worker, so they send nothing. */
  let isOpen = false;
  /** One poll runs at a time; `pollAgain` is set if another was requested meanwhile. */
  let polling: Promise<void> | undefined;
  let pollAgain = false;
  /** Whether more rows may be due than could be leased. */
  let mayHaveMore = false;

  async function poll(): Promise<void> {
    do {
      pollAgain = false;
      const free = concurrency - inFlight.size;
      mayHaveMore = free === 0;
      if (!isOpen || free === 0) return;
      const rows = await lease(free);
      mayHaveMore = rows.length === free;
      for (const row of rows) start(row);
    } while (pollAgain);
  }

  function start(row: Row): void {
    const delivery = attempt(
      'a delivery outcome could not be recorded; unless it is a text message, it is sent again',
      () => deliver(row),
    );
    inFlight.add(delivery);
    void delivery.then(() => {
      inFlight.delete(delivery);
      if (mayHaveMore) pollSoon();
    });
  }

  // In a context of its own: what a request wakes is not part of its trace.
  const pollSoon = AsyncResource.bind((): void => {
    if (!isOpen) return;
    if (polling) {
      pollAgain = true;
      return;
    }
    polling = attempt('the queue cannot be read', poll).finally(() => {
      polling = undefined;
      if (pollAgain) pollSoon();
    });
  });

  peers?.onWake(queue, pollSoon);

  return {
    start() {
      isOpen = true;
      timer ??= setInterval(pollSoon, pollInterval);
      pollSoon();
    },
    wake() {
      if (isOpen) pollSoon();
      else peers?.wake(queue);
    },
    async close(timeout = CLOSE_TIMEOUT) {
      isOpen = false;
      clearInterval(timer);
      const deadline = monotonic() + timeout;
      await within(deadline, polling);
      await within(deadline, Promise.all(inFlight));
    },
  };
}

/** Does work that may fail. Logs the first of several failures, and the next success. */
function createAttempt({ queue, log }: { queue: string; log: Log }) {
  let isHealthy = true;
  return async (failureText: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      if (!isHealthy) log.info({ queue }, 'the queue works again');
      isHealthy = true;
    } catch (error) {
      if (isHealthy) log.error({ queue, reason: errorNames(error) }, failureText);
      isHealthy = false;
    }
  };
}

/** Names and codes only: a database error's text and parameters may contain the message. */
function errorNames(error: unknown): string {
  const names: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    names.push('code' in cause ? `${cause.name} ${cause.code}` : cause.name);
  }
  return names.join(', caused by ');
}

async function within(deadline: number, work: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, deadline - monotonic()));
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
