import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { revocations } from '../db/tables.ts';
import type { Revocations } from './revocations.ts';
import { runQuery } from './run-query.ts';

/** Maximum number of session ids in one query. */
const LARGEST_BATCH = 1_000;

/** Queries the table every time. All lookups in one turn of the event loop share one query. */
export function createDatabaseRevocations({ db }: { db: Db }): Revocations {
  const loader = new DataLoader<string, boolean>(
    async (sessionIds) => {
      const rows = await runQuery(
        db
          .select({ sessionId: revocations.sessionId })
          .from(revocations)
          .where(sql`${revocations.sessionId} = any(${sql.param([...new Set(sessionIds)])}::uuid[])`),
      );
      const ended = new Set(rows.map((row) => row.sessionId));
      return sessionIds.map((sessionId) => ended.has(sessionId));
    },
    { cache: false, maxBatchSize: LARGEST_BATCH, batchScheduleFn: (run) => setImmediate(run) },
  );

  const listeners: (() => void)[] = [];
  return {
    isRevoked: (sessionId) => loader.load(sessionId),
    // Every replica reads the same table.
    announce() {
      for (const onAnnounced of listeners) onAnnounced();
    },
    listen: (onAnnounced) => void listeners.push(onAnnounced),
    close: async () => {},
  };
}
