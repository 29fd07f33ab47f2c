import { describe, expect, test } from 'vitest';
import { RateLimited } from '../../src/core/problems.ts';
import { createWork, hashOnly, NETWORK, type OpenHashQueue, settle } from '../support/hash-work.ts';

/** Every scheduler must pass this. */
export function describeHashQueueLimits(name: string, openHashQueue: OpenHashQueue): void {
  describe(`limits that are counted before an operation takes a place: ${name} (T94)`, () => {
    /** Counting that ends when the test says so. */
    function createCounting() {
      const ends: (() => void)[] = [];
      const limits = {
        count: () => new Promise<object>((resolve) => ends.push(() => resolve({}))),
        refund: async () => {},
      };
      return { ends, limits };
    }

    test('are not counted if the queue is full, unless the network gets the place of another', async () => {
      const queue = openHashQueue({ running: 1, waiting: 3 });
      const { work, end } = createWork();
      const flood = [1, 2, 3, 4].map((name) => hashOnly(queue, work(name)));
      await settle();
      const { ends, limits } = createCounting();
      expect(await queue.admitWithin(NETWORK, limits, work(5))).toEqual(new RateLimited(1));
      expect(ends).toHaveLength(0);
      for (const name of [1, 2, 3, 4]) {
        end(name);
        await settle();
      }
      await Promise.all(flood);
    });

    test('are counted for at most as many operations at a time as there are places, and for half as many of one network', async () => {
      const queue = openHashQueue({ running: 2, waiting: 6 });
      const { ends, limits } = createCounting();
      const arrive = (network: string) => queue.admitWithin(network, limits, async () => 'done');
      const flood = Array.from({ length: 20 }, () => arrive(NETWORK));
      await settle();
      expect(ends).toHaveLength(4);
      const others = Array.from({ length: 20 }, (_, index) => arrive(`network ${index}`));
      await settle();
      expect(ends).toHaveLength(8);
      for (const endCounting of ends) endCounting();
      const outcomes = await Promise.all([...flood, ...others]);
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(8);
      expect(outcomes.filter((outcome) => outcome instanceof RateLimited)).toHaveLength(32);
    });

    test('are counted for another network while four flood the queue', async () => {
      const queue = openHashQueue({ running: 2, waiting: 64 });
      const { ends, limits } = createCounting();
      const arrive = (network: string) => queue.admitWithin(network, limits, async () => network);
      const floods = [1, 2, 3, 4].flatMap((name) => Array.from({ length: 100 }, () => arrive(`flood ${name}`)));
      const other = arrive('another network');
      await settle();
      for (const endCounting of ends) endCounting();
      expect(await other).toBe('another network');
      await Promise.all(floods);
    });

    test('that refuse take no place', async () => {
      const queue = openHashQueue({ running: 1, waiting: 0 });
      const limits = { count: async (): Promise<object | RateLimited> => new RateLimited(60), refund: async () => {} };
      const { work, end } = createWork();
      const refused = queue.admitWithin(NETWORK, limits, work(1));
      const admitted = hashOnly(queue, work(2));
      await settle();
      end(2);
      expect(await Promise.all([refused, admitted])).toEqual([new RateLimited(60), 2]);
    });
  });
}
