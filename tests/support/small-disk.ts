import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, temporaryDirectory } from './server-process.ts';

export interface SmallDisk {
  readonly directory: string;
  /** Writes a file until there is no space. */
  fill(): void;
  /** Deletes the file. */
  free(): void;
  unmount(): void;
}

/** A file system of its own, in memory. Throws if this process may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const directory = temporaryDirectory('disk');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', directory], { stdio: 'pipe' });
  const filler = join(directory, 'filler');
  return {
    directory,
    fill() {
      const file = openSync(filler, 'a');
      try {
        for (const block of [1024 * 1024, 4096]) writeUntilFull(file, Buffer.alloc(block));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler),
    unmount() {
      execFileSync('umount', ['-l', directory]);
      removeDirectory(directory);
    },
  };
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

/** Why there can be no small disk; undefined if there can. */
export function smallDiskProblem(): string | undefined {
  try {
    mountSmallDisk(1).unmount();
    return undefined;
  } catch {
    return 'tests of a full disk need the right to mount a tmpfs';
  }
}
