import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RateLimit, RateLimitStore } from '../../src/infra/store/rate-limits.ts';
import { describeServers, type Need } from '../support/servers.ts';

export interface OpenedRateLimits {
  /** Two replicas on the same servers. */
  replicas: readonly [RateLimitStore, RateLimitStore];
  close(): Promise<void>;
}

/** Every adapter must pass this. */
export function describeRateLimits(name: string, needs: readonly Need[], open: () => Promise<OpenedRateLimits>): void {
  describeServers(`RateLimitStore: ${name}`, needs, () => {
    const ten: RateLimit = { name: 'ten', max: 10, window: 60_000 };
    const brief: RateLimit = { name: 'brief', max: 2, window: 1_000 };
    let opened: OpenedRateLimits;
    let [here, there]: RateLimitStore[] = [];
    beforeAll(async () => {
      opened = await open();
      [here, there] = opened.replicas;
    }, 30_000);
    afterAll(() => opened?.close());
    const getReplicas = () => {
      if (!here || !there) throw new Error('not opened');
      return { here, there, key: randomUUID() };
    };

    test('allows exactly ten of fifty parallel attempts on two replicas', async () => {
      const { here, there, key } = getReplicas();
      const all = Array.from({ length: 50 }, (_, index) => (index % 2 ? here : there).consume(ten, key));
      const answers = await Promise.all(all);
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(10);
    });

    test('returns what remains, or after how many seconds to retry', async () => {
      const { here, there, key } = getReplicas();
      expect(await here.consume(ten, key)).toEqual({ allowed: true, remaining: 9 });
      expect(await there.consume(ten, key, 9)).toEqual({ allowed: true, remaining: 0 });
      const refused = await here.consume(ten, key);
      expect(refused).toEqual({ allowed: false, retryAfter: expect.any(Number) });
      expect(refused.allowed ? 0 : refused.retryAfter).toSatisfy((seconds) => seconds >= 58 && seconds <= 60);
    });

    test('rejects an attempt that costs more than the limit', async () => {
      const { here, key } = getReplicas();
      expect(await here.consume(ten, key, 11)).toMatchObject({ allowed: false });
    });

    test('peeking costs nothing and sees attempts on another replica', async () => {
      const { here, there, key } = getReplicas();
      expect(await here.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
      await there.consume(ten, key, 9);
      for (const _ of [1, 2, 3]) expect(await here.peek(ten, key)).toEqual({ allowed: true, remaining: 1 });
      await there.consume(ten, key);
      expect(await here.peek(ten, key)).toMatchObject({ allowed: false, retryAfter: expect.any(Number) });
    });

    test('a refund never gives back more than was spent', async () => {
      const { here, there, key } = getReplicas();
      await here.consume(ten, key, 3);
      await there.refund(ten, key);
      expect(await here.peek(ten, key)).toEqual({ allowed: true, remaining: 8 });
      await here.refund(ten, key, 50);
      expect(await there.consume(ten, key)).toEqual({ allowed: true, remaining: 9 });
    });

    test.concurrent('a refund without an attempt or after the window gives no extra attempts', async () => {
      const { here, key } = getReplicas();
      await here.refund(brief, key, 5);
      await here.consume(brief, key, 2);
      await pause(1_100);
      await here.refund(brief, key, 2);
      const answers = await Promise.all([1, 2, 3].map(() => here.consume(brief, key)));
      expect(answers.filter((answer) => answer.allowed)).toHaveLength(2);
    });

    test.concurrent('the full limit is available after the window, and not before', async () => {
      const { here, there, key } = getReplicas();
      await here.consume(brief, key, 2);
      await pause(400);
      expect(await there.consume(brief, key)).toMatchObject({ allowed: false, retryAfter: 1 });
      await pause(700);
      expect(await here.peek(brief, key)).toEqual({ allowed: true, remaining: 2 });
      expect(await there.consume(brief, key)).toEqual({ allowed: true, remaining: 1 });
    });

    test('spending and refunding the same keys in any order does not deadlock', async () => {
      const { here, there, key } = getReplicas();
      const many: RateLimit = { name: 'many', max: 1_000, window: 60_000 };
      const keys = [key, `${key}2`, `${key}3`];
      const moves = Array.from({ length: 40 }, async (_, index) => {
        const replica = index % 2 ? here : there;
        const order = index % 3 ? keys : keys.toReversed();
        await Promise.all(order.map((each) => replica.consume(many, each)));
        await Promise.all(order.toReversed().map((each) => replica.refund(many, each)));
      });
      await Promise.all(moves);
      for (const each of keys) expect(await here.peek(many, each)).toEqual({ allowed: true, remaining: 1_000 });
    });

    test('clearing resets one key of one limit', async () => {
      const { here, there, key } = getReplicas();
      const other: RateLimit = { ...ten, name: 'other' };
      await Promise.all([here.consume(ten, key, 10), here.consume(other, key, 10), here.consume(ten, `${key}2`, 10)]);
      await there.clear(ten, key);
      expect(await here.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
      expect(await here.peek(other, key)).toMatchObject({ allowed: false });
      expect(await here.peek(ten, `${key}2`)).toMatchObject({ allowed: false });
    });
  });
}
