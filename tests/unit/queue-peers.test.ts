import { expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { createQueueWorker } from '../../src/features/outbox/queue-worker.ts';
import { createBackgroundRole } from '../../src/workers/background-role.ts';
import { createQueuePeers } from '../../src/workers/queue-peers.ts';
import type { Order } from '../../src/workers/topics.ts';
import type { WorkerProcess } from '../../src/workers/worker-process.ts';
import { connectChannels } from '../support/channels.ts';
import { settle } from '../support/hash-work.ts';

/** A queue that would poll by itself only after an hour. */
function openQueue(name: string) {
  const [atPrimary, atWorker] = connectChannels();
  let polls = 0;
  const queue = createQueueWorker<never>({
    queue: name,
    lease: async () => {
      polls += 1;
      return [];
    },
    deliver: async () => {},
    log: silent,
    concurrency: 1,
    pollInterval: 3_600_000,
    peers: createQueuePeers(atWorker),
  });
  const orders: Order[] = [];
  const process: WorkerProcess = {
    pid: undefined,
    channel: atPrimary,
    started: Promise.resolve({ server: {} }),
    left: new Promise(() => {}),
    ended: new Promise(() => {}),
    order(order) {
      orders.push(order);
      if (order === 'work') queue.start();
    },
  };
  return { queue, process, orders, polls: () => polls };
}

test('one of several workers does the background work, and the others wake it at once', async () => {
  const role = createBackgroundRole();
  const [one, other] = [openQueue('outbox EMAIL'), openQueue('outbox EMAIL')];
  role.join(one.process);
  role.join(other.process);
  await settle();
  expect([one.orders, other.orders]).toEqual([['work'], []]);
  expect([one.polls(), other.polls()]).toEqual([1, 0]);

  other.queue.wake();
  await settle();
  expect([one.polls(), other.polls()]).toEqual([2, 0]);
  one.queue.wake();
  await settle();
  expect([one.polls(), other.polls()]).toEqual([3, 0]);
  await one.queue.close();
});

test('when that worker leaves, another one takes over, but not while all stop', async () => {
  const role = createBackgroundRole();
  const [one, other, third] = [openQueue('webhooks'), openQueue('webhooks'), openQueue('webhooks')];
  for (const { process } of [one, other, third]) role.join(process);
  role.leave(one.process);
  expect([one.orders, other.orders, third.orders]).toEqual([['work'], ['work'], []]);
  await one.queue.close();
  one.queue.wake();
  await settle();
  expect([one.polls(), other.polls(), third.polls()]).toEqual([1, 2, 0]);

  expect(role.end()).toBe(other.process);
  role.leave(other.process);
  expect(third.orders).toEqual([]);
  await other.queue.close();
});
