import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type HttpProblem, problemBody } from './errors.ts';
import { chooseRequestId } from './headers.ts';

/** node:http's codes for requests that it could not read. All others are a 400. */
const STATUSES: Partial<Record<string, HttpProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Responds to a malformed or slow request and closes the connection. @param baseHeaders those of every response */
export function refuseConnection(
  error: Error & { code?: string },
  socket: Socket,
  baseHeaders: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const requestId = chooseRequestId({ headers: {} });
  const body = problemBody(status);
  const headers = {
    ...baseHeaders,
    'x-request-id': requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
}
