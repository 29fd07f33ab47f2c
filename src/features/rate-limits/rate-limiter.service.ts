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

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/**
 * Limits are consumed in the service function behind a field, never per HTTP request, so that aliases and batches cannot
 * evade them.
 */
export function createRateLimiter({
  volume,
  durable,
  keyring,
}: {
  volume: RateLimitStore;
  durable: RateLimitStore;
  keyring: Keyring;
}) {
  const [digestKey] = keyring.derive('budget-key');
  const chooseStore = ({ limit }: Charge) => (limit.durable ? durable : volume);
  /** Digests: stored counters do not reveal addresses. */
  const digestedKey = ({ limit, key }: Charge) => digest(digestKey, `budget/${limit.name}`, key);
  const consumeOne = (charge: Charge) => chooseStore(charge).consume(charge.limit, digestedKey(charge), charge.cost);
  const forEach = (charges: readonly Charge[], act: (store: RateLimitStore, charge: Charge) => Promise<void>) =>
    Promise.all(charges.map((charge) => act(chooseStore(charge), charge))).then(() => {});

  return {
    /** Consumes all charges or none. If a limit is exceeded: RateLimited with the longest wait, and the others are refunded. */
    async consume(...charges: Charge[]): Promise<RateLimited | undefined> {
      const results = await Promise.all(
        charges.map(async (charge) => ({ charge, consumed: await consumeOne(charge) })),
      );
      const waits = results.flatMap(({ consumed }) => (consumed.allowed ? [] : [consumed.retryAfter]));
      if (waits.length === 0) return undefined;
      await this.refund(...results.filter(({ consumed }) => consumed.allowed).map(({ charge }) => charge));
      return new RateLimited(Math.max(...waits));
    },

    /** How many guesses are left after this one; -1 if it is not allowed. */
    async guess(charge: Charge): Promise<number> {
      const consumed = await consumeOne(charge);
      return consumed.allowed ? consumed.remaining : -1;
    },

    /** For requests that should not count. */
    refund: (...charges: Charge[]) =>
      forEach(charges, (store, charge) => store.refund(charge.limit, digestedKey(charge), charge.cost)),

    /** After a success: earlier failures no longer count. */
    clear: (...charges: Charge[]) =>
      forEach(charges, (store, charge) => store.clear(charge.limit, digestedKey(charge))),
  };
}
