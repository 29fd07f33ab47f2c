/** So many points in a window of time; 10/15m is ten in fifteen minutes. */
export interface RateLimit {
  /** Stands in keys and audit events. */
  name: string;
  points: number;
  /** Milliseconds. The window opens with the first point taken. */
  window: number;
}

/** What is left after taking points. `retryAfter` is in seconds, at least 1. */
export type Consumption = { allowed: true; remaining: number } | { allowed: false; retryAfter: number };

/**
 * Counts what may happen only so often. Counting is one atomic step: of a hundred callers at once, on any number of
 * replicas, no more get through than there are points. Never skips a limit: throws Unavailable when nobody can count.
 */
export interface RateLimitStore {
  /** Takes points (1 unless told) and says whether they were there. A refused attempt is counted too. */
  spend(budget: RateLimit, key: string, points?: number): Promise<Consumption>;
  /** What is left, without taking any. */
  peek(budget: RateLimit, key: string): Promise<Consumption>;
  /** Gives points back, for an attempt that turned out to be none. */
  refund(budget: RateLimit, key: string, points?: number): Promise<void>;
  /** Forgets the key. */
  clear(budget: RateLimit, key: string): Promise<void>;
}
