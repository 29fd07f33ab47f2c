import type { Clock } from '../../core/clock.ts';
import { RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { digest, type Keyring } from '../../core/secrets.ts';
import type { RateLimitStore } from '../../infra/store/rate-limits.ts';
import type { KnowsCaller } from './known-callers.ts';
import type { Limit } from './limits.ts';
import { createRefusalMemory } from './refusal-memory.ts';

/** What a request consumes of a limit. */
export interface Charge {
  limit: Limit;
  /** Who or what is counted, such as an address. */
  key: string;
  /** 1 by default. */
  cost?: number;
}

/** An attempt at a secret of an account. */
export interface Attempt {
  limit: Limit;
  /** What is counted, such as the codes of one use for an address. */
  key: string;
  /** The address, the number or the ID of the account. */
  subject: string;
  client: Client;
}

export interface CountedAttempt {
  charge: Charge;
  /** How many attempts are left after this one. */
  remaining: number;
}

/**
 * Limits are consumed in the service function behind a field, never per HTTP request, so that aliases and batches cannot
 * evade them.
 */
export interface RateLimiter {
  /**
   * Consumes all charges or none. If limits are exceeded: RateLimited with the longest wait, and all but the first of them
   * are refunded, because a flood from one network must not use up the limit of a wider one.
   */
  consume(...charges: Charge[]): Promise<RateLimited | undefined>;
  /**
   * Counts an attempt. Strangers share the limit. Once they have used it up, a caller whom the account knows has as many
   * attempts again: at most twice the limit in all.
   */
  attempt(attempt: Attempt): Promise<CountedAttempt | RateLimited>;
  /** For requests that should not count. */
  refund(...charges: Charge[]): Promise<void>;
  /** After a success: earlier failures no longer count. */
  clearAttempts(limit: Limit, ...keys: string[]): Promise<void>;
}

interface Dependencies {
  volume: RateLimitStore;
  durable: RateLimitStore;
  clock: Clock;
  keyring: Keyring;
  knowsCaller: KnowsCaller;
  /** Called for each refused request. */
  onRefused?: ((limit: Limit) => void) | undefined;
}

export function createRateLimiter(dependencies: Dependencies): RateLimiter {
  const { volume, durable, clock, keyring, knowsCaller, onRefused } = dependencies;
  const memory = createRefusalMemory(clock);
  const memoryKey = ({ limit, key }: Charge) => `${limit.name} ${key}`;
  const [digestKey] = keyring.derive('budget-key');
  const chooseStore = ({ limit }: Charge) => (limit.durable ? durable : volume);
  /** Digests: stored counters do not reveal addresses. */
  const digestedKey = ({ limit, key }: Charge) => digest(digestKey, `budget/${limit.name}`, key);
  const consumeOne = (charge: Charge) => chooseStore(charge).consume(charge.limit, digestedKey(charge), charge.cost);
  const refundOne = (charge: Charge) => chooseStore(charge).refund(charge.limit, digestedKey(charge), charge.cost);
  const clearOne = (charge: Charge) => chooseStore(charge).clear(charge.limit, digestedKey(charge));

  async function count(charge: Charge): Promise<CountedAttempt | RateLimited> {
    const consumed = await consumeOne(charge);
    return consumed.allowed ? { charge, remaining: consumed.remaining } : new RateLimited(consumed.retryAfter);
  }

  async function refund(...charges: Charge[]): Promise<void> {
    for (const charge of charges) memory.forget(memoryKey(charge));
    await Promise.all(charges.map(refundOne));
  }

  return {
    async consume(...charges) {
      for (const charge of charges) {
        const known = charge.limit.isRemembered && memory.recall(memoryKey(charge));
        if (!known) continue;
        onRefused?.(charge.limit);
        return known;
      }
      const results = await Promise.all(
        charges.map(async (charge) => ({ charge, consumed: await consumeOne(charge) })),
      );
      const exceeded = results.find(({ consumed }) => !consumed.allowed);
      if (!exceeded) return undefined;
      onRefused?.(exceeded.charge.limit);
      await refund(...results.filter((result) => result !== exceeded).map(({ charge }) => charge));
      const waits = results.flatMap(({ consumed }) => (consumed.allowed ? [] : [consumed.retryAfter]));
      const refusal = new RateLimited(Math.max(...waits));
      if (exceeded.charge.limit.isRemembered) memory.remember(memoryKey(exceeded.charge), refusal);
      return refusal;
    },

    async attempt({ limit, key, subject, client }) {
      const refused = await count({ limit, key });
      if (!(refused instanceof RateLimited)) return refused;
      const known = (await knowsCaller(subject, client)) ? await count({ limit, key: knownKey(key) }) : refused;
      if (known instanceof RateLimited) onRefused?.(limit);
      return known;
    },

    refund,

    async clearAttempts(limit, ...keys) {
      await Promise.all(keys.flatMap((key) => [clearOne({ limit, key }), clearOne({ limit, key: knownKey(key) })]));
    },
  };
}

/** Counts the attempts of callers whom the account knows. */
const knownKey = (key: string): string => `known ${key}`;
