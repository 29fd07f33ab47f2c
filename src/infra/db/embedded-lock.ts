import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const held = new Set<string>();

export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
  constructor(
    readonly directory: string,
    owner: number,
  ) {
    super(`the embedded database in ${directory} is open in process ${owner}: stop that one first, or use PostgreSQL`);
  }
}

/**
 * Locks the directory of an embedded database: PGlite does not check whether another process has it open, and two
 * writers corrupt it. Throws DirectoryInUse.
 * @returns a function that releases the lock
 */
export function lockDirectory(directory: string): () => void {
  const file = `${directory}.pid`;
  const release = () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
  if (held.has(file)) throw new DirectoryInUse(directory, process.pid);
  if (!create(file)) {
    const owner = readOwner(file);
    if (isRunning(owner)) throw new DirectoryInUse(directory, owner);
    rmSync(file, { force: true }); // Left behind by a crash.
    if (!create(file)) throw new DirectoryInUse(directory, readOwner(file));
  }
  held.add(file);
  return release;
}

function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** 0: the file has just been created, and its owner is about to write its process id. */
const readOwner = (file: string): number => Number(readFileSync(file, 'utf8'));

/** Our own process id in the file is from an earlier run: in containers, process ids start at 1. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
