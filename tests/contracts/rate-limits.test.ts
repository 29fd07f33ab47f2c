import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import { Unavailable } from '../../src/core/problems.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { budgets } from '../../src/infra/db/tables.ts';
import type { Budgets } from '../../src/infra/store/budgets.ts';
import { createDatabaseBudgets } from '../../src/infra/store/database-budgets.ts';
import { pruneBudgets } from '../../src/infra/store/prune.ts';
import { createRedisBudgets } from '../../src/infra/store/redis-budgets.ts';
import { openRedis } from '../../src/infra/store/redis-client.ts';
import { embeddedDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { type RedisServer, startRedis, startRedisCluster } from '../support/redis.ts';
import { postgresServer, redisServer } from '../support/servers.ts';
import { describeBudgets, type OpenedBudgets } from './budgets.contract.ts';

const clock = systemClock;

describeBudgets('PGlite', [], async () => {
  const { db, close } = await embeddedDatabase();
  return { replicas: [createDatabaseBudgets({ db, clock }), createDatabaseBudgets({ db, clock })], close };
});

describeBudgets('PostgreSQL', ['postgres'], async () => {
  const { url, drop } = await freshDatabase(await postgresServer());
  const [one, two] = await Promise.all([openPostgresDatabase(url), openPostgresDatabase(url)]);
  return {
    replicas: [createDatabaseBudgets({ db: one.db, clock }), createDatabaseBudgets({ db: two.db, clock })],
    async close() {
      await Promise.all([one.close(), two.close()]);
      await drop();
    },
  };
});

describeBudgets('Redis', ['redis'], async () => onRedis({ urls: [await redisServer()] }));
describeBudgets('Redis over TLS', ['own redis with tls'], async () => onRedis(await startRedis({ tls: true })));
describeBudgets('Redis Cluster', ['own redis'], async () => onRedis(await startRedisCluster()));

/** Behind the replicas stands no database, so that whatever is answered comes from Redis. */
async function onRedis({
  urls,
  ca,
  stop,
}: Pick<RedisServer, 'urls' | 'ca'> & Partial<RedisServer>): Promise<OpenedBudgets> {
  const open = () => openRedis({ urls, ...(ca ? { ca } : {}) });
  const [one, two] = await Promise.all([open(), open()]);
  return {
    replicas: [
      createRedisBudgets({ redis: one, database: absent }),
      createRedisBudgets({ redis: two, database: absent }),
    ],
    async close() {
      await Promise.all([one.close(), two.close()]);
      await stop?.();
    },
  };
}

const refuse = () => Promise.reject(new Unavailable('database'));
const absent: Budgets = { spend: refuse, peek: refuse, refund: refuse, clear: refuse };

describe('Budgets in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await embeddedDatabase();
  });
  afterAll(() => database.close());

  test('counters are pruned when their window is over, a batch at a time, and not before', async () => {
    const now = clock.now();
    const row = (minutes: number) => ({
      name: 'prune',
      key: randomUUID(),
      points: 1,
      resetsAt: after(now, minutes * MINUTE),
    });
    await database.db.insert(budgets).values([row(-3), row(-2), row(-1), row(1), row(2)]);
    expect(await pruneBudgets(database.db, now, 2)).toBe(2);
    expect(await pruneBudgets(database.db, now, 2)).toBe(1);
    expect(await pruneBudgets(database.db, now, 2)).toBe(0);
    expect(await database.db.select().from(budgets)).toHaveLength(2);
  });
});
