/** Where the refresh token is kept, with the transport `body`. The methods may be asynchronous. */
export interface TokenStorage {
  get(): string | null | undefined | Promise<string | null | undefined>;
  /** Must not resolve before the token is kept durably. */
  set(token: string): void | Promise<void>;
  remove(): void | Promise<void>;
  /** Whether all tabs of the app see the same token. */
  readonly isShared?: boolean;
}

/** Forgets the token when the page is closed or the process ends. */
export function memoryStorage(): TokenStorage {
  let kept: string | undefined;
  return {
    get: () => kept,
    set(token) {
      kept = token;
    },
    remove() {
      kept = undefined;
    },
  };
}

/**
 * Keeps the token in `localStorage`, where every script of the page can read it. Prefer the transport `cookie`; this is for
 * apps that cannot have cookies of the service. In memory where the browser denies the page its storage.
 */
export const browserStorage = (key = 'latchkey'): TokenStorage =>
  isDenied()
    ? memoryStorage()
    : {
        get: () => localStorage.getItem(key),
        set: (token) => localStorage.setItem(key, token),
        remove: () => localStorage.removeItem(key),
        isShared: true,
      };

/** In sandboxed frames, and where the user blocks the data of the site. A server has no `localStorage`, but calls no method either. */
function isDenied(): boolean {
  try {
    return !localStorage;
  } catch {
    return typeof document !== 'undefined';
  }
}
