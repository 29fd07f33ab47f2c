import { type AccessNews, createAccessHolder } from './access.ts';
import { FRAGMENTS, type LogoutResult, type Operations, OWN_DOCUMENTS } from './generated/operations.ts';
import { createMethods } from './methods.ts';
import { completeDocument } from './operation.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { createPost, fieldOf, type GraphqlAnswer, type GraphqlRequest } from './post.ts';
import { createSender } from './sender.ts';
import { createSessionState, type Session, type SessionListener } from './session.ts';
import { createSocial, type Social } from './social.ts';
import { memoryStorage, type TokenStorage } from './storage.ts';
import { browserTabs, singleTab } from './tabs.ts';
import { createTokens, type HeldToken } from './tokens.ts';

export interface LatchkeyOptions {
  /** URL of the service, such as `https://auth.example.com`, or of its GraphQL endpoint, also relative to the page. */
  readonly url: string;
  /**
   * How the refresh token is kept. `cookie`: in a cookie that scripts cannot read; the default in browsers, for apps on the
   * same site as the service. `body`: in `storage`; the default elsewhere.
   */
  readonly transport?: 'cookie' | 'body';
  /** For the transport `body`. In memory by default. */
  readonly storage?: TokenStorage;
  /** The name of this device in the list of sessions. By default the service derives it from the browser. */
  readonly device?: string;
  /** Sent with each request. `accept-language` sets the language of messages, which browsers send themselves. */
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  readonly fetch?: typeof fetch;
  /** Milliseconds after which a request counts as lost. 30,000 by default. */
  readonly timeout?: number;
  /** Milliseconds since 1970. For tests. */
  readonly now?: () => number;
}

export interface Latchkey extends Operations, Passkeys, Social {
  /** A snapshot, replaced when it changes. `loading` until the first use of the client. */
  readonly session: Session;
  /** Calls the listener after each change. Returns a function that ends it. */
  onChange(listener: SessionListener): () => void;
  /** Resolves with the session once it is known whether the user is signed in. */
  ready(): Promise<Session>;
  /**
   * An access token for the app's own requests, renewed before it expires; one renewal serves all callers and tabs.
   * Undefined if the user is signed out.
   * @param refused a token that a server no longer accepts
   * @throws LatchkeyError with the code UNAVAILABLE or RATE_LIMITED. The user stays signed in: try again later.
   */
  accessToken(refused?: string): Promise<string | undefined>;
  /** The access token in memory, for code that cannot wait. If `isDue`, call `accessToken()` before it is used. */
  readonly heldToken: HeldToken | undefined;
  /**
   * `fetch` with the access token, and once more with a new one after status 401. Only for servers that may have it.
   * @throws LatchkeyError with the code USER_CHANGED if another user signs in before the response is there
   */
  fetch: typeof fetch;
  /** Sends a document of the app's own to the service, with the access token. */
  request(request: GraphqlRequest): Promise<GraphqlAnswer>;
  /**
   * Signs out, in all tabs.
   * @throws LatchkeyError with the code UNAVAILABLE if the service cannot be reached. The user is then still signed in.
   */
  logout(): Promise<LogoutResult>;
  /** Ends timers and connections to other tabs. For tests and hot reloads. */
  close(): void;
}

/**
 * The user's session with a Latchkey service. Create one for an app, at any time: nothing is sent before its first use. On a
 * server, create one for each request.
 */
export function createLatchkey(options: LatchkeyOptions): Latchkey {
  const isPage = typeof document !== 'undefined';
  const {
    url,
    transport = isPage ? 'cookie' : 'body',
    device,
    headers = {},
    timeout = 30_000,
    now = () => Date.now(),
  } = options;
  const storage = transport === 'body' ? (options.storage ?? memoryStorage()) : undefined;
  const state = createSessionState();
  const endpoint = /^\w+:\/\/[^/]+\/?$/.test(url) ? `${url.replace(/\/$/, '')}/graphql` : url;
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));
  const post = createPost({
    endpoint,
    credentials: storage ? 'omit' : 'include',
    fetch,
    headers: () => (typeof headers === 'function' ? headers() : headers),
    timeout,
  });
  // Tabs with a memory of their own have sessions of their own.
  const tabs =
    isPage && typeof BroadcastChannel === 'function' && (!storage || storage.isShared)
      ? browserTabs<AccessNews>(`latchkey:${endpoint}`, (news) => holder.hear(news))
      : singleTab<AccessNews>();
  const holder = createAccessHolder(tabs, state, now);
  const refreshDocument = completeDocument(OWN_DOCUMENTS.refresh, FRAGMENTS);
  const tokens = createTokens({ post, storage, tabs, holder, state, refreshDocument, now });
  const delivery = { transport: storage ? 'BODY' : 'COOKIE', ...(device && { device }) } as const;
  const send = createSender({ tokens, tabs, state });
  const { request, ...operations } = createMethods({ post, tokens, holder, send, state, delivery });

  const latchkey: Latchkey = {
    ...operations,
    ...createPasskeys(operations),
    ...createSocial(operations),
    get session() {
      return state.current();
    },
    onChange(listener) {
      const end = state.listen(listener);
      tokens.restore();
      return end;
    },
    ready: () =>
      new Promise((resolve) => {
        const check = (session: Session) => {
          if (session.status === 'loading') return;
          end();
          resolve(session);
        };
        const end = state.listen(check);
        check(state.current());
        tokens.restore();
      }),
    accessToken: tokens.get,
    get heldToken() {
      return tokens.held();
    },
    async fetch(resource, init) {
      const request = new Request(resource, init);
      return send({
        post(token) {
          const attempt = request.clone(); // The next one needs the body, too.
          if (token) attempt.headers.set('authorization', `Bearer ${token}`);
          return fetch(attempt);
        },
        isRefused: ({ status }) => status === 401,
      });
    },
    request,
    logout: () =>
      tabs.inTurn(async () => {
        const refreshToken = await storage?.get();
        const variables = { input: refreshToken ? { refreshToken } : {} };
        const answer = await post({ query: OWN_DOCUMENTS.logout, variables }, holder.current()?.token);
        const result = fieldOf(answer, 'logout') as LogoutResult;
        await tokens.drop('SIGNED_OUT');
        return result;
      }),
    close() {
      tokens.close();
      tabs.close();
    },
  };
  // A log or JSON of the client does not have the token.
  return Object.defineProperty(latchkey, 'heldToken', { enumerable: false });
}
