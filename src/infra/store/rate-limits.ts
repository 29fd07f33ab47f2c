/** At most `max` in a window; 10/15m is ten in fifteen minutes. */
export interface RateLimit {
  /** Part of the counter's key, and of audit events. */
  name: string;
  max: number;
  /** Milliseconds. A window opens with the first request that it counts. */
  window: number;
}

/** Whether the limit allows the request. `retryAfter` is in seconds, at least 1. */
export type Consumption = { allowed: true; remaining: number } | { allowed: false; retryAfter: number };

/**
 * Counts requests against limits in one atomic step: of a hundred concurrent callers, on any number of replicas, at most
 * `max` are allowed. Throws Unavailable if no store responds: a limit is never skipped.
 */
export interface RateLimitStore {
  /** Consumes `cost`, 1 by default. A rejected request counts too. */
  consume(limit: RateLimit, key: string, cost?: number): Promise<Consumption>;
  /** Consumes nothing. */
  peek(limit: RateLimit, key: string): Promise<Consumption>;
  /** Gives back the cost of a request that should not count. */
  refund(limit: RateLimit, key: string, cost?: number): Promise<void>;
  /** Resets the counter of the key. */
  clear(limit: RateLimit, key: string): Promise<void>;
}
