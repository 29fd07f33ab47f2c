import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { askService } from '../app/service-socket.ts';
import type { EmbeddedConfig } from '../config.ts';
import { openDatabase } from '../infra/db/client.ts';
import { isWholeTar, NotRestorable, restoreDirectory } from '../infra/db/embedded-copy.ts';
import { DirectoryInUse } from '../infra/db/embedded-lock.ts';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { openPrivately } from './private-file.ts';
import { loadConfigOrStop } from './settings.ts';
import { withServices } from './with-services.ts';

/** Writes the embedded database to a file, also while the service runs. */
export async function runBackup(file: string): Promise<void> {
  const database = loadEmbedded();
  if (!existsSync(database.directory)) throw new Stop(EXIT.noInput, `there is no database in ${database.directory}`);
  const unfinished = `${file}.partial`;
  try {
    await writeBackup(database, unfinished);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  printLine(`backup written: ${file}`);
  printError('SECRET_KEY is not in the backup, which is of little use without it: keep it in another place');
}

async function writeBackup(database: EmbeddedConfig, file: string): Promise<void> {
  try {
    await saveDirectly(database, file);
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    await save(askService(database.directory, { command: 'backup' }), file).catch((failure: NodeJS.ErrnoException) => {
      throw failure.syscall === 'connect' ? error : failure; // A service that does not listen for commands.
    });
  }
  // Read again: the disk, or the service, may have failed meanwhile.
  const tar = await readBackup(file);
  if (tar.length === 0) throw new Stop(EXIT.failed, 'the service made no copy: see its log');
  if (!isWholeTar(tar)) throw new Stop(EXIT.failed, 'the copy is not complete: try again');
}

/** Throws DirectoryInUse while the service runs. */
async function saveDirectly(config: EmbeddedConfig, file: string): Promise<void> {
  const { dump, close } = await openDatabase(config);
  const tar = await dump().finally(close);
  await save(Readable.from([tar]), file);
}

const save = (tar: Readable, file: string): Promise<void> =>
  pipeline(tar, createGzip(), createWriteStream(file, { fd: openPrivately(file), flush: true }));

/** Creates a database from a backup. */
export async function runRestore(file: string): Promise<void> {
  const database = loadEmbedded();
  const tar = await readBackup(file);
  await restoreDirectory(database, tar).catch((error: unknown) => {
    throw error instanceof NotRestorable ? new Stop(EXIT.data, `${file} was not restored: ${error.message}`) : error;
  });
  const { rows } = await withServices(({ listEvents }) => listEvents({ first: 1 }));
  const last = rows[0] ? `; its last event is from ${rows[0].at.toISOString()}` : '';
  printLine(`restored to ${database.directory}${last}`);
  printError('sessions that ended after the backup can be used again: end all sessions with latchkey sessions end-all');
}

/** The tar file in a backup. Throws Stop. */
async function readBackup(file: string): Promise<Buffer> {
  try {
    return await pipeline(createReadStream(file), createGunzip(), (tar: AsyncIterable<Buffer>) => buffer(tar));
  } catch (error) {
    const isDamaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isDamaged
      ? new Stop(EXIT.data, `${file} is damaged, or is not a backup`)
      : new Stop(EXIT.noInput, `${file} cannot be read`);
  }
}

function loadEmbedded(): EmbeddedConfig {
  const { config } = loadConfigOrStop();
  if (config.database.kind === 'embedded') return config.database;
  throw new Stop(
    EXIT.usage,
    'this command is for the embedded database; PostgreSQL has its own, such as pg_dump: see docs/backup.md',
  );
}
