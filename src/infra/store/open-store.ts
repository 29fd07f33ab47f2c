import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import type { Tracer } from '../../core/tracer.ts';
import type { Db } from '../db/client.ts';
import { createDatabaseRateLimits } from './database-rate-limits.ts';
import { createDatabaseRevocations } from './database-revocations.ts';
import { type OnFallback, reportLimits, reportRevocations } from './fallbacks.ts';
import type { RateLimitStore } from './rate-limits.ts';
import type { RedisOptions } from './redis-client.ts';
import type { RedisFailure } from './redis-failure.ts';
import type { Revocations } from './revocations.ts';
import { traceRedis } from './traced-redis.ts';

export interface Store {
  /** Counts volume, such as requests and messages. In Redis if it is configured. */
  rateLimits: RateLimitStore;
  /** Counts guesses at secrets. Always in the database, because losing Redis data must not reset them. */
  durableRateLimits: RateLimitStore;
  revocations: Revocations;
  /** Whether Redis can be used; true if it is not configured. The database is used while it cannot. */
  isUp(): boolean;
  close(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  onRedisChange?: RedisOptions['onChange'];
  /** Called once per outage for each server that cannot be used, and each reason. */
  onRedisFailure?: (failure: RedisFailure) => void;
  onFallback?: OnFallback | undefined;
  redisDeadline?: RedisOptions['deadline'];
  /** Undefined: nothing is traced. */
  tracer?: Tracer | undefined;
  /** PEM of a certificate authority to trust in addition to Node's. */
  ca?: string;
}

/** Opens the configured store. Does not fail if Redis is down: Redis is used as soon as it responds. */
export async function openStore(config: Config['store'], dependencies: Dependencies): Promise<Store> {
  const { db, clock, onRedisChange, onRedisFailure, onFallback, redisDeadline, ca, tracer } = dependencies;
  const durableRateLimits = createDatabaseRateLimits({ db, clock });
  const databaseRevocations = createDatabaseRevocations({ db });
  if (config.kind === 'database') {
    return {
      rateLimits: durableRateLimits,
      durableRateLimits,
      revocations: databaseRevocations,
      isUp: () => true,
      close: databaseRevocations.close,
    };
  }

  // Loaded on demand: the client is a third of all code loaded at startup.
  const [{ openRedis }, { createOutageReports }, { createRedisRateLimits }, { createRedisRevocations }] =
    await Promise.all([
      import('./redis-client.ts'),
      import('./redis-outage.ts'),
      import('./redis-rate-limits.ts'),
      import('./redis-revocations.ts'),
    ]);
  const { servers } = config;
  const reports = createOutageReports({ servers, ca, report: (failure) => onRedisFailure?.(failure) });
  const client = await openRedis({
    servers,
    ...(ca ? { ca } : {}),
    onChange(up, state) {
      onRedisChange?.(up, state);
      reports.onChange(up, state);
    },
    deadline: redisDeadline,
  });
  const redis = tracer ? traceRedis(client, tracer) : client;
  const standIns = {
    limits: onFallback ? reportLimits(durableRateLimits, onFallback) : durableRateLimits,
    revocations: onFallback ? reportRevocations(databaseRevocations, onFallback) : databaseRevocations,
  };
  const revocations = await createRedisRevocations({ redis, db, clock, database: standIns.revocations });
  return {
    rateLimits: createRedisRateLimits({ redis, database: standIns.limits }),
    durableRateLimits,
    revocations,
    isUp: redis.isUp,
    async close() {
      reports.close();
      await revocations.close();
      await redis.close();
    },
  };
}
