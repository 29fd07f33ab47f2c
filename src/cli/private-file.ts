import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { EXIT, Stop } from './exit.ts';

/** Bytes that are gathered before they are written. */
const PORTION = 64 * 1024;

/** Opens a file anew that nobody else may read. Throws Stop. */
export function openPrivately(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch {
    throw new Stop(EXIT.noInput, `${path} cannot be written`);
  }
}

/** A CSV file that comes to be with its first line. One of that name goes: it is of an earlier run. */
export function openList(path: string, header: string) {
  rmSync(path, { force: true });
  let descriptor: number | undefined;
  let waiting = '';
  const flush = () => {
    descriptor ??= openPrivately(path);
    writeSync(descriptor, waiting);
    waiting = '';
  };
  return {
    add(cells: readonly string[]): void {
      if (descriptor === undefined && waiting === '') waiting = `${header}\n`;
      waiting += `${cells.map(quoted).join(',')}\n`;
      if (waiting.length > PORTION) flush();
    },
    /** Undefined: there was nothing to write. */
    path: (): string | undefined => (descriptor === undefined ? undefined : path),
    async close(): Promise<void> {
      if (waiting !== '') flush();
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

/** Keys are the file's own: one that begins like a formula is shown as text. */
function quoted(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
