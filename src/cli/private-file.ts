import { closeSync, fchmodSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { EXIT, Stop } from './exit.ts';

/** Bytes that are gathered before they are written. */
const PORTION = 64 * 1024;
const OWNER_ONLY = 0o600;

/** Opens a file anew that nobody else may read, also when it was there before. Throws Stop. */
export function openPrivately(path: string): number {
  try {
    const descriptor = openSync(path, 'w', OWNER_ONLY);
    if (isFile(descriptor)) fchmodSync(descriptor, OWNER_ONLY); // Not a device: /dev/null stays as it is.
    return descriptor;
  } catch {
    throw new Stop(EXIT.noInput, `${path} cannot be written`);
  }
}

const isFile = (descriptor: number): boolean => fstatSync(descriptor).isFile();

/** A CSV file that is there in the end only if something was added. Throws Stop when it cannot be written. */
export function openList(path: string, header: string) {
  const descriptor = openPrivately(path);
  let waiting = `${header}\n`;
  let isEmpty = true;
  const flush = () => {
    writeSync(descriptor, waiting);
    waiting = '';
  };
  return {
    add(cells: readonly string[]): void {
      isEmpty = false;
      waiting += `${cells.map(quoted).join(',')}\n`;
      if (waiting.length > PORTION) flush();
    },
    /** Undefined: there was nothing to write. */
    path: (): string | undefined => (isEmpty ? undefined : path),
    close(): void {
      if (!isEmpty) flush();
      if (isEmpty && isFile(descriptor)) rmSync(path, { force: true });
      closeSync(descriptor);
    },
  };
}

/** Keys are the file's own: one that begins like a formula is shown as text. */
function quoted(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
