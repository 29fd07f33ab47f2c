import type { Db } from '../../infra/db/client.ts';
import { ping } from './health.repo.ts';

export interface Report {
  database: boolean;
  store: boolean;
  migrations: boolean;
}

interface Dependencies {
  db: Db;
  isStoreUp(): boolean;
  /** How many migrations the database is behind. */
  pendingMigrations(db: Db): Promise<number>;
}

export type Health = ReturnType<typeof createHealth>;

export function createHealth({ db, isStoreUp, pendingMigrations }: Dependencies) {
  // A database that was migrated once stays so; a newer version's migrations do not concern this one.
  let isMigrated = false;
  let asking: Promise<Report> | undefined;

  async function ask(): Promise<Report> {
    try {
      await ping(db);
      isMigrated ||= (await pendingMigrations(db)) === 0;
      return { database: true, store: isStoreUp(), migrations: isMigrated };
    } catch {
      return { database: false, store: isStoreUp(), migrations: isMigrated };
    }
  }

  return {
    /** One look at a time serves everybody: anyone may ask, and a crowd that asks must not take the connections. */
    check(): Promise<Report> {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
