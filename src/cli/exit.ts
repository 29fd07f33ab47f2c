import { DirectoryInUse } from '../infra/db/embedded-lock.ts';
import { isUnavailable } from '../infra/db/outage.ts';

/** As sysexits.h has them, so that scripts and supervisors can tell what a repetition would help. */
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
  0   done
  1   it failed, or doctor found something wrong
  64  the command was not understood
  65  an import refused some rows, or could not read the file as what it was said to be
  66  a file cannot be read or written
  69  the database or another service does not answer: try again later
  78  the settings are not usable: every mistake is on standard error`;

/** Ends the command with a message for people and a code for scripts. */
export class Stop extends Error {
  override readonly name = 'Stop';
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** What the codes of drivers and operating systems mean to somebody who sets up a server. */
const MEANINGS: Record<string, string> = {
  ECONNREFUSED: 'nobody listens at that address',
  ECONNRESET: 'the connection was broken off',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the host name cannot be looked up right now',
  ETIMEDOUT: 'no answer in time',
  CONNECT_TIMEOUT: 'no answer in time',
  EADDRINUSE: 'another program listens at that address: stop it, or set PORT',
  EADDRNOTAVAIL: 'this machine has no such address: set HOST',
  EACCES: 'this user may not do that',
  '28P01': 'the password is not accepted',
  '28000': 'the user is not accepted',
  '3D000': 'there is no such database: create it first',
  '42501': 'this user may not do that',
  '53300': 'the server has no connections left',
  '57P03': 'the server is starting up or shutting down',
};

/**
 * An error in words for the terminal. Never the message of a database driver or of the query builder, which quote
 * statements and values.
 */
export function explainFailure(error: unknown): string {
  let subject = '';
  let words = 'an unexpected error';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : undefined;
    if (cause instanceof Stop) return cause.message;
    if (cause.name === 'Unavailable') subject = `${cause.message}: `;
    else if (code && MEANINGS[code]) return `${subject}${MEANINGS[code]} (${code})`;
    else if (code) words = `${cause.name} ${code}`;
    else if (!('query' in cause) && cause.message) words = cause.message;
  }
  return subject + words;
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Stop) return error.exitCode;
  if (isUnavailable(error) || error instanceof DirectoryInUse) return EXIT.unavailable;
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? EXIT.unavailable : EXIT.failed;
}
