import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, MINUTE, systemClock } from '../../src/core/clock.ts';
import { pruneRevocations } from '../../src/features/sessions/session.repo.ts';
import type { Database } from '../../src/infra/db/client.ts';
import { revocations } from '../../src/infra/db/tables.ts';
import { createDatabaseRevocations } from '../../src/infra/store/database-revocations.ts';
import { openStore } from '../../src/infra/store/open-store.ts';
import { embeddedDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { type ReachableRedis, startClusterByOneNode, startRedis } from '../support/redis.ts';
import { startRedisWithSentinels } from '../support/redis-sentinel.ts';
import { eventually } from '../support/server-process.ts';
import { describeServers, type Need, postgresServer, redisServer } from '../support/servers.ts';
import { describeRevocations, newSession, type OpenedRevocations } from './revocations.contract.ts';

const clock = systemClock;

describeRevocations('PGlite', [], async () => {
  const { db, close } = await embeddedDatabase();
  return { db, openReplica: async () => createDatabaseRevocations({ db }), close };
});

describeRevocations('PostgreSQL', ['postgres'], async () => {
  const { db, close } = await openPostgres();
  return { db, openReplica: async () => createDatabaseRevocations({ db }), close };
});

const redisSetups: Record<string, { needs: readonly Need[]; start(): Promise<ReachableRedis> }> = {
  Redis: {
    needs: ['postgres', 'redis'],
    start: async () => ({ servers: { kind: 'single', urls: [await redisServer()] } }),
  },
  'Redis over TLS': { needs: ['postgres', 'own redis with tls'], start: () => startRedis({ tls: true }) },
  'Redis Cluster by one of its nodes': { needs: ['postgres', 'own redis'], start: startClusterByOneNode },
  'Redis with Sentinel': { needs: ['postgres', 'own redis'], start: startRedisWithSentinels },
  'Redis with Sentinel, TLS and users': {
    needs: ['postgres', 'own redis with tls'],
    start: () => startRedisWithSentinels({ isSecured: true }),
  },
};

for (const [name, { needs, start }] of Object.entries(redisSetups)) {
  const open = async (): Promise<OpenedRevocations> => {
    const { db, close } = await openPostgres();
    const { servers, ca, stop } = await start();
    return {
      db,
      async openReplica() {
        const store = await openStore({ kind: 'redis', servers }, { db, clock, ...(ca ? { ca } : {}) });
        return { ...store.revocations, close: store.close };
      },
      async close() {
        await close();
        await stop?.();
      },
    };
  };

  describeRevocations(name, needs, open);

  describeServers(`Announcements: ${name}`, needs, () => {
    test('an announced session is rejected by the other replica before the table is read again', async () => {
      const opened = await open();
      const [replicaA, replicaB] = await Promise.all([opened.openReplica(), opened.openReplica()]);
      // Nothing is written, so Redis is the only source.
      const announced = newSession();
      // Repeated, because an announcement during a reconnect may be lost.
      await eventually(async () => {
        replicaA.announce([announced]);
        expect(await replicaB.isRevoked(announced)).toBe(true);
      });
      await Promise.all([replicaA.close(), replicaB.close()]);
      await opened.close();
    });
  });
}

async function openPostgres(): Promise<Database> {
  const { url, drop } = await freshDatabase(await postgresServer());
  const opened = await openPostgresDatabase(url);
  return {
    ...opened,
    async close() {
      await opened.close();
      await drop();
    },
  };
}

describe('Revocations in the database', () => {
  let database: Database;
  beforeAll(async () => {
    database = await embeddedDatabase();
  });
  afterAll(() => database.close());

  test('rows are deleted once no access token of the session can be valid, and not before', async () => {
    const now = clock.now();
    const row = (minutes: number) => ({
      sessionId: newSession(),
      revokedAt: now,
      expiresAt: after(now, minutes * MINUTE),
    });
    const alive = row(1);
    await database.db.insert(revocations).values([row(-3), row(-2), row(-1), alive]);
    expect(await pruneRevocations(database.db, now, 2)).toBe(2);
    expect(await pruneRevocations(database.db, now, 2)).toBe(1);
    expect(await pruneRevocations(database.db, now, 2)).toBe(0);
    expect(await createDatabaseRevocations({ db: database.db }).isRevoked(alive.sessionId)).toBe(true);
  });
});
