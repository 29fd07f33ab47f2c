import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretKey } from './secret-key.ts';

const LONGEST_WAIT_MS = 1_000;
const PAUSE_MS = 20;

/** The problem is about DATA_DIR. */
export type DevelopmentSecret = { kind: 'secret'; value: Buffer } | { kind: 'problem'; problem: string };

const problemWith = (problem: string): DevelopmentSecret => ({ kind: 'problem', problem });

/**
 * The secret of a development installation. It is generated on first use and kept in the data directory, readable only
 * by its owner. If several processes start at once, one creates the file and the others read it.
 */
export function developmentSecret(directory: string): DevelopmentSecret {
  const file = join(directory, 'secret');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return problemWith(`must be a writable directory (${errorCode(error)})`);
  }
  for (let waited = 0; ; waited += PAUSE_MS) {
    const secret = readSecret(file);
    if (secret.kind === 'secret' || waited >= LONGEST_WAIT_MS) return secret;
    // Another process has created the file and not written it yet.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
}

function readSecret(file: string): DevelopmentSecret {
  try {
    const { data: value } = secretKey.safeParse(readFileSync(file, 'utf8').trim());
    return value
      ? { kind: 'secret', value }
      : problemWith('contains a damaged file "secret": restore it, or delete it');
  } catch (error) {
    return problemWith(`contains a file "secret" that cannot be read (${errorCode(error)})`);
  }
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
