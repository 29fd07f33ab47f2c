import type { Db } from '../../infra/db/client.ts';

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
  /** Throws if the database does not respond. */
  takesWrites(db: Db): Promise<boolean>;
  isDiskFull(): Promise<boolean>;
  isStoreUp(): boolean;
  /** How many migrations the database is behind. */
  pendingMigrations(db: Db): Promise<number>;
}

export function createHealth({ db, takesWrites, isDiskFull, isStoreUp, pendingMigrations }: Dependencies): Health {
  // A migrated database stays migrated; migrations of a newer version do not concern this one.
  let isMigrated = false;
  let checking: Promise<HealthReport> | undefined;

  async function runCheck(): Promise<HealthReport> {
    // What cannot be known counts as up, so that the report names the cause alone.
    const report = { database: true, writes: true, disk: true, store: isStoreUp(), migrations: true };
    try {
      if (!(await takesWrites(db))) return { ...report, writes: false };
      isMigrated ||= (await pendingMigrations(db)) === 0;
      return { ...report, disk: !(await isDiskFull()), migrations: isMigrated };
    } catch {
      return { ...report, database: false };
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
