import { closeSync, fchmodSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { EXIT, Stop } from './exit.ts';

/** Characters buffered before writing. */
const BUFFER_SIZE = 64 * 1024;
const OWNER_ONLY = 0o600;

/** Opens an empty file that only its owner can read, even if it existed before. Throws Stop. */
export function openPrivately(path: string): number {
  try {
    const descriptor = openSync(path, 'w', OWNER_ONLY);
    if (isFile(descriptor)) fchmodSync(descriptor, OWNER_ONLY); // Not a device such as /dev/null.
    return descriptor;
  } catch {
    throw new Stop(EXIT.noInput, `${path} cannot be written`);
  }
}

const isFile = (descriptor: number): boolean => fstatSync(descriptor).isFile();

/** A CSV file that is deleted on close if nothing was added. Throws Stop if it cannot be written. */
export function openList(path: string, header: string) {
  const descriptor = openPrivately(path);
  let buffer = `${header}\n`;
  let isEmpty = true;
  const flush = () => {
    writeSync(descriptor, buffer);
    buffer = '';
  };
  return {
    add(cells: readonly string[]): void {
      isEmpty = false;
      buffer += `${cells.map(quoteCell).join(',')}\n`;
      if (buffer.length > BUFFER_SIZE) flush();
    },
    /** Undefined if nothing was added. */
    path: (): string | undefined => (isEmpty ? undefined : path),
    close(): void {
      if (!isEmpty) flush();
      if (isEmpty && isFile(descriptor)) rmSync(path, { force: true });
      closeSync(descriptor);
    },
  };
}

/** Keys come from the imported file: a spreadsheet must not evaluate them as formulas. */
export const escapeCell = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

function quoteCell(cell: string): string {
  const text = escapeCell(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
