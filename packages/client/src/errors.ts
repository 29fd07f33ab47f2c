/** An error of GraphQL, as the service returns it. */
export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly reason?: string; readonly [name: string]: unknown };
}

export interface LatchkeyErrorOptions {
  readonly cause?: unknown;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly errors?: readonly GraphqlError[];
}

/**
 * What is not an outcome of the operation. `code` is `extensions.code` of the first GraphQL error (docs/outcomes.md), or
 *
 * - `UNAVAILABLE`: no response, or the service cannot work at the moment. The user stays signed in: try again.
 * - `USER_CHANGED`: another user has signed in during the call. The response is dropped, or nothing was sent.
 * - `BLOCKED`: the browser does not let this page store cookies or data, so no sign-in is possible on it. The page is in a
 *   sandboxed frame, was opened from a file, or its site is blocked by the user.
 * - `RATE_LIMITED`: the access token could not be renewed yet. Try again after `retryAfter` seconds.
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: string;
  /** Seconds, if the service said when to try again. */
  readonly retryAfter: number | undefined;
  /** Names the request in the log of the service. */
  readonly requestId: string | undefined;
  readonly errors: readonly GraphqlError[];

  constructor(code: string, message: string, { cause, retryAfter, requestId, errors = [] }: LatchkeyErrorOptions = {}) {
    super(message, { cause });
    this.code = code;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
    this.errors = errors;
  }
}

/** Whether the user stays signed in and the same call may succeed later. */
export const isTemporary = (error: unknown): error is LatchkeyError =>
  error instanceof LatchkeyError && (error.code === 'UNAVAILABLE' || error.code === 'RATE_LIMITED');

export const blocked = (cause: unknown): LatchkeyError =>
  new LatchkeyError('BLOCKED', 'This page may not store cookies or data.', { cause });
