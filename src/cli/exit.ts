import { MetricsPortUnusable } from '../http/metrics-server.ts';
import { DirectoryUnusable } from '../infra/db/embedded-directory.ts';
import { DirectoryInUse } from '../infra/db/embedded-lock.ts';
import { explainDatabaseError } from '../infra/db/explain.ts';
import { MigrationBlocked, MigrationFailed } from '../infra/db/migrations/failures.ts';
import { isUnavailable } from '../infra/db/outage.ts';
import { InvalidMessageFiles } from '../messages/message-files.ts';

/** As in sysexits.h, so that scripts and supervisors can tell whether a retry may help. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 64,
  data: 65,
  noInput: 66,
  unavailable: 69,
  configuration: 78,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0   success
  1   failure, doctor found a problem, or the service is not ready
  64  wrong usage
  65  an import rejected some rows, a file is not in the expected format, or the embedded database is damaged
  66  a file cannot be read or written
  69  the database or another service does not respond: try again later
  78  the settings are not valid: all errors are on standard error
  130 interrupted`;

/** Ends the command with a message and an exit code. */
export class Stop extends Error {
  override readonly name = 'Stop';
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

export const printLine = (line: string): void => void process.stdout.write(`${line}\n`);
export const printError = (line: string): void => void process.stderr.write(`${line}\n`);

/** Error codes of drivers and operating systems, explained to the operator. */
const MEANINGS: Record<string, string> = {
  ECONNREFUSED: 'connection refused: nothing is listening at that address',
  ECONNRESET: 'the connection was closed by the other side',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'the host name cannot be resolved right now',
  ETIMEDOUT: 'no response in time',
  EADDRINUSE: 'another program is using that address: stop it, or set PORT',
  EADDRNOTAVAIL: 'this machine has no such address: set HOST',
  EACCES: 'permission denied',
};

/** What failed, and what to do about it, if this is known. */
export interface Failure {
  text: string;
  remedy?: string;
}

/**
 * An error as a message for the terminal. Messages of database drivers and the query builder are never shown, because
 * they quote statements and values.
 */
export function explainFailure(error: unknown): string {
  const { text, remedy } = describeFailure(error);
  return remedy ? `${text}; ${remedy}` : text;
}

export function describeFailure(error: unknown): Failure {
  const causes = listCauses(error);
  const isOfDatabase = causes.some(isDatabaseError);
  let subject = '';
  let text = 'an unexpected error';
  for (const cause of causes) {
    const code = 'code' in cause ? String(cause.code) : undefined;
    const explained = isOfDatabase ? explainDatabaseError(cause) : undefined;
    if (cause instanceof Stop || cause instanceof DirectoryUnusable) return { text: cause.message };
    if (cause.name === 'Unavailable' || cause instanceof MigrationFailed) subject += `${cause.message}: `;
    else if (explained) return { text: `${subject}${explained.reason} (${code})`, remedy: explained.remedy };
    else if (code && MEANINGS[code]) return { text: `${subject}${MEANINGS[code]} (${code})` };
    else if (code) text = `${cause.name} ${code}`;
    else if (!('query' in cause) && cause.message) text = cause.message;
  }
  return { text: subject + text };
}

const isDatabaseError = (error: Error): boolean =>
  'query' in error || error.name === 'PostgresError' || error.name === 'Unavailable';

function listCauses(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause);
  return causes;
}

export function toExitCode(error: unknown): ExitCode {
  if (error instanceof Stop) return error.exitCode;
  if (error instanceof InvalidMessageFiles) return EXIT.configuration;
  if (error instanceof DirectoryUnusable) return EXIT.data;
  const mayPass = [DirectoryInUse, MetricsPortUnusable, MigrationBlocked].some((type) => error instanceof type);
  if (isUnavailable(error) || mayPass) return EXIT.unavailable;
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? EXIT.unavailable : EXIT.failed;
}
