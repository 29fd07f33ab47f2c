import { expect, test } from 'vitest';
import { RateLimited } from '../../src/core/problems.ts';
import { createHashQueue } from '../../src/features/credentials/hash-queue.ts';
import { createHashScheduler, type HashLimits } from '../../src/features/credentials/hash-scheduler.ts';
import { createRemoteHashScheduler, shareHashScheduler } from '../../src/features/credentials/shared-hash-scheduler.ts';
import { connectChannels } from '../support/channels.ts';
import { createWork, hashOnly, settle } from '../support/hash-work.ts';
import { describeHashQueue } from './hash-queue.contract.ts';
import { describeHashQueueLimits } from './hash-queue-limits.contract.ts';

/** The queues of this many workers, which share their limits. `end` is the death of the worker. */
function openWorkers(count: number, limits: HashLimits) {
  const scheduler = createHashScheduler(limits);
  return Array.from({ length: count }, () => {
    const [atPrimary, atWorker] = connectChannels();
    const end = shareHashScheduler(scheduler, atPrimary);
    return { queue: createHashQueue(createRemoteHashScheduler(atWorker)), end };
  });
}

function openWorker(limits: HashLimits) {
  const [worker] = openWorkers(1, limits);
  if (!worker) throw new Error('no worker');
  return worker.queue;
}

const openAlone = (limits: HashLimits) => createHashQueue(createHashScheduler(limits));

describeHashQueue('of one process', openAlone);
describeHashQueue('of a worker', openWorker);
describeHashQueueLimits('in one process', openAlone);
describeHashQueueLimits('in a worker', openWorker);

function openTwoWorkers(limits: HashLimits) {
  const [one, other] = openWorkers(2, limits);
  if (!one || !other) throw new Error('no workers');
  return { one, other };
}

test('two workers together run and queue as many hashes as one (F10)', async () => {
  const { one, other } = openTwoWorkers({ running: 1, waiting: 2 });
  const { started, work, end } = createWork();
  const hashes = [hashOnly(one.queue, work(1)), hashOnly(other.queue, work(2)), hashOnly(one.queue, work(3))];
  await settle();
  for (const { queue } of [one, other]) expect(await hashOnly(queue, work(4))).toEqual(new RateLimited(1));
  for (const name of [1, 2, 3]) {
    expect(started).toEqual([1, 2, 3].slice(0, name));
    end(name);
    await settle();
  }
  expect(await Promise.all(hashes)).toEqual([1, 2, 3]);
});

test('a flood from one network through one worker does not delay another network at the other (T94)', async () => {
  const { one, other } = openTwoWorkers({ running: 1, waiting: 64 });
  const { started, work, end } = createWork();
  const flood = Array.from({ length: 65 }, (_, index) => hashOnly(one.queue, work(index)));
  await settle();
  const late = other.queue.admit('another network', () => other.queue.run(work(100)));
  for (let round = 0; round < 40; round++) {
    end(started[round] ?? 0);
    await settle();
  }
  expect(started).toContain(100);
  for (let round = 40; round < 65; round++) {
    end(started[round] ?? 0);
    await settle();
  }
  expect(await late).toBe(100);
  expect((await Promise.all(flood)).filter((outcome) => outcome instanceof RateLimited)).toHaveLength(1);
});

test('what a worker that dies held and waited for is given back (F37)', async () => {
  const { one, other } = openTwoWorkers({ running: 2, waiting: 30 });
  const { started, work, end } = createWork();
  const counting = { count: () => new Promise<object>(() => {}), refund: async () => {} };
  for (let name = 1; name <= 10; name++) void one.queue.admitWithin(`check ${name}`, counting, work(0));
  for (let name = 1; name <= 32; name++) void hashOnly(one.queue, work(name));
  await settle();
  expect(started).toEqual([1, 2]);
  expect(await hashOnly(other.queue, work(100))).toEqual(new RateLimited(1));

  one.end();
  await settle();
  const hashes = Array.from({ length: 32 }, (_, index) => hashOnly(other.queue, work(200 + index)));
  for (let index = 0; index < 32; index++) {
    await settle();
    end(200 + index);
  }
  expect(await Promise.all(hashes)).toEqual(Array.from({ length: 32 }, (_, index) => 200 + index));
  expect(started.filter((name) => name < 200)).toEqual([1, 2]);
  const limits = { count: async () => ({}), refund: async () => {} };
  const admitted = Array.from({ length: 16 }, () => other.queue.admitWithin('one network', limits, async () => 'done'));
  expect(await Promise.all(admitted)).toEqual(Array(16).fill('done'));
});

test('a worker that dies while others wait hands its turns on', async () => {
  const { one, other } = openTwoWorkers({ running: 1, waiting: 8 });
  const { started, work, end } = createWork();
  void hashOnly(one.queue, work(1));
  void hashOnly(one.queue, work(2));
  const waiting = hashOnly(other.queue, work(3));
  await settle();
  one.end();
  await settle();
  expect(started).toEqual([1, 3]);
  end(3);
  expect(await waiting).toBe(3);
});
