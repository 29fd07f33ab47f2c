import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What the provider does with the next messages. */
export type SmsFault =
  | 'none'
  /** Rejects the number in the provider's own format, and quotes number and text. */
  | 'rejects the number'
  /** Rejects our credentials. */
  | 'rejects the credentials'
  /** 429 with Retry-After: 7. */
  | 'responds with 429'
  | 'responds with 500'
  /** Reads the whole request and hangs up. */
  | 'hangs up'
  | 'never responds'
  /** Responds as usual after 20 seconds. */
  | 'is slow'
  /** Accepts the message, but never ends the response. */
  | 'never ends'
  /** Accepts the message with a response of 100 MB. */
  | 'sends 100 MB'
  /** 307 to `elsewhere`. */
  | 'redirects';

/** A message that arrived, in fields common to all providers. */
export interface ReceivedSms {
  /** Digits, with a plus if the provider's protocol has one. */
  to: string;
  text: string;
}

export interface SmsStandIn {
  /** http://127.0.0.1:port */
  origin: string;
  fault: SmsFault;
  /** The target of 'redirects'. */
  elsewhere: string;
  /** Every request to send a message, whatever the response. */
  arrived: ReceivedSms[];
  /** Every request, including logins. */
  requests(): number;
  /** The names of the headers of all requests. */
  headerNames: ReadonlySet<string>;
  /** Bytes written to all connections. */
  written(): number;
  close(): Promise<void>;
}

export interface ProviderRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface ProviderReply {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}

/** What differs between providers. */
export interface Protocol {
  /** The message that the request sends; undefined for other requests. */
  order(request: ProviderRequest): ReceivedSms | undefined;
  /** The response to 'none', 'rejects …', 'responds with 429' and 'responds with 500'. */
  reply(request: ProviderRequest, fault: SmsFault): ProviderReply;
  /** Whether the request never gets a response, whatever the fault. */
  isSilent?(request: ProviderRequest): boolean;
}

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);

/** Starts a server on a free port of 127.0.0.1. Faults apply only to requests that send a message; logins succeed. */
export async function startProvider({ order, reply, isSilent }: Protocol): Promise<SmsStandIn> {
  const sockets = new Set<Socket>();
  const headerNames = new Set<string>();
  let requests = 0;
  let written = 0;
  const server = createServer(async (incoming, response) => {
    requests += 1;
    const request = await read(incoming);
    for (const name of Object.keys(request.headers)) headerNames.add(name);
    const message = order(request);
    if (message) standIn.arrived.push(message);
    const respond = () => {
      const { status, body, headers } = reply(request, standIn.fault);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
    };
    if (isSilent?.(request)) return;
    if (message) await misbehave(standIn, response, respond);
    else respond();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      written += socket.bytesWritten;
      sockets.delete(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const standIn: SmsStandIn = {
    // Listens on TCP.
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: 'none',
    elsewhere: 'http://127.0.0.1:9',
    arrived: [],
    requests: () => requests,
    headerNames,
    written: () => written + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return standIn;
}

async function read(incoming: IncomingMessage): Promise<ProviderRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = '', url = '', headers } = incoming;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

async function misbehave(standIn: SmsStandIn, response: ServerResponse, respond: () => void): Promise<void> {
  switch (standIn.fault) {
    case 'hangs up':
      response.destroy();
      return;
    case 'never responds':
      return;
    case 'is slow': {
      const timer = setTimeout(respond, 20_000);
      response.on('close', () => clearTimeout(timer));
      return;
    }
    case 'never ends': {
      response.writeHead(201, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
      return;
    }
    case 'sends 100 MB':
      response.writeHead(201, { 'content-type': 'application/json' });
      for (let sent = 0; sent < 100 && !response.destroyed; sent++) {
        if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
      return;
    case 'redirects':
      response.writeHead(307, { location: `${standIn.elsewhere}/stolen` });
      response.end();
      return;
    default:
      respond();
  }
}
