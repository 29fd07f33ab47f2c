import { describe, expect, test } from 'vitest';
import { RateLimited } from '../../src/core/problems.ts';
import { createWork, hashOnly, NETWORK, type OpenHashQueue, settle } from '../support/hash-work.ts';

/** Every scheduler must pass this. */
export function describeHashQueue(name: string, openHashQueue: OpenHashQueue): void {
  describe(`HashQueue: ${name}`, () => {
    test('runs and queues as many operations as allowed, and rejects the next one at once (F10)', async () => {
      const queue = openHashQueue({ running: 2, waiting: 2 });
      const { started, work, end } = createWork();
      const hashes = [1, 2, 3, 4].map((name) => hashOnly(queue, work(name)));
      await settle();
      expect(await hashOnly(queue, work(5))).toEqual(new RateLimited(1));
      expect(started).toEqual([1, 2]);

      end(2);
      await settle();
      expect(started).toEqual([1, 2, 3]);
      const late = hashOnly(queue, work(6));
      expect(await hashOnly(queue, work(7))).toEqual(new RateLimited(1));
      for (const name of [1, 3, 4, 6]) {
        end(name);
        await settle();
      }
      expect(await Promise.all([...hashes, late])).toEqual([1, 2, 3, 4, 6]);
      expect(started).toEqual([1, 2, 3, 4, 6]);
    });

    test('counts an operation from its first step to its last, not only while it hashes (F10)', async () => {
      const queue = openHashQueue({ running: 1, waiting: 1 });
      const { work, end } = createWork();
      const operations = [1, 2].map((name) => queue.admit(NETWORK, work(name)));
      await settle();
      expect(await queue.admit(NETWORK, work(3))).toEqual(new RateLimited(1));
      end(1);
      await settle();
      const third = queue.admit(NETWORK, work(4));
      await settle();
      for (const name of [2, 4]) end(name);
      expect(await Promise.all([...operations, third])).toEqual([1, 2, 4]);
    });

    test('frees the slot of a failed operation or hash', async () => {
      const queue = openHashQueue({ running: 1, waiting: 1 });
      const { started, work, end } = createWork();
      const [failing, next] = [hashOnly(queue, work(1)), hashOnly(queue, work(2))];
      failing.catch(() => {});
      await settle();
      end(1, 'failure');
      await expect(failing).rejects.toThrow('1 failed');
      await settle();
      end(2);
      expect(await next).toBe(2);
      const more = [hashOnly(queue, work(3)), hashOnly(queue, work(4))];
      for (const name of [3, 4]) {
        await settle();
        end(name);
      }
      expect(await Promise.all(more)).toEqual([3, 4]);
      expect(started).toEqual([1, 2, 3, 4]);
    });

    test('never runs more hashes at once than allowed', async () => {
      const queue = openHashQueue({ running: 2, waiting: 64 });
      let [running, peak] = [0, 0];
      const hash = async () => {
        running += 1;
        peak = Math.max(peak, running);
        await settle();
        running -= 1;
        return 0;
      };
      const outcomes = await Promise.all(Array.from({ length: 500 }, () => hashOnly(queue, hash)));
      expect(peak).toBe(2);
      expect(outcomes.filter((outcome) => outcome instanceof RateLimited)).toHaveLength(500 - 66);
    });

    test('resumes and starts operations in batches of four while many hashes wait, otherwise at once (F10)', async () => {
      const queue = openHashQueue({ running: 1, waiting: 64 });
      const { work, end } = createWork();
      const ended: number[] = [];
      const hash = (name: number) => hashOnly(queue, work(name)).then(() => ended.push(name));
      const finish = async (...names: number[]) => {
        for (const name of names) {
          end(name);
          await settle();
        }
      };

      // Four wait behind the first; the others start when it is done.
      const all: Promise<unknown>[] = [];
      for (let name = 1; name <= 9; name++) {
        all.push(hash(name));
        await settle();
      }
      await finish(1);
      expect(ended).toEqual([1]);

      await finish(2, 3, 4);
      expect(ended).toEqual([1]);
      let hasBegun = false;
      const late = queue.admit(NETWORK, async () => {
        hasBegun = true;
      });
      await settle();
      expect(hasBegun).toBe(false);

      await finish(5);
      expect(ended).toEqual([1, 2, 3, 4, 5]);
      expect(hasBegun).toBe(true);

      await finish(6);
      expect(ended.at(-1)).toBe(6);
      await finish(7, 8, 9);
      await Promise.all([...all, late]);
    });

    test('counts a failed hash towards its batch', async () => {
      const queue = openHashQueue({ running: 1, waiting: 64 });
      const { work, end } = createWork();
      const all = Array.from({ length: 9 }, (_, index) => hashOnly(queue, work(index + 1)));
      await settle();
      const outcomes = Promise.allSettled(all);
      for (let name = 1; name <= 9; name++) {
        end(name, name % 2 ? 'success' : 'failure');
        await settle();
      }
      expect((await outcomes).map(({ status }) => status === 'fulfilled')).toEqual(
        Array.from({ length: 9 }, (_, index) => index % 2 === 0),
      );
    });

    test('starts a batch of new operations after each hash, and all of them in the end', async () => {
      const queue = openHashQueue({ running: 1, waiting: 64 });
      const { work, end } = createWork();
      const hashes = [1, 2, 3, 4, 5].map((name) => hashOnly(queue, work(name)));
      await settle();
      let begun = 0;
      const newOperations = Array.from({ length: 30 }, () =>
        queue.admit(NETWORK, async () => {
          begun += 1;
        }),
      );
      await settle();
      expect(begun).toBe(0);
      for (const name of [1, 2, 3, 4]) {
        end(name);
        await settle();
        expect(begun).toBe(4 * name);
      }
      end(5);
      await Promise.all([...hashes, ...newOperations]);
      expect(begun).toBe(30);
    });

    test('takes turns between networks: a flood from one does not delay the others (T94)', async () => {
      const queue = openHashQueue({ running: 1, waiting: 64 });
      const { started, work, end } = createWork();
      const flood = Array.from({ length: 60 }, (_, index) => hashOnly(queue, work(index)));
      const others = [101, 102, 103].map((name) => queue.admit(`network ${name}`, () => queue.run(work(name))));
      await settle();
      for (let round = 0; round < 40; round++) {
        end(started[round] ?? 0);
        await settle();
      }
      expect(started).toEqual(expect.arrayContaining([101, 102, 103]));
      for (let name = 0; name < 60; name++) {
        for (const startedName of started) end(startedName);
        await settle();
      }
      await Promise.all([...flood, ...others]);
    });

    test('when full, gives places of the network with the most waiting to others, and refunds them (T94)', async () => {
      const queue = openHashQueue({ running: 1, waiting: 64 });
      const { started, work, end } = createWork();
      const refunded: number[] = [];
      const flood: Promise<unknown>[] = [];
      for (let index = 0; index < 65; index++) {
        const limits = { count: async () => ({ index }), refund: async () => refunded.push(index) };
        flood.push(queue.admitWithin(NETWORK, limits, () => queue.run(work(index))));
        await settle();
      }
      expect(await queue.admit(NETWORK, work(65))).toEqual(new RateLimited(1));
      const others = Array.from({ length: 10 }, (_, index) =>
        queue.admit(`network ${index}`, () => queue.run(work(100 + index))),
      );
      const results = Promise.all([...flood, ...others]);
      for (let name = 0; name < 200; name++) {
        for (const startedName of started) end(startedName);
        await settle();
      }
      expect((await results).filter((result) => result instanceof RateLimited)).toHaveLength(10);
      expect(refunded).toEqual([64, 63, 62, 61, 60, 59, 58, 57, 56, 55]);
      expect(started.filter((name) => name >= 100)).toHaveLength(10);
    });
  });
}
