import { monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { OutboxMessage } from './outbox.ts';

export interface OutboxWorker {
  start(): void;
  /** Polls now if the worker has been started. Call it after the commit that wrote a message. */
  wake(): void;
  /** Stops leasing messages and waits for those in flight, at most `timeout` milliseconds. */
  close(timeout?: number): Promise<void>;
}

interface Options {
  lease(limit: number): Promise<OutboxMessage[]>;
  /** Sends one message and records its delivery outcome. */
  deliver(message: OutboxMessage): Promise<void>;
  log: Log;
  /** Maximum number of messages in flight. */
  concurrency: number;
  /** Milliseconds. */
  pollInterval: number;
}

/** Milliseconds; slightly longer than a mailer may take. */
const CLOSE_TIMEOUT = 11 * SECOND;

/** Leases only as many messages as it can send at once. Otherwise some would wait while another replica could send them. */
export function createOutboxWorker({ lease, deliver, log, concurrency, pollInterval }: Options): OutboxWorker {
  const inFlight = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  /** True from `start` to `close`. Commands do not start the worker, so they send nothing. */
  let isOpen = false;
  let isHealthy = true;
  /** One poll runs at a time; `pollAgain` is set if another was requested meanwhile. */
  let polling: Promise<void> | undefined;
  let pollAgain = false;
  /** Whether more messages may be due than could be leased. */
  let mayHaveMore = false;

  async function poll(): Promise<void> {
    do {
      pollAgain = false;
      const free = concurrency - inFlight.size;
      mayHaveMore = free === 0;
      if (!isOpen || free === 0) return;
      const messages = await lease(free);
      mayHaveMore = messages.length === free;
      for (const message of messages) send(message);
    } while (pollAgain);
  }

  function send(message: OutboxMessage): void {
    const delivery = attempt(
      'a delivery outcome could not be recorded; an email is sent again when its lease ends',
      () => deliver(message),
    );
    inFlight.add(delivery);
    void delivery.then(() => {
      inFlight.delete(delivery);
      if (mayHaveMore) wake();
    });
  }

  /** Logs the first of several failures, and the next success. */
  async function attempt(failureText: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (!isHealthy) log.info({}, 'the outbox works again');
      isHealthy = true;
    } catch (error) {
      if (isHealthy) log.error({ reason: errorNames(error) }, failureText);
      isHealthy = false;
    }
  }

  function wake(): void {
    if (!isOpen) return;
    if (polling) {
      pollAgain = true;
      return;
    }
    polling = attempt('the outbox cannot be read', poll).finally(() => {
      polling = undefined;
      if (pollAgain) wake();
    });
  }

  return {
    start() {
      isOpen = true;
      timer ??= setInterval(wake, pollInterval);
      wake();
    },
    wake,
    async close(timeout = CLOSE_TIMEOUT) {
      isOpen = false;
      clearInterval(timer);
      const deadline = monotonic() + timeout;
      await within(deadline, polling);
      await within(deadline, Promise.all(inFlight));
    },
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
