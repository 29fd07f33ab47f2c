import { createHash, randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { PostgresConfig } from '../../src/config.ts';
import { type Database, openDatabase, openEmbedded } from '../../src/infra/db/client.ts';
import { migrate, migratePostgres } from '../../src/infra/db/migrate.ts';
import { cached } from './cache.ts';
import { temporaryDirectory } from './server-process.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A new database on the server, migrated unless told otherwise. */
export async function freshDatabase(serverUrl: string, { migrated = true } = {}): Promise<FreshDatabase> {
  const name = `latchkey_${randomBytes(8).toString('hex')}`;
  const onServer = async (statement: string) => {
    const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
    await sql.unsafe(statement).finally(() => sql.end({ timeout: 1 }));
  };
  await onServer(`create database ${name}`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  if (migrated) await migratePostgres(settingsFor(url));
  return { url, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

/** The service's own pool on a database. Close it. */
export const openPostgresDatabase = (url: string, poolSize = 10): Promise<Database> =>
  openDatabase(settingsFor(url, poolSize));

const settingsFor = (url: string, poolSize = 1): PostgresConfig => ({
  kind: 'postgres',
  url,
  poolSize,
  preparedStatements: true,
});

/** A migrated PGlite in memory. Close it. */
export async function embeddedDatabase(): Promise<Database> {
  const dump = readFileSync(await embeddedDump());
  return openEmbedded(new PGlite({ loadDataDir: new Blob([new Uint8Array(dump)]) }));
}

/** A DATA_DIR with a migrated database, as an earlier command leaves it: making one anew takes seconds. */
export async function dataDirectory(): Promise<string> {
  const made = await cached(`pglite-${migrationsDigest()}`, async () => {
    const directory = temporaryDirectory('pglite');
    const { db, close } = await openEmbedded(new PGlite(join(directory, 'database')));
    await migrate(db);
    await close();
    return directory;
  });
  const directory = temporaryDirectory('data');
  cpSync(made, directory, { recursive: true });
  return directory;
}

/** The tar file of a migrated PGlite's directory. */
function embeddedDump(): Promise<string> {
  return cached(`pglite-${migrationsDigest()}.tar`, async () => {
    const client = new PGlite();
    await migrate((await openEmbedded(client)).db);
    const file = join(temporaryDirectory('pglite'), 'dump.tar');
    writeFileSync(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
    await client.close();
    return file;
  });
}

function migrationsDigest(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(createRequire(import.meta.url).resolve('@electric-sql/pglite')));
  for (const file of readdirSync(MIGRATIONS).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
