import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Parsed } from './parsed.ts';
import { secretKey } from './secret-key.ts';

const PATIENCE_MS = 1_000;
const PAUSE_MS = 20;

/**
 * The secret of a development installation: made on first use and kept in the data directory, readable by its owner
 * alone. Of processes that start at once one creates the file and the others read it.
 */
export function developmentSecret(directory: string): Parsed<Buffer> {
  const file = join(directory, 'secret');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return { problem: `must be a directory that can be written to (${codeOf(error)})` };
  }
  for (let waited = 0; ; waited += PAUSE_MS) {
    const parsed = readSecret(file);
    if ('value' in parsed || waited >= PATIENCE_MS) return parsed;
    // Created by another process that has not written it yet.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function readSecret(file: string): Parsed<Buffer> {
  try {
    const parsed = secretKey(readFileSync(file, 'utf8').trim());
    return 'value' in parsed ? parsed : { problem: 'holds a damaged file "secret": restore it, or delete it' };
  } catch (error) {
    return { problem: `holds a file "secret" that cannot be read (${codeOf(error)})` };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
