import { createRequire } from 'node:module';
import { type DestinationStream, destination, pino } from 'pino';
import type { Log } from '../core/log.ts';
import { errorFields } from './error-fields.ts';
import { redacted } from './redaction.ts';

/** Bytes that may wait for a reader that has stalled. Beyond it lines are dropped: a full pipe must not stop sign-ins. */
const LONGEST_BACKLOG = 4 * 1024 * 1024;

/**
 * Bytes that are written at once, and milliseconds after which fewer are, too. What waits is written at the exit. A
 * write goes through the thread pool, behind password hashes: one for each line would cost more than making the line.
 */
const CHUNK = 4 * 1024;
const LONGEST_WAIT = 100;

/**
 * JSON lines on standard output; readable ones when that is a terminal. A line is one line whatever its fields hold:
 * control characters are escaped.
 * @param level trace, debug, info, warn, error, fatal or silent
 */
export function createLog({ level }: { level: string }, to: DestinationStream = standardOutput()): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => redacted(fields) },
      serializers: { err: (error: unknown) => errorFields(error) },
    },
    to,
  );
}

function standardOutput(): DestinationStream {
  if (process.stdout.isTTY) {
    // Loaded only here: a server that runs under a supervisor never needs it.
    const pretty: typeof import('pino-pretty') = createRequire(import.meta.url)('pino-pretty');
    return pretty({ ignore: 'pid', singleLine: true, translateTime: 'SYS:HH:MM:ss.l' });
  }
  return destination({
    dest: 1,
    sync: false,
    minLength: CHUNK,
    periodicFlush: LONGEST_WAIT,
    maxLength: LONGEST_BACKLOG,
  });
}
