import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { bigint, pgTable } from 'drizzle-orm/pg-core';
import type { PostgresConfig } from '../../config.ts';
import { type Db, openForMigration } from './client.ts';

/** At the same relative path from src and from dist. */
const FOLDER = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** An arbitrary number. The advisory lock keeps migrations of one database from running concurrently. */
const LOCK_ID = 7_031_120_264;

let files: MigrationMeta[] | undefined;
const migrations = (): MigrationMeta[] => {
  files ??= readMigrationFiles({ migrationsFolder: FOLDER });
  return files;
};

/**
 * Applies all pending migrations or, if one fails, none. Any number of replicas may call it at once: one migrates and
 * the others wait. A newer database is left unchanged, for rolling upgrades.
 * @returns how many were applied
 */
export async function migrate(db: Db): Promise<number> {
  if ((await pendingMigrations(db)) === 0) return 0;
  return db.transaction(async (tx) => {
    // No time limits: migrating, or waiting for it, can take long. `set local` also works behind PgBouncer.
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(LOCK_ID))})`);
    await tx.execute(
      sql`create table if not exists public.migrations (id serial primary key, hash text not null, created_at bigint)`,
    );
    const pending = await findPending(tx);
    for (const migration of pending) {
      for (const statement of migration.sql) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`insert into public.migrations (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`,
      );
    }
    return pending.length;
  });
}

/** The same on a separate connection, because the pool's connections have time limits. */
export async function migratePostgres(config: PostgresConfig): Promise<number> {
  const { db, close } = openForMigration(config);
  return migrate(db).finally(close);
}

/** The number of pending migrations; 0 if the database is newer. */
export const pendingMigrations = async (db: Db): Promise<number> => (await findPending(db)).length;

/** The table of drizzle-kit (drizzle.config.ts). */
const applied = pgTable('migrations', { createdAt: bigint('created_at', { mode: 'number' }) });

async function findPending(db: Db): Promise<MigrationMeta[]> {
  const [table] = await db
    .select({ exists: sql<boolean>`to_regclass('public.migrations') is not null` })
    .from(sql`(select 1) as one`);
  const appliedAt = new Set(table?.exists ? (await db.select().from(applied)).map(({ createdAt }) => createdAt) : []);
  return migrations().filter(({ folderMillis }) => !appliedAt.has(folderMillis));
}
