import { parseAuthorization } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import { VerificationError } from './errors.ts';
import type { Verifier } from './verifier.ts';

/** graphql-ws's Context with the `extra` of its servers on ws, as far as it is used. */
export interface SocketContext {
  connectionParams?: Readonly<Record<string, unknown>> | undefined;
  extra: { socket: { close(code?: number, reason?: string): void } };
}

/** Hooks for graphql-ws's `useServer`. */
export interface SocketAuth<Custom extends object> {
  onConnect(context: SocketContext): Promise<boolean>;
  onSubscribe(context: SocketContext): void;
  onClose(context: SocketContext): void;
  /** The claims of the connection's access token; undefined without one. For graphql-ws's `context` option. */
  auth(context: SocketContext): AccessClaims<Custom> | undefined;
}

export interface SocketOptions {
  /** Let connections without a token through, without claims. */
  optional?: boolean;
  /** By default the member `authorization` or `Authorization`, which is "Bearer" and the token. */
  getToken?: (connectionParams: Readonly<Record<string, unknown>>) => string | undefined;
}

/**
 * graphql-ws's client connects again after 4403 and after 1013, and gets a new token first if its `connectionParams` is a
 * function. It does not after 4401: the user has to sign in.
 */
const CLOSE_CODES = { expired: 4403, unavailable: 1013 } as const;
const UNAUTHORIZED = 4401;

/** Milliseconds. setTimeout takes no more. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

interface Connection<Custom extends object> {
  claims: AccessClaims<Custom>;
  context: SocketContext;
  expiry: NodeJS.Timeout;
}

/**
 * Verifies the token in `connectionParams`, and closes the socket when it expires or its session ends. Spread the hooks
 * into the options of `useServer`.
 */
export function createSocketAuth<Custom extends object>(
  verifier: Verifier<Custom>,
  { optional = false, getToken = readParams }: SocketOptions = {},
): SocketAuth<Custom> {
  const connections = new WeakMap<SocketContext, Connection<Custom>>();
  const bySession = new Map<string, Set<Connection<Custom>>>();
  const closed = new WeakSet<SocketContext>();

  verifier.onRevoked((sid) => {
    for (const { context } of bySession.get(sid) ?? []) close(context, new VerificationError('revoked'));
  });

  function close({ extra: { socket } }: SocketContext, { code, message }: VerificationError): void {
    socket.close(code in CLOSE_CODES ? CLOSE_CODES[code as keyof typeof CLOSE_CODES] : UNAUTHORIZED, message);
  }

  /** The reason why the token is not valid now. The socket is then closed. */
  function closeIfInvalid(context: SocketContext, claims: AccessClaims<Custom>): VerificationError | undefined {
    try {
      verifier.check(claims);
      return undefined;
    } catch (error) {
      if (!(error instanceof VerificationError)) throw error;
      close(context, error);
      return error;
    }
  }

  function watchExpiry(context: SocketContext, claims: AccessClaims<Custom>): NodeJS.Timeout {
    const left = Math.min(Math.max(0, claims.exp * 1_000 - Date.now()), LONGEST_TIMEOUT);
    const timer = setTimeout(() => close(context, new VerificationError('expired')), left);
    timer.unref();
    return timer;
  }

  function remember(context: SocketContext, claims: AccessClaims<Custom>): void {
    const connection = { claims, context, expiry: watchExpiry(context, claims) };
    connections.set(context, connection);
    const others = bySession.get(claims.sid) ?? new Set();
    bySession.set(claims.sid, others.add(connection));
  }

  return {
    async onConnect(context) {
      try {
        const token = getToken(context.connectionParams ?? {});
        if (token === undefined && optional) return true;
        const claims = await verifier.verify(token);
        if (closed.has(context)) return false;
        remember(context, claims);
        return closeIfInvalid(context, claims) === undefined; // The session may have ended before it was remembered.
      } catch (error) {
        if (!(error instanceof VerificationError)) throw error;
        close(context, error);
        return false;
      }
    },
    onSubscribe(context) {
      const connection = connections.get(context);
      const error = connection && closeIfInvalid(context, connection.claims);
      if (error) throw error;
    },
    onClose(context) {
      closed.add(context);
      const connection = connections.get(context);
      if (!connection) return;
      clearTimeout(connection.expiry);
      const others = bySession.get(connection.claims.sid);
      others?.delete(connection);
      if (others?.size === 0) bySession.delete(connection.claims.sid);
    },
    auth: (context) => connections.get(context)?.claims,
  };
}

function readParams({ authorization, Authorization }: Readonly<Record<string, unknown>>): string | undefined {
  const header = authorization ?? Authorization;
  if (header === undefined || header === null) return undefined;
  if (typeof header !== 'string') throw new VerificationError('malformed');
  return parseAuthorization(header);
}
