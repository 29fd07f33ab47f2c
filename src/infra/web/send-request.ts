import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds from now to the last byte of the response. */
  deadline: number;
  /** Maximum bytes of the response; 64 KiB by default. */
  largest?: number;
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
}: HttpRequest): Promise<HttpResult> {
  return new Promise((resolve) => {
    const isSecure = url.protocol === 'https:';
    let connected = false;
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: isSecure ? AGENTS.https : AGENTS.http,
    });
    const finish = (result: HttpResult) => {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    };
    const fail = (error: string) => finish({ kind: connected ? 'lost' : 'unreachable', error });
    const timer = setTimeout(() => fail('no response in time'), Math.max(0, deadline));

    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', (error) => fail(errorCode(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) fail(`a response of more than ${largest} bytes`);
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(errorCode(error)));
      response.on('end', () => {
        const retryAfter = parseRetryAfter(response.headers['retry-after']);
        finish({
          kind: 'response',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          retryAfter,
        });
      });
    });
    request.end(body);
  });
}

/** The code only: error messages quote addresses and certificates. */
const errorCode = (error: Error): string => ('code' in error ? String(error.code) : error.name);

/** RFC 9110 section 10.2.3, in milliseconds. Ignores the date form, which none of these servers sends. */
const parseRetryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
