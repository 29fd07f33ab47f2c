import type { Log } from '../core/log.ts';
import { createRepeatedLine } from '../core/repeated-line.ts';

/** Logs requests that fail because a dependency is unavailable: in an outage, all do. */
export type UnavailableLine = (error: unknown, fields: object) => void;

export function createUnavailableLine(log: Log): UnavailableLine {
  const write = createRepeatedLine((fields) => log.warn(fields, 'a dependency is unavailable'));
  return (error, fields) => write(innermostCode(error), { err: error, ...fields });
}

/** Such as 53100 or ECONNREFUSED; the name of an error without a code. */
function innermostCode(error: unknown): string {
  let kind = '';
  for (let cause = error; cause instanceof Error; ) {
    kind = 'code' in cause ? String(cause.code) : cause.name;
    cause = 'originalError' in cause && cause.originalError ? cause.originalError : cause.cause;
  }
  return kind;
}
