import { accessSync, constants, existsSync, fdatasyncSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';

/** A database without tables, which the build makes. */
const EMPTY = new URL('../../../assets/embedded/empty.tar.gz', import.meta.url);

/** The directory has files that are damaged, incomplete, or of another version of PGlite. */
export class DirectoryUnusable extends Error {
  override readonly name = 'DirectoryUnusable';
  constructor(directory: string, options?: ErrorOptions) {
    super(
      `the embedded database in ${directory} cannot be opened: its files are damaged or incomplete, or another version wrote them. Move the directory away and restore a backup (latchkey restore FILE): see docs/backup.md`,
      options,
    );
  }
}

/**
 * Opens the embedded database in a directory, or creates it. Throws DirectoryUnusable.
 * @param isDurable whether a commit waits until it is on the disk, and so survives a power failure. By default PGlite
 *   leaves that to the operating system, which writes within seconds; after a crash of the process alone nothing is lost
 * @param copy a tar file to create the directory from; the directory must not exist yet
 */
export async function openDirectory(directory: string, isDurable: boolean, copy?: Blob): Promise<PGlite> {
  // PGlite would create a new database over what is left of one.
  if (isOccupied(directory) && !existsSync(join(directory, 'PG_VERSION'))) throw new DirectoryUnusable(directory);
  try {
    return await open(directory, isDurable, copy);
  } catch (cause) {
    if (!existsSync(directory)) throw cause;
    accessSync(directory, constants.R_OK | constants.W_OK);
    throw new DirectoryUnusable(directory, { cause }); // PGlite's error gives no reason.
  }
}

/** Whether the path is something else than an empty directory. */
export function isOccupied(path: string): boolean {
  try {
    return readdirSync(path).length > 0;
  } catch {
    return existsSync(path);
  }
}

async function open(directory: string, isDurable: boolean, copy: Blob | undefined): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite'); // Not loaded with PostgreSQL: it takes memory.
  const loadDataDir = copy ?? (isOccupied(directory) ? undefined : readEmpty());
  const source = loadDataDir ? { loadDataDir } : {};
  const startParams = [...PGlite.defaultStartParams, ...BUFFERS];
  if (!isDurable) return ready(new PGlite(directory, { ...source, startParams }));
  const client = await ready(
    new PGlite(directory, { ...source, startParams: [...withFsync(startParams), ...BY_FSYNC] }),
  );
  enableFsync(client, PGlite.paths.PGDATA);
  await client.exec('checkpoint'); // Also writes to the disk what was written before `enableFsync`.
  return client;
}

/** Unpacking it takes a quarter of the time of making a new one, which PGlite does without it. Undefined without a build. */
const readEmpty = (): Blob | undefined =>
  existsSync(EMPTY) ? new Blob([readFileSync(EMPTY)], { type: 'application/x-gzip' }) : undefined;

async function ready(client: PGlite): Promise<PGlite> {
  await client.waitReady;
  return client;
}

/** PostgreSQL's default of 128 MB is all in memory from the start. The operating system caches the files, too. */
const BUFFERS = ['-c', 'shared_buffers=16MB'];

/** -F turns fsync off. */
const withFsync = (parameters: readonly string[]): string[] => parameters.filter((parameter) => parameter !== '-F');

/** Emscripten ignores fdatasync, which is the default. */
const BY_FSYNC = ['-c', 'wal_sync_method=fsync'];

/** Emscripten's file system of Node.js ignores fsync, too, unless it is told what to do. All files share these operations. */
function enableFsync({ Module: { FS } }: PGlite, data: string): void {
  const stream = FS.open(`${data}/PG_VERSION`, 'r');
  const operations = stream.stream_ops as { fsync?: (stream: { nfd: number }) => number };
  FS.close(stream);
  operations.fsync = ({ nfd }) => {
    fdatasyncSync(nfd);
    return 0;
  };
}
