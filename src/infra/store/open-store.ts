import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Db } from '../db/client.ts';
import { createDatabaseRateLimits } from './database-rate-limits.ts';
import { createDatabaseRevocations } from './database-revocations.ts';
import type { RateLimitStore } from './rate-limits.ts';
import type { RedisOptions } from './redis-client.ts';
import type { Revocations } from './revocations.ts';

export interface Store {
  /** For volumes: requests, sends. In Redis where there is one. */
  rateLimits: RateLimitStore;
  /** For guesses at a secret: always in the database, because a Redis that lost its memory must not forgive any. */
  durableRateLimits: RateLimitStore;
  revocations: Revocations;
  /** Whether Redis answers; true without one. While it does not, the database does its work. */
  isUp(): boolean;
  close(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  onRedisChange?: RedisOptions['onChange'];
  /** PEM of an authority to trust besides those that Node trusts. */
  ca?: string;
}

/** Opens what the settings name. Does not fail when Redis is away: it is used as soon as it is there. */
export async function openStore(config: Config['store'], dependencies: Dependencies): Promise<Store> {
  const { db, clock, onRedisChange, ca } = dependencies;
  const durableRateLimits = createDatabaseRateLimits({ db, clock });
  const truth = createDatabaseRevocations({ db });
  if (config.kind === 'database') {
    return {
      rateLimits: durableRateLimits,
      durableRateLimits,
      revocations: truth,
      isUp: () => true,
      close: truth.close,
    };
  }

  // Its client is a third of all the code that a start loads.
  const [{ openRedis }, { createRedisRateLimits }, { createRedisRevocations }] = await Promise.all([
    import('./redis-client.ts'),
    import('./redis-rate-limits.ts'),
    import('./redis-revocations.ts'),
  ]);
  const redis = await openRedis({
    urls: config.urls,
    ...(ca ? { ca } : {}),
    ...(onRedisChange ? { onChange: onRedisChange } : {}),
  });
  const revocations = await createRedisRevocations({ redis, db, clock, truth });
  return {
    rateLimits: createRedisRateLimits({ redis, database: durableRateLimits }),
    durableRateLimits,
    revocations,
    isUp: redis.isUp,
    async close() {
      await revocations.close();
      await redis.close();
    },
  };
}
