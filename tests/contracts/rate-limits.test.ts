import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import { Unavailable } from '../../src/core/errors.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { rateLimits } from '../../src/infra/db/tables.ts';
import { createDatabaseRateLimits } from '../../src/infra/store/database-rate-limits.ts';
import { pruneRateLimits } from '../../src/infra/store/prune-rate-limits.ts';
import type { RateLimitStore } from '../../src/infra/store/rate-limits.ts';
import { openRedis } from '../../src/infra/store/redis-client.ts';
import { createRedisRateLimits } from '../../src/infra/store/redis-rate-limits.ts';
import { embeddedDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { type ReachableRedis, startClusterByOneNode, startRedis } from '../support/redis.ts';
import { startRedisWithSentinels } from '../support/redis-sentinel.ts';
import { eventually } from '../support/server-process.ts';
import { postgresServer, redisServer } from '../support/servers.ts';
import { describeRateLimits, type OpenedRateLimits } from './rate-limits.contract.ts';

const clock = systemClock;

describeRateLimits('PGlite', [], async () => {
  const { db, close } = await embeddedDatabase();
  return { replicas: [createDatabaseRateLimits({ db, clock }), createDatabaseRateLimits({ db, clock })], close };
});

describeRateLimits('PostgreSQL', ['postgres'], async () => {
  const { url, drop } = await freshDatabase(await postgresServer());
  const [one, two] = await Promise.all([openPostgresDatabase(url), openPostgresDatabase(url)]);
  return {
    replicas: [createDatabaseRateLimits({ db: one.db, clock }), createDatabaseRateLimits({ db: two.db, clock })],
    async close() {
      await Promise.all([one.close(), two.close()]);
      await drop();
    },
  };
});

describeRateLimits('Redis', ['redis'], async () =>
  openOnRedis({ servers: { kind: 'single', urls: [await redisServer()] } }),
);
describeRateLimits('Redis over TLS', ['own redis with tls'], async () => openOnRedis(await startRedis({ tls: true })));
describeRateLimits('Redis Cluster by one of its nodes', ['own redis'], async () =>
  openOnRedis(await startClusterByOneNode()),
);
describeRateLimits('Redis with Sentinel', ['own redis'], async () => openOnRedis(await startRedisWithSentinels()));
describeRateLimits('Redis with Sentinel, TLS and users', ['own redis with tls'], async () =>
  openOnRedis(await startRedisWithSentinels({ isSecured: true })),
);

/** The database fallback always fails, so every result comes from Redis. */
async function openOnRedis({ servers, ca, stop }: ReachableRedis): Promise<OpenedRateLimits> {
  const deadline = inject('deadlines')?.redis;
  const open = async () => {
    const redis = await openRedis({ servers, ...(ca && { ca }), ...(deadline && { deadline }) });
    await eventually(() => expect(redis.isUp()).toBe(true), deadline);
    return redis;
  };
  const [one, two] = await Promise.all([open(), open()]);
  return {
    replicas: [
      createRedisRateLimits({ redis: one, database: unavailable }),
      createRedisRateLimits({ redis: two, database: unavailable }),
    ],
    async close() {
      await Promise.all([one.close(), two.close()]);
      await stop?.();
    },
  };
}

const fail = () => Promise.reject(new Unavailable('database'));
const unavailable: RateLimitStore = { consume: fail, peek: fail, refund: fail, clear: fail };

describe('RateLimitStore in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await embeddedDatabase();
  });
  afterAll(() => database.close());

  test('counters are deleted in batches when their windows are over, and not before', async () => {
    const now = clock.now();
    const row = (minutes: number) => ({
      name: 'prune',
      key: randomUUID(),
      consumed: 1,
      resetsAt: after(now, minutes * MINUTE),
    });
    await database.db.insert(rateLimits).values([row(-3), row(-2), row(-1), row(1), row(2)]);
    expect(await pruneRateLimits(database.db, now, 2)).toBe(2);
    expect(await pruneRateLimits(database.db, now, 2)).toBe(1);
    expect(await pruneRateLimits(database.db, now, 2)).toBe(0);
    expect(await database.db.select().from(rateLimits)).toHaveLength(2);
  });
});
