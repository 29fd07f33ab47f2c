import { fdatasyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';

/**
 * Opens the embedded database in a directory.
 * @param isDurable whether a commit waits until it is on the disk, and so survives a power failure. By default PGlite
 *   leaves that to the operating system, which writes within seconds; after a crash of the process alone nothing is lost
 */
export async function openDirectory(directory: string, isDurable: boolean): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite'); // Not loaded with PostgreSQL: it takes memory.
  if (!isDurable) return ready(new PGlite(directory));
  const client = await ready(
    new PGlite(directory, { startParams: [...withFsync(PGlite.defaultStartParams), ...BY_FSYNC] }),
  );
  reachDisk(client, PGlite.paths.PGDATA);
  await client.exec('checkpoint'); // What was written before.
  return client;
}

async function ready(client: PGlite): Promise<PGlite> {
  await client.waitReady;
  return client;
}

/** -F turns fsync off. */
const withFsync = (parameters: readonly string[]): string[] => parameters.filter((parameter) => parameter !== '-F');

/** Emscripten ignores fdatasync, which is the default. */
const BY_FSYNC = ['-c', 'wal_sync_method=fsync'];

/** Emscripten's file system of Node.js ignores fsync, too, unless it is told what to do. All files share these operations. */
function reachDisk({ Module: { FS } }: PGlite, data: string): void {
  const stream = FS.open(`${data}/PG_VERSION`, 'r');
  const operations = stream.stream_ops as { fsync?: (stream: { nfd: number }) => number };
  FS.close(stream);
  operations.fsync = ({ nfd }) => {
    fdatasyncSync(nfd);
    return 0;
  };
}
