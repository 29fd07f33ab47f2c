import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Config } from '../../config.ts';
import { monotonic } from '../../core/clock.ts';
import { type Database, openDatabase } from './client.ts';
import { migrate, migratePostgres, pendingMigrations } from './migrate.ts';
import { isUnavailable } from './outage.ts';
import { checkSchema } from './schema.ts';

const PAUSE = 250;

/** Migrations are missing. In production, an operator decides when to apply them. */
export class DatabaseBehind extends Error {
  override readonly name = 'DatabaseBehind';
  constructor(readonly pending: number) {
    super(`the database is ${pending} migration${pending === 1 ? '' : 's'} behind: run latchkey migrate`);
  }
}

/**
 * Opens the database, waits until it responds, and migrates it if necessary. In production on PostgreSQL, throws
 * DatabaseBehind instead of migrating.
 * @param timeout milliseconds to wait for a server that is not up yet
 */
export async function openReadyDatabase(
  config: Pick<Config, 'production' | 'database'>,
  timeout: number,
): Promise<Database> {
  const database = await openDatabase(config.database);
  try {
    await waitForDatabase(database, timeout);
    const { schema } = config.database;
    const pending = await pendingMigrations(database.db, schema);
    if (pending > 0) {
      if (config.database.kind === 'embedded') await migrate(database.db, schema);
      else if (config.production) throw new DatabaseBehind(pending);
      else await migratePostgres(config.database);
    }
    await checkSchema(database.db, schema);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Resolves when the database responds. Retries while it is unavailable; other errors, such as a wrong password, are
 * final.
 */
async function waitForDatabase({ db }: Database, timeout: number): Promise<void> {
  const deadline = monotonic() + timeout;
  for (;;) {
    try {
      await db.execute(sql`select 1`);
      return;
    } catch (error) {
      if (!isUnavailable(error) || monotonic() + PAUSE > deadline) throw error;
      await sleep(PAUSE);
    }
  }
}
