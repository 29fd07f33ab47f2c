import type { Log } from '../../src/core/log.ts';
import { createLog } from '../../src/infra/log.ts';

export type LogLine = string;

/** The service's log, kept in memory. */
export function recordingLog(level = 'debug'): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  return { log: createLog({ level }, { write: (line: string) => void lines.push(line) }), lines };
}
