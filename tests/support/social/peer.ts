import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { base64url, type CryptoKey, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Environment } from '../../../src/config.ts';

/** What the provider does with the next requests to `faultyPath`. */
export type Fault =
  | 'none'
  | 'responds with 500'
  /** HTML, like a load balancer. */
  | 'responds with garbage'
  | 'never responds'
  | 'sends 100 MB'
  /** 302 to `elsewhere`. */
  | 'redirects';

/** What is wrong with the next ID tokens. */
export type Tampering =
  | 'none'
  | 'another nonce'
  | 'another audience'
  | 'another audience besides ours'
  | 'another issuer'
  | 'a foreign signature'
  | 'no signature'
  | 'the client secret as its key'
  | 'expired'
  | 'issued an hour ago'
  | 'no subject';

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

export interface Signer {
  key: CryptoKey;
  kid: string;
  alg: string;
}

export const CLIENT_ID = 'latchkey-tests';
export const CLIENT_SECRET = 'what-only-the-provider-and-we-know';
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

/** Changes the JSON of the response, whatever framework sends it. */
function rewrite(
  response: ServerResponse,
  change: (body: Record<string, unknown>) => Promise<Record<string, unknown>>,
): void {
  const end = response.end.bind(response);
  const later = async (chunk: unknown) => {
    const text = JSON.stringify(await change(JSON.parse(String(chunk))));
    response.setHeader('content-length', Buffer.byteLength(text));
    end(text);
  };
  // The only overload of `end` used for JSON.
  response.end = ((chunk: unknown) => {
    void later(chunk);
    return response;
  }) as typeof response.end;
}

const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20);

async function misbehave(peer: Peer, response: ServerResponse): Promise<void> {
  switch (peer.fault) {
    case 'responds with 500':
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"server_error"}');
      return;
    case 'responds with garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>maintenance</html>');
      return;
    case 'sends 100 MB':
      response.writeHead(200, { 'content-type': 'application/json' });
      for (let sent = 0; sent < 100 && !response.destroyed; sent++) {
        if (!response.write(MEGABYTE)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
      return;
    case 'redirects':
      response.writeHead(302, { location: peer.elsewhere }).end();
      return;
    default: // Never responds.
  }
}

const decodeParts = (token: string) => token.split('.').map((part) => Buffer.from(part, 'base64url').toString());

/** An ID token that a provider without ID tokens might send anyway. */
function fakeIdToken({ issuer }: Peer): string {
  const payload = { iss: issuer, sub: 'another-user', aud: CLIENT_ID, exp: 4_000_000_000, iat: 1 };
  return [{ alg: 'none' }, payload]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join('.')
    .concat('.');
}

/** Prepared in advance, because signing takes longer than the service's deadline. */
const foreignKeys = generateKeyPair('RS256');

async function tamperWith(token: string, tampering: Tampering, signer: Signer | undefined): Promise<string> {
  const [header = '{}', text = '{}'] = decodeParts(token);
  const payload = JSON.parse(text) as JWTPayload;
  if (tampering === 'no signature') {
    return `${base64url.encode(JSON.stringify({ ...JSON.parse(header), alg: 'none' }))}.${base64url.encode(text)}.`;
  }
  if (!signer) return token;
  if (tampering === 'the client secret as its key') {
    return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(CLIENT_SECRET));
  }
  if (tampering === 'a foreign signature') {
    return sign(payload, { ...signer, alg: 'RS256', key: (await foreignKeys).privateKey });
  }
  const hour = 3600;
  const now = payload.iat ?? 0;
  const changes: Partial<Record<Tampering, Record<string, unknown>>> = {
    'another nonce': { nonce: 'of-another-sign-in' },
    'another audience': { aud: 'another-client', azp: CLIENT_ID },
    'another audience besides ours': { aud: [CLIENT_ID, 'another-client'], azp: CLIENT_ID },
    'another issuer': { iss: 'https://issuer.example.com' },
    expired: { exp: now - hour, iat: now - 2 * hour },
    'issued an hour ago': { iat: now - hour, exp: now + hour },
    'no subject': { sub: undefined },
  };
  return sign({ ...payload, ...changes[tampering] }, signer);
}

export const sign = (payload: JWTPayload, { key, kid, alg }: Signer): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key);

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
