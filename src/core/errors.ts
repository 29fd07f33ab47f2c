/** A dependency did not respond; the client may retry. Thrown, and returned as SERVICE_UNAVAILABLE. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly dependency: 'database' | 'store',
    options?: ErrorOptions,
  ) {
    super(`the ${dependency} does not respond`, options);
  }
}

/** A protected field without a valid access token. Thrown, and returned as UNAUTHENTICATED. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** Signed in, but not allowed. Thrown, and returned as FORBIDDEN. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
  /** @param reason for the client, if it can do something about it */
  constructor(readonly reason?: ForbiddenReason) {
    super();
  }
}

/**
 * SECOND_FACTOR_REQUIRED: administrators need a session with a second factor (ADMIN_SECOND_FACTOR). IMPERSONATION: not while
 * an administrator acts as the user.
 */
export type ForbiddenReason = 'SECOND_FACTOR_REQUIRED' | 'IMPERSONATION';

/** A limit is exceeded in a field whose type has no RateLimited. Thrown, and returned as RATE_LIMITED. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests';
}
