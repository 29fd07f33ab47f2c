import type { Db } from '../../infra/db/client.ts';
import { ping } from './health.repo.ts';

export interface HealthReport {
  database: boolean;
  /** False while the database has no space for writes. */
  disk: boolean;
  store: boolean;
  /** Whether the database has every migration. */
  migrations: boolean;
}

export interface Health {
  /** Checks the dependencies. Simultaneous calls share one check, so a flood uses one connection. */
  check(): Promise<HealthReport>;
}

interface Dependencies {
  db: Db;
  isDiskFull(): Promise<boolean>;
  isStoreUp(): boolean;
  /** How many migrations the database is behind. */
  pendingMigrations(db: Db): Promise<number>;
}

export function createHealth({ db, isDiskFull, isStoreUp, pendingMigrations }: Dependencies): Health {
  // A migrated database stays migrated; migrations of a newer version do not concern this one.
  let isMigrated = false;
  let checking: Promise<HealthReport> | undefined;

  async function runCheck(): Promise<HealthReport> {
    try {
      await ping(db);
      isMigrated ||= (await pendingMigrations(db)) === 0;
      return { database: true, disk: !(await isDiskFull()), store: isStoreUp(), migrations: isMigrated };
    } catch {
      return { database: false, disk: true, store: isStoreUp(), migrations: isMigrated };
    }
  }

  return {
    check() {
      checking ??= runCheck().finally(() => {
        checking = undefined;
      });
      return checking;
    },
  };
}
