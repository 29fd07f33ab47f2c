import { ApolloLink, Observable } from '@apollo/client/core';
import type { Latchkey } from './client.ts';
import { type GraphqlError, LatchkeyError } from './errors.ts';
import { hasData } from './post.ts';
import { userIdOf } from './session.ts';

export { possibleTypes } from './possible-types.ts';

/**
 * Sends the access token with each operation, for servers that you trust with it. Place it before the `HttpLink`.
 *
 * The token is renewed before it expires, and once more if a server refuses it. If it cannot be renewed at the moment, the
 * operation ends with a LatchkeyError, and the user stays signed in. A response that arrives after the user has changed is
 * dropped: queries are sent again for the new user, and mutations end with a LatchkeyError with the code USER_CHANGED.
 */
export function latchkeyLink(latchkey: Latchkey): ApolloLink {
  return new ApolloLink(
    (operation, forward) => new Observable((observer) => carry(latchkey, operation, forward, observer)),
  );
}

type Result = ApolloLink.Result;
interface Observer {
  next(result: Result): void;
  error(error: unknown): void;
  complete(): void;
}

/** Sends the operation until an attempt counts. Returns a function that ends it. */
function carry(
  latchkey: Latchkey,
  operation: ApolloLink.Operation,
  forward: ApolloLink.ForwardFunction,
  observer: Observer,
): () => void {
  const { headers } = operation.getContext();
  const isMutation = operation.query.definitions.some((node) => 'operation' in node && node.operation === 'mutation');
  const caller = userIdOf(latchkey.session);
  const failForOther = () => observer.error(new LatchkeyError('USER_CHANGED', 'Another user has signed in.'));
  /** Ends the current attempt. */
  let stop = () => {};

  /** @param refused a token that a server no longer accepts. Without another one, `giveUp` passes the refusal on. */
  async function begin(refused?: string, giveUp = () => {}): Promise<void> {
    stop();
    let isStopped = false;
    stop = () => {
      isStopped = true;
    };
    try {
      const token = await latchkey.accessToken(refused);
      if (isStopped) return;
      const user = userIdOf(latchkey.session);
      if (isMutation && caller && user && user !== caller) failForOther();
      else if (refused !== undefined && (!token || token === refused)) giveUp();
      else send(token, refused !== undefined);
    } catch (error) {
      if (!isStopped) observer.error(error);
    }
  }

  function send(token: string | undefined, isLast: boolean): void {
    const user = userIdOf(latchkey.session);
    const hasChanged = () => user !== userIdOf(latchkey.session);
    operation.setContext({ headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) } });
    let isStopped = false;
    let sent: { unsubscribe(): void } | undefined;
    stop = () => {
      isStopped = true;
      sent?.unsubscribe();
    };
    sent = forward(operation).subscribe({
      next(result) {
        if (isStopped) return;
        if (hasChanged()) {
          if (!isMutation) void begin();
          else failForOther();
        } else if (token && !isLast && isRefusal(result) && !(isMutation && hasData(result))) {
          void begin(token, () => {
            observer.next(result);
            observer.complete();
          });
        } else observer.next(result);
      },
      error(error) {
        if (isStopped) return;
        if (!token || !isRefusalError(error)) observer.error(error);
        else if (hasChanged()) void begin();
        else if (isLast) observer.error(error);
        else void begin(token, () => observer.error(error));
      },
      complete() {
        if (!isStopped) observer.complete();
      },
    });
    if (isStopped) sent.unsubscribe(); // A response that arrived at once has stopped it.
  }

  void begin();
  return () => stop();
}

/** What is used of a client, the same in versions 3 and 4. */
interface ResettableClient {
  readonly cache: { reset(options: { discardWatches: boolean }): Promise<void> };
  reFetchObservableQueries(): Promise<unknown>;
}

/**
 * Empties the cache and sends active queries again when the user changes or signs out, in all tabs. Call it once, before the
 * first component renders. Returns a function that ends it.
 */
export function resetOnUserChange(client: ResettableClient, latchkey: Latchkey): () => void {
  return latchkey.onChange((session, previous) => {
    if (previous.status === 'loading' || userIdOf(session) === userIdOf(previous)) return;
    // Unlike `resetStore`, this ends no query: the new user may have started some.
    void client.cache.reset({ discardWatches: false });
    // Later, because components of the previous user are about to be removed.
    setTimeout(() => client.reFetchObservableQueries().catch(() => {})); // Each query has its own error.
  });
}

const isRefusal = ({ errors }: { readonly errors?: unknown }): boolean =>
  Array.isArray(errors) && errors.some((error: GraphqlError) => error.extensions?.code === 'UNAUTHENTICATED');

/** By its status, by its GraphQL errors, or by the response: text in version 4, an object in version 3. */
function isRefusalError(error: unknown): boolean {
  const { statusCode, errors, bodyText, result } = (error ?? {}) as Record<string, unknown>;
  if (statusCode === 401 || isRefusal({ errors })) return true;
  try {
    return isRefusal((result ?? JSON.parse(String(bodyText))) as object);
  } catch {
    return false;
  }
}
