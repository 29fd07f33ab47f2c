import { DAY, HOUR, MINUTE, SECOND } from '../../core/clock.ts';
import type { JsonObject, webhookDeliveries } from '../../infra/db/tables.ts';

/** One event on its way to one endpoint. */
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect;

/** What happened, as it is stored until it is sent: names and ids only. */
export interface StoredEvent {
  [name: string]: JsonObject[string];
  at: string;
  userId: string | null;
  sessionId: string | null;
  actorId: string | null;
  method: string | null;
  /** Facts that only some types have. */
  facts: JsonObject;
}

/** Milliseconds from an event to the last attempt. */
export const GIVE_UP_AFTER = 2 * DAY;

/** Milliseconds to each next attempt. The last one is repeated. docs/webhooks.md shows them; a test compares. */
export const RETRY_DELAYS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
] as const;

/** Milliseconds that the answer of a receiver can put off its next delivery. */
export const LONGEST_RETRY_AFTER = HOUR;

/** Milliseconds until a receiver must have responded. */
export const SEND_TIMEOUT = 15 * SECOND;

/** Milliseconds that a worker keeps a delivery: longer than sending takes. */
export const LEASE = 30 * SECOND;

/** Milliseconds that finished rows are kept: long enough to investigate a complaint. */
export const KEEP_SENT = 3 * DAY;
export const KEEP_GIVEN_UP = 30 * DAY;

/**
 * Milliseconds until the next attempt, spread by a fifth in both directions.
 * @param attempts so far, from 1
 * @param random 0 to 1
 */
export function retryDelay(attempts: number, random: number): number {
  const delay = RETRY_DELAYS[Math.min(attempts, RETRY_DELAYS.length) - 1] ?? RETRY_DELAYS[0];
  return delay * (0.8 + 0.4 * random);
}
