import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/latchkey-tests/', import.meta.url));

/**
 * Keeps a file or directory that is slow to make and always the same. Returns its path. If several workers make it at
 * once, the first one wins.
 * @param make returns the path of the original, which is moved into the cache
 */
export async function cached(name: string, make: () => Promise<string>): Promise<string> {
  const path = join(CACHE, name);
  if (existsSync(path)) return path;
  const original = await make();
  mkdirSync(CACHE, { recursive: true });
  const copy = join(CACHE, `.${name}-${process.pid}`);
  cpSync(original, copy, { recursive: true });
  rmSync(original, { recursive: true, force: true });
  try {
    renameSync(copy, path);
  } catch {
    rmSync(copy, { recursive: true, force: true }); // Another worker was faster.
  }
  return path;
}
