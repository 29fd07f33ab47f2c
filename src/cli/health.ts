import { once } from 'node:events';
import { request } from 'node:http';
import { isIP } from 'node:net';
import { readEnvironment } from '../config/environment.ts';
import { readListenAddress } from '../config/listen-address.ts';
import type { ExitCode } from './exit.ts';

// Imports no packages and no part of the service: run.ts gives the reason.

export interface HealthOptions {
  /** Whether to ask only if the process is running. */
  live?: boolean;
  /** Milliseconds for the whole answer. */
  timeout?: number;
}

const TIMEOUT = 3_000;
/** Characters of an answer that are read: another program may listen at that address. */
const MAX_ANSWER = 10_000;

/** Asks the service that listens at HOST and PORT, and prints one line. Returns 1 if it is not ready. */
export async function runHealth({ live = false, timeout = TIMEOUT }: HealthOptions): Promise<ExitCode> {
  const address = readListenAddress(readEnvironment());
  if ('errors' in address) return fail(78, address.errors.join('; '));
  const { host, port } = address;
  if (port === 0) return fail(78, 'PORT is 0: the port of the service is not known');
  const answer = await ask(`http://${toAuthority(host)}:${port}${live ? '/healthz' : '/readyz'}`, timeout);
  if ('problem' in answer) return fail(1, `not ready: ${answer.problem}`);
  process.stdout.write(live ? 'live\n' : 'ready\n');
  return 0;
}

function fail(code: ExitCode, reason: string): ExitCode {
  process.stderr.write(`latchkey: ${reason}\n`);
  return code;
}

/** A service that listens on all interfaces, with IPv4 or IPv6, can always be reached by IPv4. */
function toAuthority(host: string): string {
  if (isIP(host) !== 0 && /^[0:.]+$/.test(host)) return '127.0.0.1';
  return isIP(host) === 6 ? `[${host}]` : host;
}

async function ask(url: string, timeout: number): Promise<{ status: 200 } | { problem: string }> {
  const signal = AbortSignal.timeout(timeout);
  try {
    // In development the service refuses other host names.
    const sent = request(url, { agent: false, signal, headers: { host: 'localhost' } }).end();
    const [response] = await once(sent, 'response');
    sent.on('error', () => {}); // Reading the answer fails, too.
    let text = '';
    for await (const part of response.setEncoding('utf8')) {
      text += part;
      if (text.length > MAX_ANSWER) break;
    }
    const { statusCode: status } = response;
    const answer = parseAnswer(text);
    return status === 200 && answer.status === 'UP' ? { status } : { problem: explainAnswer(status, answer) };
  } catch (error) {
    const reason = signal.aborted ? `no answer in ${timeout} ms` : explainError(error);
    return { problem: `${url}: ${reason}` };
  }
}

function explainError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'nothing is listening at that address (ECONNREFUSED)';
  return `no connection (${code ?? error})`;
}

/** The dependencies that are down, such as `database DOWN`. */
function explainAnswer(status: number | undefined, { draining, ...states }: Answer): string {
  if (draining === true) return 'shutting down';
  const down = Object.entries(states).filter(([name, state]) => name !== 'status' && state === 'DOWN');
  return down.length > 0 ? down.map(([name]) => `${name} DOWN`).join(', ') : `status ${status}`;
}

type Answer = Readonly<Record<string, unknown>>;

function parseAnswer(text: string): Answer {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {}; // Not from the service.
  }
}
