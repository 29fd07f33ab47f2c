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
    const brief: RateLimit = { name: 'brief', max: 2, window: 3_000 };
    let opened: OpenedRateLimits;
    let [replicaA, replicaB]: RateLimitStore[] = [];
    beforeAll(async () => {
      opened = await open();
      [replicaA, replicaB] = opened.replicas;
    });
    afterAll(() => opened?.close());
    const getReplicas = () => {
      if (!replicaA || !replicaB) throw new Error('not opened');
      return { replicaA, replicaB, key: randomUUID() };
    };

    test('allows exactly ten of fifty parallel attempts on two replicas', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      const all = Array.from({ length: 50 }, (_, index) => (index % 2 ? replicaA : replicaB).consume(ten, key));
      const results = await Promise.all(all);
      expect(results.filter((result) => result.allowed)).toHaveLength(10);
    });

    test('returns how many attempts remain, or after how many seconds to retry', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      expect(await replicaA.consume(ten, key)).toEqual({ allowed: true, remaining: 9 });
      expect(await replicaB.consume(ten, key, 9)).toEqual({ allowed: true, remaining: 0 });
      const refused = await replicaA.consume(ten, key);
      expect(refused).toEqual({ allowed: false, retryAfter: expect.any(Number) });
      expect(refused.allowed ? 0 : refused.retryAfter).toSatisfy((seconds) => seconds >= 58 && seconds <= 60);
    });

    test('rejects an attempt that costs more than the limit', async () => {
      const { replicaA, key } = getReplicas();
      expect(await replicaA.consume(ten, key, 11)).toMatchObject({ allowed: false });
    });

    test('peeking costs nothing and counts attempts on another replica', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      expect(await replicaA.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
      await replicaB.consume(ten, key, 9);
      for (const _ of [1, 2, 3]) expect(await replicaA.peek(ten, key)).toEqual({ allowed: true, remaining: 1 });
      await replicaB.consume(ten, key);
      expect(await replicaA.peek(ten, key)).toMatchObject({ allowed: false, retryAfter: expect.any(Number) });
    });

    test('a refund never gives back more than was consumed', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      await replicaA.consume(ten, key, 3);
      await replicaB.refund(ten, key);
      expect(await replicaA.peek(ten, key)).toEqual({ allowed: true, remaining: 8 });
      await replicaA.refund(ten, key, 50);
      expect(await replicaB.consume(ten, key)).toEqual({ allowed: true, remaining: 9 });
    });

    test.concurrent('a refund without an attempt or after the window gives no extra attempts', async () => {
      const { replicaA, key } = getReplicas();
      await replicaA.refund(brief, key, 5);
      await replicaA.consume(brief, key, 2);
      await pause(brief.window + 100);
      await replicaA.refund(brief, key, 2);
      const results = await Promise.all([1, 2, 3].map(() => replicaA.consume(brief, key)));
      expect(results.filter((result) => result.allowed)).toHaveLength(2);
    });

    test.concurrent('the full limit is available after the window, and not before', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      await replicaA.consume(brief, key, 2);
      await pause(400);
      expect(await replicaB.consume(brief, key)).toMatchObject({ allowed: false });
      await pause(brief.window - 300);
      expect(await replicaA.peek(brief, key)).toEqual({ allowed: true, remaining: 2 });
      expect(await replicaB.consume(brief, key)).toEqual({ allowed: true, remaining: 1 });
    });

    test('consuming and refunding the same keys in any order does not deadlock', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      const many: RateLimit = { name: 'many', max: 1_000, window: 60_000 };
      const keys = [key, `${key}2`, `${key}3`];
      const calls = Array.from({ length: 40 }, async (_, index) => {
        const replica = index % 2 ? replicaA : replicaB;
        const order = index % 3 ? keys : keys.toReversed();
        await Promise.all(order.map((each) => replica.consume(many, each)));
        await Promise.all(order.toReversed().map((each) => replica.refund(many, each)));
      });
      await Promise.all(calls);
      for (const each of keys) expect(await replicaA.peek(many, each)).toEqual({ allowed: true, remaining: 1_000 });
    });

    test('clearing resets one key of one limit', async () => {
      const { replicaA, replicaB, key } = getReplicas();
      const other: RateLimit = { ...ten, name: 'other' };
      await Promise.all([
        replicaA.consume(ten, key, 10),
        replicaA.consume(other, key, 10),
        replicaA.consume(ten, `${key}2`, 10),
      ]);
      await replicaB.clear(ten, key);
      expect(await replicaA.peek(ten, key)).toEqual({ allowed: true, remaining: 10 });
      expect(await replicaA.peek(other, key)).toMatchObject({ allowed: false });
      expect(await replicaA.peek(ten, `${key}2`)).toMatchObject({ allowed: false });
    });
  });
}
