import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { SECOND } from '../../core/clock.ts';
import { PrivateAddress } from './public-lookup.ts';

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST';
  /** Credentials in it are sent as HTTP Basic. */
  url: URL;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds from now to the last byte of the response. */
  deadline: number;
  /** Maximum bytes of the response; 64 KiB by default. */
  largest?: number;
  /** Whether the body of the response is dropped: it may be of any size, incomplete, or never end. */
  onlyStatus?: boolean;
  /** Finds the addresses of the host, instead of the system. */
  lookup?: LookupFunction | undefined;
}

export type HttpResult =
  /** retryAfter: milliseconds. */
  | { kind: 'response'; status: number; body: string; retryAfter: number | undefined }
  /** No connection was established, so nothing was sent. */
  | { kind: 'unreachable'; error: string }
  /** The connection failed afterwards, so the request may have arrived. */
  | { kind: 'lost'; error: string };

/** Bytes. Most responses have one or two thousand. */
const MAX_RESPONSE_SIZE = 64 * 1024;

/**
 * How much of a dropped body is read. If the connection were closed before the end of a short body, the server would see an
 * error.
 */
const DROPPED = { bytes: 4 * 1024, time: SECOND };

/**
 * One connection per request: the server may close a kept-alive one just as it is reused, which leaves open whether the
 * request arrived. Not the global agents, because with NODE_USE_ENV_PROXY they use proxies from the environment.
 */
const AGENTS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

/**
 * Sends one request. Uses node:http instead of fetch, which follows redirects, decompresses without a limit, and
 * repeats a request after a 421.
 */
export function sendRequest({
  method,
  url,
  headers,
  body,
  deadline,
  largest = MAX_RESPONSE_SIZE,
  onlyStatus = false,
  lookup,
}: HttpRequest): Promise<HttpResult> {
  return new Promise((resolve) => {
    const isSecure = url.protocol === 'https:';
    let connected = false;
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: isSecure ? AGENTS.https : AGENTS.http,
      ...(lookup && { lookup }),
    });
    const finish = (result: HttpResult) => {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    const fail = (error: string) => finish({ kind: connected ? 'lost' : 'unreachable', error });
    const timer = setTimeout(() => fail('no response in time'), Math.max(0, deadline));
    const succeed = (response: IncomingMessage, text: string) =>
      finish({
        kind: 'response',
        status: response.statusCode ?? 0,
        body: text,
        retryAfter: parseRetryAfter(response.headers['retry-after']),
      });

    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', (error) => fail(errorCode(error)));
    request.on('response', (response) => {
      if (onlyStatus) return dropBody(response, () => succeed(response, ''));
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) fail(`a response of more than ${largest} bytes`);
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(errorCode(error)));
      response.on('end', () => succeed(response, Buffer.concat(chunks).toString()));
    });
    request.end(body);
  });
}

/** Calls `done` at the end of the body, or when enough of it has been read, or after a second. */
function dropBody(response: IncomingMessage, done: () => void): void {
  let size = 0;
  const timer = setTimeout(done, DROPPED.time);
  const finish = () => {
    clearTimeout(timer);
    done();
  };
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > DROPPED.bytes) finish();
  });
  response.on('error', finish);
  response.on('end', finish);
  response.on('close', finish);
}

/** Otherwise the code only: error messages quote addresses and certificates. */
function errorCode(error: Error): string {
  if (error instanceof PrivateAddress) return error.message;
  return 'code' in error ? String(error.code) : error.name;
}

/** RFC 9110 section 10.2.3, in milliseconds. Ignores the date form, which none of these servers sends. */
const parseRetryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
