import { createRequire } from 'node:module';
import { type DestinationStream, destination, pino } from 'pino';
import type { Log } from '../core/log.ts';
import { errorFields } from './error-fields.ts';
import { redact } from './redaction.ts';

/** Bytes buffered for a stalled reader. Further lines are dropped: a full pipe must not block sign-ins. */
const MAX_BACKLOG = 4 * 1024 * 1024;

/**
 * Lines are written once this many bytes have accumulated, after MAX_DELAY milliseconds, and at exit. One write per
 * line would be too expensive, because each one waits behind password hashes in the thread pool.
 */
const MIN_WRITE = 4 * 1024;
const MAX_DELAY = 100;

/**
 * Bytes that several processes can write to one pipe without mixing their lines (PIPE_BUF of Linux): a longer write may be
 * interrupted when the pipe is full.
 */
const MAX_SHARED_WRITE = 4 * 1024;

/**
 * Logs JSON lines to standard output, or readable text if that is a terminal. An entry is always one line, because
 * control characters are escaped.
 * @param level trace, debug, info, warn, error, fatal or silent
 * @param isShared whether other processes write to the same output
 */
export function createLog(
  { level, isShared = false }: { level: string; isShared?: boolean },
  to: DestinationStream = standardOutput(isShared),
): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => redact(fields) },
      serializers: { err: (error: unknown) => errorFields(error) },
    },
    to,
  );
}

function standardOutput(isShared: boolean): DestinationStream {
  if (process.stdout.isTTY) {
    // Loaded on demand: only a terminal needs it.
    const pretty: typeof import('pino-pretty') = createRequire(import.meta.url)('pino-pretty');
    return pretty({ ignore: 'pid', singleLine: true, translateTime: 'SYS:HH:MM:ss.l' });
  }
  return destination({
    dest: 1,
    sync: false,
    // Lines are not cut, so a write is longer only if a line is.
    ...(isShared ? { minLength: MAX_SHARED_WRITE / 2, maxWrite: MAX_SHARED_WRITE } : { minLength: MIN_WRITE }),
    periodicFlush: MAX_DELAY,
    maxLength: MAX_BACKLOG,
  });
}
