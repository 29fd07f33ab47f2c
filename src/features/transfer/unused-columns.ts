import { isRecord } from './rows.ts';
import { parseIfJson } from './text/paths.ts';

/** Columns that are named. A file can have any number of them, one per record. */
export const MAX_COLUMNS = 200;

/** Counts the columns whose values no field takes. */
export interface UnusedColumns {
  /** @param taken the columns that were taken @param below the paths that were taken inside columns */
  note(record: Record<string, unknown>, taken: ReadonlySet<string>, below: ReadonlyMap<string, string[]>): void;
  /** The columns and in how many records each had a value. Starts again. */
  take(): [column: string, count: number][];
}

/** @param ignored columns that are not counted */
export function createUnusedColumns(ignored: ReadonlySet<string>): UnusedColumns {
  let unused = new Map<string, number>();

  function count(column: string): void {
    if (ignored.has(column)) return;
    const name = unused.has(column) || unused.size < MAX_COLUMNS ? column : 'other columns';
    unused.set(name, (unused.get(name) ?? 0) + 1);
  }

  return {
    note(record, taken, below) {
      for (const column in record) {
        const value = record[column];
        if (taken.has(column) || isEmpty(value)) continue;
        const paths = below.get(column);
        const parent = paths && parseIfJson(value);
        if (!isRecord(parent)) count(column);
        else
          for (const [name, child] of Object.entries(parent))
            if (!isTaken(paths, name) && !isEmpty(child)) count(`${column}.${name}`);
      }
    },

    take() {
      const counted = [...unused];
      unused = new Map();
      return counted;
    },
  };
}

const isTaken = (below: readonly string[] | undefined, name: string): boolean =>
  (below ?? []).some((path) => path === name || path.startsWith(`${name}.`));

/** Whether nothing is lost if the value is not taken. @param isFalseEmpty whether that is so of a flag that is not set */
export function isEmpty(value: unknown, isFalseEmpty = true): boolean {
  if (value === undefined || value === null) return true;
  if (value === false || value === 'false' || value === 'f') return isFalseEmpty;
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return typeof value === 'string' && ['', 'NULL', '\\N', '[]', '{}'].includes(value.trim());
}
