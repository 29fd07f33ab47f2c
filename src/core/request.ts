import type { RequiredRole } from './access.ts';
import type { Locale } from './locale.ts';
import type { Explainer } from './problems.ts';
import type { ReauthenticationRequired } from './session-problems.ts';

/** What a request shows about its client. All but the IP address is the client's own claim. */
export interface Client {
  /** The address of the peer, or the one that a trusted proxy reports. */
  ip: string;
  userAgent: string | null;
  /** From Accept-Language. */
  locale: Locale;
  requestId: string;
  /** The user of the live session that the request carries, by its access token or its cookie. Looked up when called. */
  sessionUser?: () => Promise<string | undefined>;
  /** The administrator who acts as the user in the request's session. Known once the viewer is. */
  readonly actorId?: string | undefined;
}

/** The authenticated caller: a valid access token of a session that has not ended. */
export interface Viewer {
  userId: string;
  sessionId: string;
  /** The token's auth_time: when the user last signed in or reauthenticated. That of the session may be later. */
  authenticatedAt: Date;
  /** The token's amr: how the user signed in (RFC 8176). */
  authenticationMethods: readonly string[];
  /** The token's act claim: the administrator who acts as the user (RFC 8693 section 4.1). */
  actorId?: string | undefined;
}

/** One per request, created in http/context.ts. */
export interface RequestContext extends Explainer {
  client: Client;
  /** Whether the request carries an access token, valid or not. */
  readonly presentsToken: boolean;
  /** Whether a page of another site sent the request: its browser would drop our cookie, which is SameSite=Lax. */
  readonly isCrossSite: boolean;
  /** Undefined if there is no valid token. Verified on first use, then cached. */
  viewer(): Promise<Viewer | undefined>;
  /**
   * Throws Unauthenticated or Forbidden unless the caller has the role. Roles are read from the account, because those
   * in the token may be outdated.
   * @param operation for the audit event
   */
  requireRole(role: RequiredRole, operation: string): Promise<Viewer>;
  /**
   * Undefined if the caller signed in or reauthenticated recently. Throws Unauthenticated.
   * @param operation for the audit event
   */
  requireRecentSignIn(operation: string): Promise<ReauthenticationRequired | undefined>;
  /** The caller, if it is an administrator who acts as a user. Reads no session if the token does not say so. */
  impersonation(): Promise<Viewer | undefined>;
  /** Whether the access token, valid or not, says that an administrator acts as a user. It may have expired. */
  readonly claimsImpersonation: boolean;
  /** Throws Forbidden, with an audit event, because the caller is an administrator who acts as a user. */
  refuseImpersonation(viewer: Viewer, operation: string): Promise<never>;
  /** Makes the user who has just signed in the viewer for the rest of the request. */
  setViewer(viewer: Viewer): void;
  /** The refresh token in the cookie; undefined if there is none or the request's origin may not use it. */
  refreshCookie: string | undefined;
  /** Sets the cookie on the response, or removes it. */
  setRefreshCookie(cookie: { token: string; expiresAt: Date } | undefined): void;
}
