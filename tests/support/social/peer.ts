import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Environment } from '../../../src/config.ts';
import { type Fault, misbehave, rewrite } from './faults.ts';
import { fakeIdToken, type Signer, type Tampering, tamperWith } from './id-tokens.ts';

/** The user in the browser. Each provider uses its own names for these claims. */
export interface Person {
  subject: string;
  email?: string | undefined;
  /** Of any type, because not all providers send a boolean. */
  emailVerified?: unknown;
  /** Google: the Workspace domain. */
  hd?: string | undefined;
}

export interface Recorded {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  query: URLSearchParams;
  form: URLSearchParams;
}

/** A provider on a local port. */
export interface Peer {
  /** The provider's name in socialAuthorize. */
  name: string;
  origin: string;
  /** The issuer of its identities and the `iss` of its redirects. */
  issuer: string;
  settings: Environment;
  person: Person;
  fault: Fault;
  faultyPath: string;
  elsewhere: string;
  tampering: Tampering;
  /** All requests, including the browser's. */
  requests: Recorded[];
  tokenPath: string;
  tokenRequests(): Recorded[];
  /** Bytes written to all connections. */
  written(): number;
  /** Opens the authorization URL, agrees, and returns the parameters of the redirect. */
  visit(url: string): Promise<URLSearchParams>;
  /** An ID token for a native app; undefined for providers without them. */
  idToken?: (claims?: Record<string, unknown>) => Promise<string>;
  close(): Promise<void>;
}

export const REDIRECT_URI = 'http://localhost:3000/callback';

interface Protocol {
  name: string;
  tokenPath: string;
  settings(origin: string): Environment;
  /** Handles requests without a fault. */
  handler(origin: string, peer: () => Peer): Promise<RequestListener> | RequestListener;
  /** The issuer's key, to forge tokens with. Undefined for providers without ID tokens. */
  signer?(): Promise<Signer>;
  visit?(url: string, peer: Peer): Promise<URLSearchParams>;
}

export async function startPeer({ name, tokenPath, settings, handler, signer, visit }: Protocol): Promise<Peer> {
  const sockets = new Set<Socket>();
  let written = 0;
  let listener: RequestListener = () => {};

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', peer.origin);
    const body = request.method === 'POST' ? await read(request) : '';
    peer.requests.push({
      method: request.method ?? '',
      path: url.pathname,
      headers: request.headers,
      query: url.searchParams,
      form: new URLSearchParams(body),
    });
    if (peer.fault !== 'none' && url.pathname === peer.faultyPath) return misbehave(peer, response);
    if (url.pathname === tokenPath && peer.tampering !== 'none') rewrite(response, (tokens) => tamper(peer, tokens));
    replay(request, body);
    listener(request, response);
  });
  const tamper = async (peer: Peer, tokens: Record<string, unknown>) => {
    const idToken = typeof tokens.id_token === 'string' ? tokens.id_token : fakeIdToken(peer);
    return { ...tokens, id_token: await tamperWith(idToken, peer.tampering, await signer?.()) };
  };
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
  // Listens on TCP.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const peer: Peer = {
    name,
    origin,
    issuer: origin,
    settings: settings(origin),
    person: { subject: 'not-set' },
    fault: 'none',
    faultyPath: tokenPath,
    elsewhere: 'http://169.254.169.254/latest/meta-data',
    tampering: 'none',
    requests: [],
    tokenPath,
    tokenRequests: () => peer.requests.filter(({ path }) => path === tokenPath),
    written: () => written + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
    visit: (url) => (visit ? visit(url, peer) : followOnce(url)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  listener = await handler(origin, () => peer);
  return peer;
}

/** Visits a provider that redirects at once. */
async function followOnce(url: string): Promise<URLSearchParams> {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`no redirect: HTTP ${response.status}: ${await response.text()}`);
  return new URL(location).searchParams;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Passes the parsed body on to the next handler, because the stream has been read. */
function replay(request: IncomingMessage, body: string): void {
  Object.assign(request, { body: body ? Object.fromEntries(new URLSearchParams(body)) : undefined });
}

/** The standard claims of a user. */
export const standardClaims = ({ subject, email, emailVerified, hd }: Person): Record<string, unknown> => ({
  sub: subject,
  ...(email !== undefined && { email }),
  ...(emailVerified !== undefined && { email_verified: emailVerified }),
  ...(hd !== undefined && { hd }),
  given_name: 'Ada',
  family_name: 'Lovelace',
});

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(body));
}
