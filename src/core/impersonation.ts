import { MINUTE } from './clock.ts';

/** Milliseconds that an administrator may act as a user: the lifetime of the session and of its only access token. */
export const IMPERSONATION_TTL = 15 * MINUTE;
