import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Question {
  method: 'GET' | 'HEAD' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds from now to the last byte of the answer. */
  deadline: number;
  /** Bytes of the answer; 64 KiB unless told. */
  largest?: number;
}

export type Answer =
  /** retryAfter: milliseconds. */
  | { kind: 'answered'; status: number; body: string; retryAfter: number | undefined }
  /** No connection came about, so nothing of the question left this machine. */
  | { kind: 'unreachable'; error: string }
  /** The question may have arrived. */
  | { kind: 'lost'; error: string };

/** Bytes; most providers answer with one or two thousand. */
const LARGEST_ANSWER = 64 * 1024;

/**
 * A connection for each question: one that is kept may be closed by the other side in the moment it is used again, and
 * then nobody knows whether the message went. Agents of our own, because the global ones take proxies from the
 * environment where NODE_USE_ENV_PROXY says so.
 */
const AGENTS = { http: new HttpAgent({ keepAlive: false }), https: new HttpsAgent({ keepAlive: false }) };

/**
 * Asks once. Node's own client and not fetch, which follows redirects, decompresses without bound and repeats a request
 * that is answered with 421.
 */
export function ask({ method, url, headers, body, deadline, largest = LARGEST_ANSWER }: Question): Promise<Answer> {
  return new Promise((resolve) => {
    const isSecure = url.protocol === 'https:';
    let connected = false;
    const request = (isSecure ? httpsRequest : httpRequest)(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: isSecure ? AGENTS.https : AGENTS.http,
    });
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    const fail = (error: string) => finish({ kind: connected ? 'lost' : 'unreachable', error });
    const timer = setTimeout(() => fail('no answer in time'), Math.max(0, deadline));

    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true;
      });
    });
    request.on('error', (error) => fail(codeOf(error)));
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) fail(`an answer of more than ${largest} bytes`);
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(codeOf(error)));
      response.on('end', () => {
        const retryAfter = secondsOf(response.headers['retry-after']);
        finish({
          kind: 'answered',
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          retryAfter,
        });
      });
    });
    request.end(body);
  });
}

/** Messages of errors quote addresses and certificates; the code says enough. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.name);

/** RFC 9110 section 10.2.3, in milliseconds. The form with a date is taken for none: nobody asked sends it. */
const secondsOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
