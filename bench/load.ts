import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One request, ready to be written, and what its answer must be. */
export interface Exchange {
  request: Buffer;
  /** Throws when this is not the answer that was asked for. @param answer the parsed body */
  check(answer: unknown): void;
}

/** What one connection asks: called for each request when the answer to the one before has been checked. */
export type Caller = () => Exchange;

export interface Measured {
  /** Answers a second. */
  rate: number;
  /** Milliseconds, of every answer. */
  latencies: number[];
}

interface Options {
  port: number;
  /** One a connection. */
  callers: readonly Caller[];
  /** Milliseconds after which nothing new is asked. */
  duration: number;
  /** Waits for what was set off and is not yet done; its time counts. */
  settled?: (answers: number) => Promise<void>;
}

/**
 * Keeps one request in flight on each of some keep-alive connections. Every answer is parsed and checked; the first
 * wrong one ends the run. Sockets and not an HTTP library, because the client shares its core with the databases.
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

/** One connection until the moment; resolves with its last answer. */
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

/** The body of a response that is complete; undefined while it is not. Throws on any status but 200. */
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
