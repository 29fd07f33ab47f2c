import type { RateLimitStore } from './rate-limits.ts';
import type { Revocations } from './revocations.ts';

/** What Redis does if it is configured. */
export type StoreDuty = 'rate-limits' | 'revocations';

/** Called when the database serves a call because Redis does not respond. */
export type OnFallback = (duty: StoreDuty) => void;

/** The counters in the database, as they stand in for those in Redis. */
export function reportLimits(database: RateLimitStore, onFallback: OnFallback): RateLimitStore {
  const report = () => onFallback('rate-limits');
  return {
    consume(...call) {
      report();
      return database.consume(...call);
    },
    peek(...call) {
      report();
      return database.peek(...call);
    },
    refund(...call) {
      report();
      return database.refund(...call);
    },
    clear(...call) {
      report();
      return database.clear(...call);
    },
  };
}

/** The table of revocations, as it stands in for the copy in memory. */
export const reportRevocations = (database: Revocations, onFallback: OnFallback): Revocations => ({
  ...database,
  isRevoked(sessionId) {
    onFallback('revocations');
    return database.isRevoked(sessionId);
  },
});
