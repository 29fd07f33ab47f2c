import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { judge } from './database-rate-limits.ts';
import type { RateLimit, RateLimitStore } from './rate-limits.ts';
import type { Redis } from './redis-client.ts';
import { COUNT, LIMIT_PREFIX } from './redis-commands.ts';

interface Dependencies {
  redis: Redis;
  /** The fallback if Redis does not respond: a limit is never skipped. */
  database: RateLimitStore;
}

/**
 * RateLimitStore in Redis. A command that timed out may still run; the request is then counted in both stores, which makes
 * the limit stricter. The two counts are not added up: an attacker who can disable Redis gets each limit twice per window.
 * Guesses at a secret are therefore always counted in the database.
 */
export function createRedisRateLimits({ redis, database }: Dependencies): RateLimitStore {
  const limiters = new WeakMap<RateLimit, RateLimiterRedis>();

  const limiterFor = (limit: RateLimit): RateLimiterRedis => {
    const known = limiters.get(limit);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: { eval: redis.eval, del: redis.del },
      useRedisPackage: true,
      customIncrTtlLuaScript: COUNT,
      keyPrefix: `${LIMIT_PREFIX}:${limit.name}`,
      points: limit.max,
      duration: Math.ceil(limit.window / SECOND),
    });
    limiters.set(limit, limiter);
    return limiter;
  };

  // `penalty` and `reward` count and report; `consume` would throw its refusals.
  return {
    consume: (limit, key, cost = 1) =>
      withFallback(
        async () => {
          const counted = await limiterFor(limit).penalty(key, cost);
          return judge(limit, counted.consumedPoints, resetsIn(counted, limit));
        },
        () => database.consume(limit, key, cost),
      ),

    peek: (limit, key) =>
      withFallback(
        async () => {
          const counted = await limiterFor(limit).penalty(key, 0);
          return judge(limit, counted.consumedPoints + 1, resetsIn(counted, limit), counted.consumedPoints);
        },
        () => database.peek(limit, key),
      ),

    async refund(limit, key, cost = 1) {
      if (!redis.isUp()) return database.refund(limit, key, cost);
      // Lost if Redis fails now. A refund in the database could be for a cost that was never consumed there.
      await withFallback(
        () => limiterFor(limit).reward(key, cost),
        async () => {},
      );
    },

    async clear(limit, key) {
      await withFallback(
        () => limiterFor(limit).delete(key),
        () => database.clear(limit, key),
      );
    },
  };
}

const resetsIn = (counted: RateLimiterRes, limit: RateLimit): number =>
  (counted.msBeforeNext > 0 ? counted.msBeforeNext : limit.window) / SECOND;

async function withFallback<T, U>(inRedis: () => Promise<T>, inDatabase: () => Promise<U>): Promise<T | U> {
  try {
    return await inRedis();
  } catch (error) {
    if (error instanceof Unavailable) return inDatabase();
    throw error;
  }
}
