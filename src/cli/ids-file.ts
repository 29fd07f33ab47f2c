import { readFileSync, renameSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { EXIT, Stop } from './exit.ts';
import { escapeCell, openList } from './private-file.ts';

const HEADER = 'key,id';

/** The file of --ids: the keys of an import and the account ids. */
export interface IdsFile {
  add(key: string, id: string): void;
  close(): void;
}

/**
 * Adds to the file of an earlier run, whose keys are needed to move back. It is replaced at the end, so that it survives a run
 * that fails. Throws Stop if the file is another one.
 */
export function openIds(path: string): IdsFile {
  const earlier = readEarlier(path);
  if (!earlier) {
    const list = openList(path, HEADER);
    return { add: (key, id) => list.add([key, id]), close: list.close };
  }
  const list = openList(`${path}.new`, HEADER);
  return {
    add(key, id) {
      earlier.delete(escapeCell(key));
      list.add([key, id]);
    },
    close() {
      for (const pair of earlier) list.add(pair);
      const written = list.path();
      list.close();
      if (written) renameSync(written, path);
    },
  };
}

/** Undefined if there is no file, or if it is not a regular one. */
function readEarlier(path: string): Map<string, string> | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  let rows: string[][];
  try {
    rows = parse(readFileSync(path, 'utf8'), { relax_column_count: true }) as string[][]; // Without `columns`, rows are lists.
  } catch {
    rows = [['']];
  }
  const [header, ...pairs] = rows;
  if (header !== undefined && header.join() !== HEADER)
    throw new Stop(EXIT.usage, `${path} is not a file that --ids wrote: choose another name`);
  return new Map(pairs.map(([key = '', id = '']) => [key, id]));
}
