import { SECOND } from './clock.ts';

/** Milliseconds. */
const INTERVAL = 10 * SECOND;
/** Further kinds share a line. */
const MAX_KINDS = 100;

/** @param kind lines of the same kind are counted together */
export type RepeatedLine = (kind: string, fields: object) => void;

/**
 * A log line that any request can cause, so that a flood of requests is no flood of lines: the first of a kind is written
 * at once, and those of the next ten seconds as one line with their `count`.
 */
export function createRepeatedLine(write: (fields: object) => void): RepeatedLine {
  const counts = new Map<string, number>();
  return (given, fields) => {
    const kind = counts.has(given) || counts.size < MAX_KINDS ? given : '';
    const further = counts.get(kind);
    counts.set(kind, further === undefined ? 0 : further + 1);
    if (further !== undefined) return;
    write(fields);
    setTimeout(() => {
      const count = counts.get(kind) ?? 0;
      counts.delete(kind);
      if (count > 0) write({ ...fields, count });
    }, INTERVAL).unref();
  };
}
