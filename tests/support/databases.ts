import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { PostgresConfig } from '../../src/config.ts';
import { type Database, openDatabase, openEmbedded } from '../../src/infra/db/client.ts';
import { migrate, migratePostgres } from '../../src/infra/db/migrate.ts';
import { cached } from './cache.ts';
import { loadTestConfig } from './config.ts';
import { createEmbeddedPool } from './embedded-pool.ts';
import { temporaryDirectory } from './server-process.ts';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * A new database on the server, migrated unless told otherwise.
 * @param tablespace a directory of the server's, for the database's files but not its log
 */
export async function freshDatabase(
  serverUrl: string,
  { migrated = true, tablespace = '' } = {},
): Promise<FreshDatabase> {
  const name = randomName();
  const template = migrated ? await migratedTemplate(serverUrl) : 'template1';
  if (tablespace) await runOn(serverUrl, `create tablespace ${name} location '${tablespace}'`);
  await runOn(serverUrl, `create database ${name} template ${template} ${tablespace && `tablespace ${name}`}`);
  const drop = async () => void (await runOn(serverUrl, `drop database if exists ${name} with (force)`));
  return { url: databaseUrl(serverUrl, name), drop };
}

/** The name of a migrated database on the server. Copying it is much faster than migrating. */
async function migratedTemplate(serverUrl: string): Promise<string> {
  const template = `latchkey_template_${migrationsDigest()}`;
  const exists = `select 1 from pg_database where datname = '${template}'`;
  if ((await runOn(serverUrl, exists)).length > 0) return template;
  const name = randomName();
  await runOn(serverUrl, `create database ${name}`);
  await migratePostgres(settingsFor(databaseUrl(serverUrl, name)));
  try {
    await runOn(serverUrl, `alter database ${name} rename to ${template}`);
  } catch (error) {
    await runOn(serverUrl, `drop database ${name}`);
    if ((await runOn(serverUrl, exists)).length === 0) throw error; // Otherwise another worker was faster.
  }
  return template;
}

const randomName = () => `latchkey_${randomBytes(8).toString('hex')}`;
const databaseUrl = (serverUrl: string, name: string) =>
  Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;

async function runOn(serverUrl: string, statement: string) {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  return sql.unsafe(statement).finally(() => sql.end({ timeout: 1 }));
}

/** Opens the service's own pool on a database. The caller must close it. */
export const openPostgresDatabase = (url: string, poolSize = 10): Promise<Database> =>
  openDatabase(settingsFor(url, poolSize));

/** The configuration of a pool on the database. */
export function settingsFor(url: string, poolSize = 1): PostgresConfig {
  const { database } = loadTestConfig({ DATABASE_URL: url, DATABASE_POOL_SIZE: String(poolSize) });
  if (database.kind !== 'postgres') throw new Error('DATABASE_URL is empty');
  return database;
}

/** PGlite's default, 128 MiB, takes longer to lay out at each start than everything else. */
const SMALL_MEMORY = "alter system set shared_buffers = '2MB'";
/** For what is never opened after a crash. */
const NOTHING_TO_RECOVER = [
  'full_page_writes = off',
  'wal_init_zero = off',
  'max_wal_senders = 0',
  'wal_level = minimal',
];

const embedded = createEmbeddedPool(async () => {
  const client = new PGlite({ loadDataDir: new FileInMemory(readFileSync(await embeddedDump())) });
  await client.waitReady;
  return client;
});

/** A Blob copies its bytes three times before it gives them out. */
class FileInMemory extends Blob {
  readonly #bytes: Buffer;
  constructor(bytes: Buffer) {
    super([]);
    this.#bytes = bytes;
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#bytes).buffer;
  }
}

/** A migrated, empty PGlite in memory. The caller must close it. */
export const embeddedDatabase = (): Promise<Database> => embedded.take();

/** A DATA_DIR with a migrated database, as after an earlier command. It is copied, because creating one takes seconds. */
export async function dataDirectory(): Promise<string> {
  const original = await cached(`pglite-${migrationsDigest()}`, async () => {
    const directory = temporaryDirectory('pglite');
    const client = new PGlite(join(directory, 'database'));
    await client.exec(SMALL_MEMORY);
    const { db, close } = await openEmbedded(client);
    await migrate(db, 'public');
    await close();
    return directory;
  });
  const directory = temporaryDirectory('data');
  cpSync(original, directory, { recursive: true });
  return directory;
}

/** The tar file of a migrated PGlite's directory. */
function embeddedDump(): Promise<string> {
  return cached(`pglite-${migrationsDigest()}.tar`, async () => {
    const client = new PGlite({ initDbStartParams: ['--wal-segsize=1'] });
    await migrate((await openEmbedded(client)).db, 'public');
    await client.exec(SMALL_MEMORY);
    for (const setting of NOTHING_TO_RECOVER) await client.exec(`alter system set ${setting}`);
    for (const name of ['template0', 'template1']) {
      await client.exec(`update pg_database set datistemplate = false where datname = '${name}'`);
      await client.exec(`drop database ${name}`);
    }
    await client.exec('checkpoint');
    const file = join(temporaryDirectory('pglite'), 'dump.tar');
    writeFileSync(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
    await client.close();
    return file;
  });
}

/** Makes the embedded database of a DATA_DIR that a command has created open faster. */
export function useSmallMemory(directory: string): void {
  appendFileSync(join(directory, 'database/postgresql.auto.conf'), "shared_buffers = '2MB'\n");
}

let digest: string | undefined;

function migrationsDigest(): string {
  digest ??= digestMigrations();
  return digest;
}

function digestMigrations(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(createRequire(import.meta.url).resolve('@electric-sql/pglite')));
  hash.update([dataDirectory, embeddedDump, SMALL_MEMORY, NOTHING_TO_RECOVER].join());
  for (const file of readdirSync(MIGRATIONS).sort()) {
    if (file.endsWith('.sql')) hash.update(file).update(readFileSync(join(MIGRATIONS, file)));
  }
  return hash.digest('hex').slice(0, 16);
}
