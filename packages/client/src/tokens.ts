import type { Access, AccessHolder, AccessNews } from './access.ts';
import { isTemporary, LatchkeyError } from './errors.ts';
import type { RefreshMutation, SignedInFragment } from './generated/types.ts';
import { fieldOf, type GraphqlRequest, type Post } from './post.ts';
import type { SessionState, SignOutReason } from './session.ts';
import type { TokenStorage } from './storage.ts';
import type { Tabs } from './tabs.ts';

export interface HeldToken {
  readonly token: string;
  /** Whether it expires soon or has expired. */
  readonly isDue: boolean;
}

export interface Tokens {
  /**
   * An access token that is valid for a while, renewed if necessary. Undefined if the user is signed out.
   * @param refused a token that the service no longer accepts
   * @throws LatchkeyError if it cannot be renewed at the moment. The user stays signed in.
   */
  get(refused?: string): Promise<string | undefined>;
  /** The access token in memory. */
  held(): HeldToken | undefined;
  /** Asks the service who is signed in, until it answers or the browser rules out a sign-in. */
  restore(): void;
  /** Keeps the tokens of a sign-in. Call it within a turn. */
  keep(signedIn: SignedInFragment): Promise<void>;
  /** Forgets the tokens. */
  drop(reason: SignOutReason | undefined): Promise<void>;
  close(): void;
}

export interface TokensDependencies {
  readonly post: Post;
  /** Undefined if the refresh token is in a cookie. */
  readonly storage: TokenStorage | undefined;
  readonly tabs: Tabs<AccessNews>;
  readonly holder: AccessHolder;
  readonly state: SessionState;
  readonly refreshDocument: string;
  readonly now: () => number;
}

/** Milliseconds within which another tab's token arrives after its turn. */
const NEWS_WITHIN = 100;
/** Milliseconds. */
const [FIRST_RETRY, LAST_RETRY, SLOW] = [500, 30_000, 3_000];
/** Milliseconds. A timer of more would end at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Gets, renews and forgets the tokens. A new refresh token is stored before its access token is used. */
export function createTokens({ post, storage, tabs, holder, state, refreshDocument, now }: TokensDependencies): Tokens {
  /** With the version of the token that it replaces. */
  let renewing: { readonly from: number; readonly done: Promise<void> } | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function keep({ accessToken, accessTokenExpiresIn, refreshToken, user, session }: SignedInFragment) {
    // First, because the service forgets the previous refresh token once it sees the new access token.
    if (storage && refreshToken) await storage.set(refreshToken);
    holder.set(accessToken, accessTokenExpiresIn, user, session.id);
  }
  async function drop(reason: SignOutReason | undefined): Promise<void> {
    try {
      await storage?.remove();
    } finally {
      holder.clear(reason);
    }
  }
  /** A user who was not signed in before needs no reason. */
  const reject = (reason: SignOutReason) =>
    drop(reason === 'MISSING' && state.current().status !== 'signedIn' ? undefined : reason);

  async function renewInTurn(): Promise<void> {
    const refreshToken = (await storage?.get()) ?? undefined;
    if (storage && !refreshToken) return reject('MISSING');
    const request = { query: refreshDocument, variables: { input: refreshToken ? { refreshToken } : {} } };
    const result = fieldOf(await postTwice(post, request, now), 'refresh') as RefreshMutation['refresh'];
    switch (result.__typename) {
      case 'Authenticated':
        return keep(result);
      case 'RateLimited':
        throw new LatchkeyError('RATE_LIMITED', result.message, { retryAfter: result.retryAfter });
      case 'RefreshRejected':
        // An app without locks: another process of it has exchanged the token meanwhile.
        if (storage && ((await storage.get()) ?? undefined) !== refreshToken) return renewInTurn();
        return reject(result.reason);
      default:
        throw new LatchkeyError('UNKNOWN', 'The service returned an outcome that this client does not know.');
    }
  }

  /** One renewal of a token, in all tabs. Callers that come meanwhile share it. */
  function renew(): Promise<void> {
    const from = holder.version();
    if (renewing?.from === from) return renewing.done;
    const done = tabs
      .inTurn(async (hadToWait) => {
        if (hadToWait && holder.version() === from) await tabs.nextMessage(NEWS_WITHIN);
        if (holder.version() === from) await renewInTurn();
      })
      .finally(() => {
        if (renewing?.done === done) renewing = undefined;
      });
    renewing = { from, done };
    return done;
  }

  const isUnknown = () => !isClosed && state.current().status === 'loading';
  function restore(delay = FIRST_RETRY): void {
    clearTimeout(retry);
    if (!isUnknown()) return;
    renew().catch((error) => {
      if (!isUnknown()) return;
      if (error instanceof LatchkeyError && error.code === 'BLOCKED') return holder.clear('BLOCKED');
      state.set({ status: 'loading', error });
      const wait = Math.max(delay, (isTemporary(error) ? (error.retryAfter ?? 0) : 0) * 1_000);
      retry = setTimeout(restore, Math.min(wait, LONGEST_TIMER), Math.min(2 * delay, LAST_RETRY));
    });
  }
  const whenOnline = () => restore();
  /** The browser shows a page as it was. What other tabs told meanwhile did not reach it. */
  const whenShown = ({ persisted }: PageTransitionEvent) => {
    if (persisted && state.current().status !== 'loading') renew().catch(() => {}); // The next use tries again.
  };
  globalThis.addEventListener?.('online', whenOnline);
  globalThis.addEventListener?.('pageshow', whenShown);

  return {
    async get(refused) {
      if (state.current().status === 'signedOut') return undefined;
      const isUsable = (until: (access: Access) => number) => {
        const access = holder.current();
        return access !== undefined && access.token !== refused && now() < until(access);
      };
      if (!isUsable(({ renewAt }) => renewAt)) {
        await renew().catch((error) => {
          if (!isUsable(({ expiresAt }) => expiresAt)) throw error;
        });
      }
      return holder.current()?.token;
    },
    held() {
      const access = holder.current();
      return access && { token: access.token, isDue: now() >= access.renewAt };
    },
    restore: () => restore(),
    keep,
    drop,
    close() {
      isClosed = true;
      clearTimeout(retry);
      globalThis.removeEventListener?.('online', whenOnline);
      globalThis.removeEventListener?.('pageshow', whenShown);
    },
  };
}

/**
 * Tries again after a quick failure. Repeating a refresh is safe: the same token gives the same successor. After a slow one, other
 * tabs have waited for their turn long enough.
 */
async function postTwice(post: Post, request: GraphqlRequest, now: () => number) {
  const startedAt = now();
  try {
    return await post(request);
  } catch (error) {
    if (!isTemporary(error) || now() - startedAt > SLOW) throw error;
    await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY));
    return post(request);
  }
}
