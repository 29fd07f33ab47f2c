import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/latchkey-tests/', import.meta.url));

/**
 * The path of a file or directory that is slow to make and the same every time. Made once; workers that want it at the
 * same moment each make their own, and the first one stays.
 * @param make returns where it has put it; the original is taken away
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
    rmSync(nearby, { recursive: true, force: true }); // Somebody else was quicker.
  }
  return path;
}
