import type { LatchkeyError } from './errors.ts';
import type { RefreshFailure, SignedInFragment } from './generated/types.ts';

/** Who is signed in, as the last response said. */
export type SessionUser = SignedInFragment['user'];

/**
 * Why there is no session any more. `SIGNED_OUT`: the user signed out, here or in another tab. Otherwise the reason of
 * `RefreshRejected`. `MISSING` right after a sign-in means that the browser did not keep the cookie. `BLOCKED`: no sign-in is
 * possible on this page, see `LatchkeyError`.
 */
export type SignOutReason = 'SIGNED_OUT' | 'BLOCKED' | RefreshFailure;

export type Session =
  /** Not known yet. With `error`, the service could not be asked; the client tries again by itself. */
  | { readonly status: 'loading'; readonly error?: LatchkeyError }
  | { readonly status: 'signedIn'; readonly user: SessionUser; readonly sessionId: string }
  /** Without `reason`, the user was not signed in before. */
  | { readonly status: 'signedOut'; readonly reason?: SignOutReason };

/** Undefined unless a user is signed in. */
export const userIdOf = (session: Session): string | undefined =>
  session.status === 'signedIn' ? session.user.id : undefined;

export type SessionListener = (session: Session, previous: Session) => void;

export interface SessionState {
  current(): Session;
  set(session: Session): void;
  /** Returns a function that ends it. */
  listen(listener: SessionListener): () => void;
}

/** Listeners hear of a change only if there is one, so that each session is a stable snapshot. */
export function createSessionState(): SessionState {
  const listeners = new Set<SessionListener>();
  let session: Session = { status: 'loading' };
  return {
    current: () => session,
    set(next) {
      const previous = session;
      if (JSON.stringify(next) === JSON.stringify(previous)) return;
      session = next;
      for (const listener of [...listeners]) listener(next, previous);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
