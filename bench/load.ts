import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A serialised request and the check of its response. */
export interface Exchange {
  request: Buffer;
  /** Throws if the response is not the expected one. @param answer the parsed body */
  check(answer: unknown): void;
}

/** Produces the requests of one connection. Called after the previous response was checked. */
export type Caller = () => Exchange;

export interface Measured {
  /** Responses per second. */
  rate: number;
  /** Milliseconds, one per response. */
  latencies: number[];
}

interface Options {
  port: number;
  /** One per connection. */
  callers: readonly Caller[];
  /** Milliseconds after which no new request is sent. */
  duration: number;
  /** Waits for work that the requests started. Its time is included. */
  settled?: (answers: number) => Promise<void>;
}

/**
 * Keeps one request in flight on each keep-alive connection. Every response is parsed and checked; a wrong one ends the
 * run. Uses raw sockets instead of an HTTP library, because the client shares its core with the databases.
 */
export async function load({ port, callers, duration, settled }: Options): Promise<Measured> {
  const sockets = await Promise.all(callers.map(() => open(port)));
  const latencies: number[] = [];
  const began = performance.now();
  try {
    await Promise.all(
      sockets.map((socket, index) => talk(socket, callers[index] as Caller, began + duration, latencies)),
    );
    await settled?.(latencies.length);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return { rate: (latencies.length / (performance.now() - began)) * 1000, latencies };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/** Runs one connection until the given time; resolves after its last response. */
function talk(socket: Socket, caller: Caller, until: number, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = EMPTY;
    let exchange = caller();
    let asked = performance.now();
    const ask = () => {
      asked = performance.now();
      socket.write(exchange.request);
    };
    const hear = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const body = completeBody(received);
      if (body === undefined) return;
      const now = performance.now();
      latencies.push(now - asked);
      received = EMPTY;
      exchange.check(JSON.parse(body));
      if (now >= until) return resolve();
      exchange = caller();
      ask();
    };
    socket.on('data', (chunk) => {
      try {
        hear(chunk);
      } catch (error) {
        reject(error);
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server closed the connection')));
    ask();
  });
}

const EMPTY = Buffer.alloc(0);

/** The body of a complete response; undefined while incomplete. Throws on any status but 200. */
function completeBody(received: Buffer): string | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
  if (Number.isNaN(length)) throw new Error(`a response without content-length: ${head}`);
  if (received.length < end + 4 + length) return undefined;
  const body = received.toString('utf8', end + 4, end + 4 + length);
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`${head.split('\r\n', 1)[0]}: ${body}`);
  return body;
}
