import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { judge } from './database-rate-limits.ts';
import type { RateLimit, RateLimitStore } from './rate-limits.ts';
import type { Redis } from './redis-client.ts';

interface Dependencies {
  redis: Redis;
  /** Takes over while Redis does not answer, so that a limit is never skipped. */
  database: RateLimitStore;
}

/**
 * The library's own script, except that taking nothing and giving back never make a counter nor push one below zero:
 * points given back after the window is over would otherwise be a present to the next one. Counting and expiry are one
 * step, so no counter can stay for ever.
 */
const COUNT = `
local points = tonumber(ARGV[1])
if points <= 0 then
  local taken = tonumber(redis.call('get', KEYS[1]) or '0')
  if taken <= 0 then return {0, redis.call('pttl', KEYS[1])} end
  points = math.max(points, -taken)
end
redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
return {redis.call('incrby', KEYS[1], points), redis.call('pttl', KEYS[1])}
`;

/**
 * RateLimitStore in Redis. A command that is given up after its deadline may still be carried out; the attempt is then
 * counted in both places, which only makes the limit stricter. The two counts are not added up: whoever can make Redis
 * go away gets at most the budget once more in a window, so guesses at a secret are always counted in the database.
 */
export function createRedisRateLimits({ redis, database }: Dependencies): RateLimitStore {
  const limiters = new WeakMap<RateLimit, RateLimiterRedis>();

  const limiterOf = (budget: RateLimit): RateLimiterRedis => {
    const known = limiters.get(budget);
    if (known) return known;
    const limiter = new RateLimiterRedis({
      storeClient: { eval: redis.eval, del: redis.del },
      useRedisPackage: true,
      customIncrTtlLuaScript: COUNT,
      keyPrefix: `latchkey:budget:${budget.name}`,
      points: budget.points,
      duration: Math.ceil(budget.window / SECOND),
    });
    limiters.set(budget, limiter);
    return limiter;
  };

  // `penalty` and `reward` count and report; `consume` would throw its refusals.
  return {
    spend: (budget, key, points = 1) =>
      firstThat(
        async () => {
          const counted = await limiterOf(budget).penalty(key, points);
          return judge(budget, counted.consumedPoints, resetsIn(counted, budget));
        },
        () => database.spend(budget, key, points),
      ),

    peek: (budget, key) =>
      firstThat(
        async () => {
          const counted = await limiterOf(budget).penalty(key, 0);
          return judge(budget, counted.consumedPoints + 1, resetsIn(counted, budget), counted.consumedPoints);
        },
        () => database.peek(budget, key),
      ),

    async refund(budget, key, points = 1) {
      if (!redis.isUp()) return database.refund(budget, key, points);
      // Lost when Redis goes away right now. Given back in the database as well, it would be somebody else's point.
      await firstThat(
        () => limiterOf(budget).reward(key, points),
        async () => {},
      );
    },

    async clear(budget, key) {
      await firstThat(
        () => limiterOf(budget).delete(key),
        () => database.clear(budget, key),
      );
    },
  };
}

const resetsIn = (counted: RateLimiterRes, budget: RateLimit): number =>
  (counted.msBeforeNext > 0 ? counted.msBeforeNext : budget.window) / SECOND;

async function firstThat<T, U>(inRedis: () => Promise<T>, inDatabase: () => Promise<U>): Promise<T | U> {
  try {
    return await inRedis();
  } catch (error) {
    if (error instanceof Unavailable) return inDatabase();
    throw error;
  }
}
