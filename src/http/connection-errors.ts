import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type HttpProblem, problemBody } from './errors.ts';
import { requestIdOf } from './headers.ts';

/** What node:http calls a request that never became one. Everything else is a 400. */
const STATUSES: Partial<Record<string, HttpProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Answers what is no HTTP, or comes too slowly, and closes the connection. */
export function refuseConnection(
  error: Error & { code?: string },
  socket: Socket,
  standing: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const requestId = requestIdOf({ headers: {} });
  const body = problemBody(status);
  const headers = {
    ...standing,
    'x-request-id': requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
