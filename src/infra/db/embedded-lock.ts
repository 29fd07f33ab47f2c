import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const held = new Set<string>();

export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
  constructor(directory: string, owner: number) {
    super(`the embedded database in ${directory} is open in process ${owner}: stop that one first, or use PostgreSQL`);
  }
}

/**
 * Keeps a second process away from the directory of an embedded database: PGlite does not look whether another one has
 * it open, and two writers destroy it.
 * Throws DirectoryInUse.
 * @returns what gives the directory free again
 */
export function lockDirectory(directory: string): () => void {
  const file = `${directory}.pid`;
  const release = () => {
    held.delete(file);
    rmSync(file, { force: true });
  };
  if (held.has(file)) throw new DirectoryInUse(directory, process.pid);
  if (!create(file)) {
    const owner = ownerOf(file);
    if (isRunning(owner)) throw new DirectoryInUse(directory, owner);
    rmSync(file, { force: true }); // Left behind by a crash.
    if (!create(file)) throw new DirectoryInUse(directory, ownerOf(file));
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

/** 0: it has just been created, and its owner is about to write its number. */
const ownerOf = (file: string): number => Number(readFileSync(file, 'utf8'));

/** Our own number in the file is that of an earlier life: containers count from 1. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
