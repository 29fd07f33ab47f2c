import type { RequiredRole } from './access.ts';
import type { Locale } from './locale.ts';
import type { Explainer } from './problems.ts';

/** What the caller claims about itself; nothing here is proved. */
export interface Client {
  /** The peer, or what a trusted proxy says of it. */
  ip: string;
  userAgent: string | null;
  /** From Accept-Language. */
  locale: Locale;
  requestId: string;
}

/** Who the caller has proved to be: a valid access token of a session that has not ended. */
export interface Viewer {
  userId: string;
  sessionId: string;
}

/** One per request, made in http/context.ts. */
export interface RequestContext extends Explainer {
  client: Client;
  /** Undefined when there is no token or it is not accepted. Verified on first use, then remembered. */
  viewer(): Promise<Viewer | undefined>;
  /**
   * Throws Unauthenticated or Forbidden unless the caller has the role now: roles are read from the account and not from
   * the token, which may be older than they are.
   * @param what that was asked for, for the record
   */
  requireRole(role: RequiredRole, what: string): Promise<Viewer>;
  /** From here on the request speaks for the session that it has just begun. */
  become(viewer: Viewer): void;
  /** The refresh token of the cookie; undefined when there is none or when its origin may not use it. */
  refreshCookie: string | undefined;
  /** Sets the cookie on the response, or removes it. */
  setRefreshCookie(cookie: { token: string; expiresAt: Date } | undefined): void;
}
