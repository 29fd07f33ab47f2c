import { RateLimited } from '../../core/problems.ts';
import { digest, type Keyring } from '../../core/secrets.ts';
import type { RateLimitStore } from '../../infra/store/rate-limits.ts';
import type { Limit } from './limits.ts';

/** What a request consumes of a limit. */
export interface Charge {
  limit: Limit;
  /** Who or what is counted, such as an address. */
  key: string;
  /** 1 by default. */
  cost?: number;
}

/**
 * Limits are consumed in the service function behind a field, never per HTTP request, so that aliases and batches cannot
 * evade them.
 */
export interface RateLimiter {
  /** Consumes all charges or none. If a limit is exceeded: RateLimited with the longest wait, and the others are refunded. */
  consume(...charges: Charge[]): Promise<RateLimited | undefined>;
  /** How many guesses are left after this one; -1 if it is not allowed. */
  guess(charge: Charge): Promise<number>;
  /** For requests that should not count. */
  refund(...charges: Charge[]): Promise<void>;
  /** After a success: earlier failures no longer count. */
  clear(...charges: Charge[]): Promise<void>;
}

interface Dependencies {
  volume: RateLimitStore;
  durable: RateLimitStore;
  keyring: Keyring;
}

export function createRateLimiter({ volume, durable, keyring }: Dependencies): RateLimiter {
  const [digestKey] = keyring.derive('budget-key');
  const chooseStore = ({ limit }: Charge) => (limit.durable ? durable : volume);
  /** Digests: stored counters do not reveal addresses. */
  const digestedKey = ({ limit, key }: Charge) => digest(digestKey, `budget/${limit.name}`, key);
  const consumeOne = (charge: Charge) => chooseStore(charge).consume(charge.limit, digestedKey(charge), charge.cost);
  const refundOne = (charge: Charge) => chooseStore(charge).refund(charge.limit, digestedKey(charge), charge.cost);
  const clearOne = (charge: Charge) => chooseStore(charge).clear(charge.limit, digestedKey(charge));

  async function refund(...charges: Charge[]): Promise<void> {
    await Promise.all(charges.map(refundOne));
  }

  return {
    async consume(...charges) {
      const results = await Promise.all(
        charges.map(async (charge) => ({ charge, consumed: await consumeOne(charge) })),
      );
      const waits = results.flatMap(({ consumed }) => (consumed.allowed ? [] : [consumed.retryAfter]));
      if (waits.length === 0) return undefined;
      await refund(...results.filter(({ consumed }) => consumed.allowed).map(({ charge }) => charge));
      return new RateLimited(Math.max(...waits));
    },

    async guess(charge) {
      const consumed = await consumeOne(charge);
      return consumed.allowed ? consumed.remaining : -1;
    },

    refund,

    async clear(...charges) {
      await Promise.all(charges.map(clearOne));
    },
  };
}
