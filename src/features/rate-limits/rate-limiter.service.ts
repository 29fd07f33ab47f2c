import { RateLimited } from '../../core/problems.ts';
import { digest, type Keyring } from '../../core/secrets.ts';
import type { RateLimitStore } from '../../infra/store/rate-limits.ts';
import type { Limit } from './limits.ts';

/** Points of a limit, for whoever the key names; one unless told. */
export interface Charge {
  limit: Limit;
  key: string;
  points?: number;
}

export type RateLimiter = ReturnType<typeof createRateLimiter>;

/** Where limits are spent: in the service function behind a field, never per URL, so that aliases and batches buy nothing. */
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
  const storeOf = ({ limit }: Charge) => (limit.durable ? durable : volume);
  /** Keys are digests: a counter's name tells nobody who is counted. */
  const keyOf = ({ limit, key }: Charge) => digest(digestKey, `budget/${limit.name}`, key);
  const spend = (charge: Charge) => storeOf(charge).spend(charge.limit, keyOf(charge), charge.points);
  const forEach = (charges: readonly Charge[], act: (store: RateLimitStore, charge: Charge) => Promise<void>) =>
    Promise.all(charges.map((charge) => act(storeOf(charge), charge))).then(() => {});

  return {
    /**
     * Takes a point of each. When one is refused, the points taken of the others are given back and the longest wait
     * is returned.
     */
    async spend(...charges: Charge[]): Promise<RateLimited | undefined> {
      const answers = await Promise.all(charges.map(async (charge) => ({ charge, spent: await spend(charge) })));
      const waits = answers.flatMap(({ spent }) => (spent.allowed ? [] : [spent.retryAfter]));
      if (waits.length === 0) return undefined;
      await this.refund(...answers.filter(({ spent }) => spent.allowed).map(({ charge }) => charge));
      return new RateLimited(Math.max(...waits));
    },

    /** Points left after taking one, or -1 when there was none. */
    async guess(charge: Charge): Promise<number> {
      const spent = await spend(charge);
      return spent.allowed ? spent.remaining : -1;
    },

    /** For attempts that turned out to be none. */
    refund: (...charges: Charge[]) =>
      forEach(charges, (store, charge) => store.refund(charge.limit, keyOf(charge), charge.points)),

    /** After success: what went before is forgiven. */
    clear: (...charges: Charge[]) => forEach(charges, (store, charge) => store.clear(charge.limit, keyOf(charge))),
  };
}
