import type { Channel } from '../core/channel.ts';
import type { QueuePeers } from '../features/outbox/queue-worker.ts';
import { WAKE } from './topics.ts';

/** The primary process passes the names of queues on to the worker that does the background work. */
export function createQueuePeers(channel: Channel): QueuePeers {
  const queues = new Map<string, () => void>();
  channel.listen<string>(WAKE, (queue) => queues.get(queue)?.());
  return {
    wake: (queue) => channel.send(WAKE, queue),
    onWake: (queue, wake) => void queues.set(queue, wake),
  };
}
