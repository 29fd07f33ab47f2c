import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/latchkey-tests/', import.meta.url));

/**
 * The path of something that is slow to make and always the same. Made once; of parallel workers the first one wins.
 * @param make returns where it has put it; the original is removed
 */
export async function cached(name: string, make: () => Promise<string>): Promise<string> {
  const path = join(CACHE, name);
  if (existsSync(path)) return path;
  const made = await make();
  mkdirSync(CACHE, { recursive: true });
  const nearby = join(CACHE, `.${name}-${process.pid}`);
  cpSync(made, nearby, { recursive: true });
  rmSync(made, { recursive: true, force: true });
  try {
    renameSync(nearby, path);
  } catch {
    rmSync(nearby, { recursive: true, force: true }); // Another worker was faster.
  }
  return path;
}
