import { monotonic, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { OutboxMessage } from './outbox.ts';

export interface OutboxWorker {
  /** Begins to poll. */
  start(): void;
  /** Looks for letters now and not at the next poll. Called after the commit that wrote one. */
  wake(): void;
  /** Takes no more letters and waits for those on their way, at most `patience` milliseconds. */
  close(patience?: number): Promise<void>;
}

interface Options {
  lease(limit: number): Promise<OutboxMessage[]>;
  /** Sends one letter and records what became of it. */
  deliver(message: OutboxMessage): Promise<void>;
  log: Log;
  /** Letters on their way at once. */
  places: number;
  /** Milliseconds. */
  pollInterval: number;
}

/** Milliseconds; a little more than a mailer takes to answer. */
const PATIENCE = 11 * SECOND;

/** Keeps as many letters on their way as there are places, and never holds one that has no place yet. */
export function createOutboxWorker({ lease, deliver, log, places, pollInterval }: Options): OutboxWorker {
  const onTheirWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let open = true;
  let healthy = true;
  /** The one look for letters that runs; a second one waits behind it as `again`. */
  let looking: Promise<void> | undefined;
  let again = false;
  /** More letters may be due than there were places. */
  let more = false;

  async function look(): Promise<void> {
    do {
      again = false;
      const free = places - onTheirWay.size;
      more = free === 0;
      if (!open || free === 0) return;
      const messages = await lease(free);
      more = messages.length === free;
      for (const message of messages) carry(message);
    } while (again);
  }

  function carry(message: OutboxMessage): void {
    const way = attempt('what became of a letter could not be recorded; mail is sent again when its lease ends', () =>
      deliver(message),
    );
    onTheirWay.add(way);
    void way.then(() => {
      onTheirWay.delete(way);
      if (more) wake();
    });
  }

  /** Says once that something fails, and once that it works again. */
  async function attempt(complaint: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (!healthy) log.info({}, 'the outbox works again');
      healthy = true;
    } catch (error) {
      if (healthy) log.error({ reason: parseReason(error) }, complaint);
      healthy = false;
    }
  }

  function wake(): void {
    if (!open) return;
    if (looking) {
      again = true;
      return;
    }
    looking = attempt('the outbox cannot be read', look).finally(() => {
      looking = undefined;
      if (again) wake();
    });
  }

  return {
    start() {
      timer ??= setInterval(wake, pollInterval);
      wake();
    },
    wake,
    async close(patience = PATIENCE) {
      open = false;
      clearInterval(timer);
      const deadline = monotonic() + patience;
      await within(deadline, looking);
      await within(deadline, Promise.all(onTheirWay));
    },
  };
}

/** What may be logged: a database error's own text and parameters hold what letters hold. */
function parseReason(error: unknown): string {
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
