import type { ChildProcess } from 'node:child_process';
import cluster from 'node:cluster';
import type { Channel } from '../core/channel.ts';
import { openIpcChannel } from './ipc-channel.ts';
import { LEAVING, ORDER, type Order, STARTED, type Started } from './topics.ts';

/** A worker as the primary process sees it. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly channel: Channel;
  /** Resolves once it serves, or with the reason why it never will. */
  readonly started: Promise<Started>;
  /** Resolves when it has ended, or with null when it begins to end by itself. */
  readonly left: Promise<Ending | null>;
  readonly ended: Promise<Ending>;
  order(order: Order): void;
}

/** How a process has ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export function forkWorker(): WorkerProcess {
  const child = cluster.fork().process;
  closeConnectionInTransit(child);
  const channel = openIpcChannel(child);
  const ended = whenEnded(child);
  const receive = <Content>(topic: string) =>
    new Promise<Content>((resolve) => channel.listen<Content>(topic, resolve));
  return {
    pid: child.pid,
    channel,
    started: Promise.race([receive<Started>(STARTED), ended.then(toFailure)]),
    left: Promise.race([receive<null>(LEAVING), ended]),
    ended,
    order: (order) => channel.send(ORDER, order),
  };
}

/** If the system cannot start the process, there is an error event alone. */
const whenEnded = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });

/** For a worker that ended without a report: it was killed, or crashed while it loaded. */
const toFailure = ({ code, signal }: Ending): Started => ({
  failure: {
    exitCode: code || 1,
    text: `a worker process ended with ${signal ?? code ?? 'an error'} while it was starting`,
  },
});

/**
 * The primary process accepts connections and passes them to workers, one at a time. Node.js does not close a connection
 * that was on its way to a worker that died: the client would wait forever.
 */
function closeConnectionInTransit(child: ChildProcess): void {
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  let last: { close?(): void } | undefined;
  child.send = (...args: unknown[]) => {
    const handle = args[1] as typeof last; // What Node.js passes here is a handle.
    if (handle) last = handle;
    return send(...args);
  };
  child.once('exit', () => last?.close?.()); // Has no effect if it has arrived.
}
