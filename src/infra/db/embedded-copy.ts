import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EmbeddedConfig } from '../../config.ts';
import { isOccupied, openDirectory } from './embedded-directory.ts';
import { lockDirectory } from './embedded-lock.ts';
import { quoteIdentifier } from './identifier.ts';

/** The copy cannot be restored, or not into this directory. */
export class NotRestorable extends Error {
  override readonly name = 'NotRestorable';
}

/** A tar file is a sequence of blocks and ends with two empty ones (POSIX.1-1988, ustar). */
const BLOCK = 512;
const MAGIC = 'ustar';
const MAGIC_AT = 257;

/** Whether it is a complete tar file. PGlite does not check this. */
export function isWholeTar(bytes: Buffer): boolean {
  const isTar = bytes.toString('latin1', MAGIC_AT, MAGIC_AT + MAGIC.length) === MAGIC;
  return isTar && bytes.length % BLOCK === 0 && bytes.subarray(-2 * BLOCK).every((byte) => byte === 0);
}

/**
 * Creates an embedded database from a copy that `Database.dump` has made. The directory must be empty or missing; it gets all
 * files or none. Throws NotRestorable, DirectoryInUse.
 */
export async function restoreDirectory({ directory, schema }: EmbeddedConfig, tar: Buffer): Promise<void> {
  if (!isWholeTar(tar)) throw new NotRestorable('it is damaged, or is not a backup of an embedded database');
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
  const release = lockDirectory(directory);
  const unfinished = `${directory}.restoring`;
  try {
    if (isOccupied(directory)) throw new NotRestorable(`${directory} is not empty: move it away first`);
    rmSync(unfinished, { recursive: true, force: true }); // Left behind by a crash.
    await load(unfinished, schema, tar);
    rmSync(directory, { force: true, recursive: true });
    renameSync(unfinished, directory);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    release();
  }
}

async function load(directory: string, schema: string, tar: Buffer): Promise<void> {
  const client = await openDirectory(directory, true, new Blob([new Uint8Array(tar)])).catch(() => {
    throw new NotRestorable('its database does not open: it is damaged, or another version wrote it');
  });
  const table = `${quoteIdentifier(schema)}.migrations`;
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [table]);
  await client.close();
  if (!rows[0]?.found) throw new NotRestorable(`it has no tables in the schema ${schema}: see DATABASE_SCHEMA`);
}
