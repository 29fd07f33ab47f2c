import { type Client, type CombinedError, type Exchange, makeOperation, type Operation } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import type { Latchkey } from './client.ts';
import { type Session, userIdOf } from './session.ts';

/**
 * Sends the access token with each operation, for clients of servers that may have it. Place it after the cache and before
 * `fetchExchange`.
 *
 * The token is renewed shortly before it expires, and if a server answers with the code UNAUTHENTICATED: one renewal serves
 * all operations, which wait for it. If it fails for now, they end with a LatchkeyError in `error.networkError`; the user
 * stays signed in, and the next execution tries again.
 */
export function latchkeyExchange(latchkey: Latchkey): Exchange {
  let refused: string | undefined;
  const mayRenew = () => latchkey.session.status !== 'signedOut';

  return authExchange(async ({ appendHeaders }) => ({
    addAuthToOperation(operation) {
      const token = latchkey.heldToken?.token;
      const user = userIdOf(latchkey.session);
      const { latchkeyUser } = operation.context;
      // A mutation that was refused is not sent as the next user. With the refused token it ends with the refusal.
      if (operation.kind === 'mutation' && latchkeyUser && latchkeyUser !== user) return operation;
      const mine = makeOperation(operation.kind, operation, { ...operation.context, latchkeyUser: user });
      return withoutGet(token ? appendHeaders(mine, { authorization: `Bearer ${token}` }) : mine);
    },
    willAuthError: () => mayRenew() && latchkey.heldToken?.isDue !== false,
    didAuthError(error, operation) {
      if (!isUnauthenticated(error) || !mayRenew()) return false;
      refused = tokenOf(operation);
      return true;
    },
    async refreshAuth() {
      await latchkey.accessToken(refused);
    },
  }));
}

/** urql sends short queries by GET unless told otherwise. Servers with protection against CSRF, like Latchkey, refuse that. */
const withoutGet = (operation: Operation): Operation =>
  operation.context.preferGetMethod === 'within-url-limit'
    ? makeOperation(operation.kind, operation, { ...operation.context, preferGetMethod: false })
    : operation;

const isUnauthenticated = ({ graphQLErrors }: CombinedError): boolean =>
  graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED');

function tokenOf({ context: { fetchOptions } }: Operation): string | undefined {
  const { headers } = (typeof fetchOptions === 'function' ? fetchOptions() : fetchOptions) ?? {};
  return new Headers(headers).get('authorization')?.replace('Bearer ', '');
}

/** The urql client of the current user. `subscribe` and `current` are what `useSyncExternalStore` of React takes. */
export interface UrqlClients {
  readonly current: () => Client;
  /** Calls the listener when there is another client. Returns a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Makes a new client, with an empty cache, whenever the user changes: urql cannot empty the cache of a client.
 * @param makeClient returns a new client with new exchanges
 */
export function createUrqlClients(latchkey: Latchkey, makeClient: () => Client): UrqlClients {
  const listeners = new Set<() => void>();
  let client: Client | undefined;
  let user = userOf(latchkey.session);
  latchkey.onChange((session) => {
    const previous = user;
    user = userOf(session);
    // Operations wait until it is known who is signed in, and so the first client is already the client of that user.
    if (previous === undefined || user === previous) return;
    client = undefined;
    for (const listener of [...listeners]) listener();
  });

  return {
    current() {
      client ??= makeClient();
      return client;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Undefined while it is not known, null if the user is signed out. */
const userOf = (session: Session): string | null | undefined =>
  session.status === 'loading' ? undefined : (userIdOf(session) ?? null);
