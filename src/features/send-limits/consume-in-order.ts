import { SECOND } from '../../core/clock.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';

/** A limit that is used up. */
export interface UsedUp<Reason> {
  reason: Reason;
  /** Milliseconds. */
  retryAfter: number;
}

/** Consumes all limits or none; returns the first that refused. */
export async function consumeInOrder<Reason>(
  limiter: RateLimiter,
  charges: readonly (readonly [Reason, Charge])[],
): Promise<UsedUp<Reason> | undefined> {
  const consumed: Charge[] = [];
  for (const [reason, charge] of charges) {
    consumed.push(charge);
    const limited = await limiter.consume(charge);
    if (!limited) continue;
    await limiter.refund(...consumed);
    return { reason, retryAfter: limited.retryAfter * SECOND };
  }
  return undefined;
}
