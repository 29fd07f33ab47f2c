import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { PostgresHost, TlsSettings } from '../../config.ts';

interface Options {
  host: PostgresHost;
  tls: TlsSettings;
  /** Milliseconds until the connection is open, with TLS. */
  timeout: number;
  /** Gives up. */
  signal: AbortSignal;
}

/** The server, or a proxy before it, has TLS turned off. */
export const TLS_REFUSED = 'TLS_REFUSED';
/** It closed the connection when TLS began. That is what servers do that do not know sslnegotiation=direct. */
export const DIRECT_TLS_REFUSED = 'DIRECT_TLS_REFUSED';

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const ACCEPTED = 0x53; // S

/**
 * Opens a connection to a PostgreSQL server as libpq does (PostgreSQL manual, 54.2.11 and 32.18). The driver's own TLS
 * knows neither `allow` nor verify-ca, goes on after a refusal, and loses IPv6 and socket addresses.
 *
 * `allow` is the same as `prefer`: TLS if the server has it. Nothing is encrypted on a Unix socket.
 */
export async function openSocket({ timeout, signal, ...target }: Options): Promise<Socket> {
  // Not AbortSignal.any: Node.js 20 collects such a signal as garbage while it is awaited, and then it never fires.
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  const timer = setTimeout(giveUp, timeout);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await openBefore(controller.signal, target);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

async function openBefore(deadline: AbortSignal, { host, tls }: Pick<Options, 'host' | 'tls'>): Promise<Socket> {
  const raw = await openRaw(host, deadline);
  if (host.name.startsWith('/') || tls.mode === 'disable') return raw;
  const isOptional = tls.mode === 'prefer' || tls.mode === 'allow';
  try {
    if (!tls.direct && !(await acceptsTls(raw, deadline))) {
      if (isOptional) return raw;
      throw failure(TLS_REFUSED, 'the server does not use TLS');
    }
    return await secure(raw, host, tls, deadline);
  } catch (error) {
    raw.destroy();
    if (isOptional && !deadline.aborted) return openRaw(host, deadline);
    throw tls.direct && isClosed(error) ? failure(DIRECT_TLS_REFUSED, 'the server closed the connection') : error;
  }
}

async function openRaw({ name, address, port }: PostgresHost, deadline: AbortSignal): Promise<Socket> {
  const socket = name.startsWith('/')
    ? connectTcp({ path: join(name, `.s.PGSQL.${port}`) })
    : connectTcp({ host: address ?? name, port });
  await settle(socket, 'connect', deadline);
  return socket;
}

async function acceptsTls(socket: Socket, deadline: AbortSignal): Promise<boolean> {
  socket.write(SSL_REQUEST);
  const [reply] = (await settle(socket, 'data', deadline)) as [Buffer];
  // Bytes after the reply would be an attacker's: they are not encrypted (CVE-2021-23222).
  if (reply.length !== 1) throw failure('TLS_FAILED', 'the server sent data before TLS began');
  return reply[0] === ACCEPTED;
}

async function secure(raw: Socket, host: PostgresHost, tls: TlsSettings, deadline: AbortSignal): Promise<Socket> {
  const socket = connectTls({ socket: raw, ...tls.options, ...verification(tls), ...naming(host, tls) });
  await settle(socket, 'secureConnect', deadline);
  return socket;
}

function verification({ mode, direct }: TlsSettings): ConnectionOptions {
  return {
    rejectUnauthorized: mode === 'verify-ca' || mode === 'verify-full',
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...(direct ? { ALPNProtocols: ['postgresql'] } : {}),
  };
}

/** `host` is the name that the certificate must have. Addresses are not sent in the handshake (RFC 6066 section 3). */
const naming = ({ name }: PostgresHost, { sni }: TlsSettings): ConnectionOptions => ({
  host: name,
  servername: sni && !isIP(name) ? name : '',
});

/** Waits for the event. At the deadline, or if the connection fails first, destroys the socket and throws. */
async function settle(socket: Socket, event: string, deadline: AbortSignal): Promise<unknown[]> {
  const ended = new AbortController();
  const closed = once(socket, 'close', { signal: ended.signal }).then(() => {
    throw failure('CONNECTION_CLOSED', 'the server closed the connection');
  });
  closed.catch(() => {}); // It loses the race, or is aborted.
  try {
    return await Promise.race([once(socket, event, { signal: deadline }), closed]);
  } catch (error) {
    socket.on('error', () => {}); // Errors after the first say nothing new, and would end the process.
    socket.destroy();
    throw deadline.aborted ? failure('CONNECT_TIMEOUT', 'no response in time') : error;
  } finally {
    ended.abort();
  }
}

const isClosed = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['CONNECTION_CLOSED', 'ECONNRESET', 'EPIPE'].includes(String(error.code));

const failure = (code: string, message: string) => Object.assign(new Error(message), { code });
