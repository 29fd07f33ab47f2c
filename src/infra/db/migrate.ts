import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { PostgresConfig } from '../../config.ts';
import { type Db, openForMigration } from './client.ts';
import { quoteIdentifier } from './identifier.ts';

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
 * @param schema where the tables are. It is created if it does not exist
 * @returns how many were applied
 */
export async function migrate(db: Db, schema: string): Promise<number> {
  if ((await pendingMigrations(db, schema)) === 0) return 0;
  return db
    .transaction((tx) => apply(tx, schema))
    .catch(async (error: unknown) => {
      throw isNoRight(error) ? await describeMissingRight(db, schema) : error;
    });
}

async function apply(tx: Db, schema: string): Promise<number> {
  const place = quoteIdentifier(schema);
  // No time limits: migrating, or waiting for it, can take long. `set local` also works behind PgBouncer.
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(LOCK_ID))})`);
  await tx.execute(sql`set local search_path = ${sql.raw(place)}`);
  if (!(await schemaExists(tx, schema))) await tx.execute(sql`create schema ${sql.raw(place)}`);
  await tx.execute(
    sql`create table if not exists migrations (id serial primary key, hash text not null, created_at bigint)`,
  );
  const pending = await findPending(tx, schema);
  for (const migration of pending) {
    // drizzle-kit names the schema in foreign keys only.
    for (const statement of migration.sql)
      await tx.execute(sql.raw(statement.replaceAll('"public".', () => `${place}.`)));
    await tx.execute(
      sql`insert into migrations (hash, created_at) values (${migration.hash}, ${migration.folderMillis})`,
    );
  }
  return pending.length;
}

/** The same on a separate connection, because the pool's connections have time limits. */
export async function migratePostgres(config: PostgresConfig): Promise<number> {
  const { db, close } = openForMigration(config);
  return migrate(db, config.schema).finally(close);
}

/** The number of pending migrations; 0 if the database is newer. */
export const pendingMigrations = async (db: Db, schema: string): Promise<number> =>
  (await findPending(db, schema)).length;

async function findPending(db: Db, schema: string): Promise<MigrationMeta[]> {
  const place = `${quoteIdentifier(schema)}.migrations`;
  const [table] = await db
    .select({ exists: sql<boolean>`to_regclass(${place}) is not null` })
    .from(sql`(select 1) as one`);
  const rows = table?.exists ? db.select({ createdAt }).from(sql`${sql.raw(place)}`) : [];
  const appliedAt = new Set((await rows).map((row) => row.createdAt));
  return migrations().filter(({ folderMillis }) => !appliedAt.has(folderMillis));
}

/** Of the table of drizzle-kit (drizzle.config.ts), in milliseconds. */
const createdAt = sql<number>`created_at::double precision`.mapWith(Number);

async function schemaExists(db: Db, schema: string): Promise<boolean> {
  const [row] = await db
    .select({ exists: sql<boolean>`to_regnamespace(${quoteIdentifier(schema)}) is not null` })
    .from(sql`(select 1) as one`);
  return row?.exists ?? false;
}

/** The role of DATABASE_URL may not create the tables. The message says who has to do what. */
export class NoRightToCreate extends Error {
  override readonly name = 'NoRightToCreate';
}

const isNoRight = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === '42501') || isNoRight(error.cause));

async function describeMissingRight(db: Db, schema: string): Promise<Error> {
  const [row] = await db
    .select({
      role: sql<string>`quote_ident(current_user)`,
      database: sql<string>`quote_ident(current_database())`,
    })
    .from(sql`(select 1) as one`);
  const [role, place] = [row?.role ?? 'the role', quoteIdentifier(schema)];
  const statement = (await schemaExists(db, schema))
    ? `grant usage, create on schema ${place} to ${role}`
    : `create schema ${place} authorization ${role}`;
  return new NoRightToCreate(
    `the role ${role} may not create tables in the schema ${place}. As an administrator of the database ` +
      `${row?.database}, run: ${statement}; or make ${role} the owner of the database`,
  );
}
