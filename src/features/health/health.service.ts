import type { Db } from '../../infra/db/client.ts';
import { isReadOnly } from '../../infra/db/read-only.ts';
import { isWritable } from './health.repo.ts';

export interface HealthReport {
  /** Whether it responds. */
  database: boolean;
  /** False if it is a standby or read-only. */
  writes: boolean;
  /** False while the database has no space for writes. */
  disk: boolean;
  store: boolean;
  /** Whether the database has every migration. */
  migrations: boolean;
}

/** Whether requests can be served. Without the store they are: the database replaces it. */
export const isReady = ({ database, writes, disk, migrations }: Omit<HealthReport, 'store'>): boolean =>
  database && writes && disk && migrations;

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
      const writes = await isWritable(db);
      isMigrated ||= (await pendingMigrations(db)) === 0;
      const disk = !(writes && (await isDiskFull()));
      return { database: true, writes, disk, store: isStoreUp(), migrations: isMigrated };
    } catch (error) {
      // What is not known counts as up: only what is known to be down is named.
      const responds = isReadOnly(error);
      return { database: responds, writes: !responds, disk: true, store: isStoreUp(), migrations: isMigrated };
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
