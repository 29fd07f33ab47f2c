import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** How a receiver responds. */
export type Reply =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Never responds. */
  | 'hang'
  /** Closes the connection without a response. */
  | 'close'
  /** Announces success and sends 100 MB. */
  | 'flood'
  /** Announces success and sends a byte from time to time, forever. */
  | 'drip'
  /** Announces more than it sends. */
  | 'short';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  payload: WebhookPayload;
}

export interface WebhookPayload {
  type: string;
  timestamp: string;
  data: {
    user: Record<string, unknown> | null;
    session: Record<string, unknown> | null;
    actorId: string | null;
    method: string | null;
    [fact: string]: unknown;
  };
}

export const WEBHOOK_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** A server that receives webhooks and verifies each with the library, as docs/webhooks.md says. */
export async function startReceiver({ secret = WEBHOOK_SECRET, port = 0 } = {}) {
  const received: Received[] = [];
  const problems: string[] = [];
  const sockets = new Set<Socket>();
  let reply: Reply | ((received: Received) => Reply) = { status: 204 };
  let bytesSent = 0;

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const entry = { path: request.url ?? '', headers: request.headers, body, payload: JSON.parse(body || '{}') };
    try {
      new Webhook(secret).verify(body, request.headers as Record<string, string>);
    } catch (error) {
      problems.push(String(error));
    }
    received.push(entry);
    respond(typeof reply === 'function' ? reply(entry) : reply, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      bytesSent += socket.bytesWritten;
      sockets.delete(socket);
    });
  });

  function respond(how: Reply, response: ServerResponse): void {
    response.on('error', () => {});
    if (how === 'hang') return;
    if (how === 'close') return void response.socket?.destroy();
    if (how === 'flood') return void flood(response.writeHead(200));
    if (how === 'short') return void response.writeHead(200, { 'content-length': '1000' }).write('too short');
    if (how === 'drip') {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 50);
      return void response.on('close', () => clearInterval(timer));
    }
    response.writeHead(how.status, how.headers).end(how.body);
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo; // Listens on TCP.

  return {
    port: actual,
    url: `http://127.0.0.1:${actual}/webhooks`,
    received,
    /** Signatures that were not accepted. */
    problems,
    /** Bytes of all closed connections. */
    bytesSent: () => bytesSent,
    connections: () => sockets.size,
    set reply(next: Reply | ((received: Received) => Reply)) {
      reply = next;
    },
    types: () => received.map(({ payload }) => payload.type),
    ofUser: (id: string) => received.filter(({ payload }) => payload.data.user?.id === id),
    async stop() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

const FLOOD = 100 * 1024 * 1024;

function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  let left = FLOOD / chunk.length;
  const send = () => {
    while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', send);
    response.end();
  };
  send();
}

/** Settings that send webhooks to the receivers. */
export const webhooksTo = (...receivers: readonly { url: string }[]) => ({
  WEBHOOK_URL: receivers.map(({ url }) => url).join(),
  WEBHOOK_SECRET,
  WEBHOOK_PRIVATE_HOSTS: '127.0.0.0/8',
});
