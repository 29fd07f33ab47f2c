import { DAY, MINUTE, SECOND } from '../../core/clock.ts';
import type { MessageChannel, OutboxState, outbox } from '../../infra/db/tables.ts';

export type OutboxMessage = typeof outbox.$inferSelect;

/** A text message that the request sends itself, as soon as the row is committed. */
export type PendingText = OutboxMessage;

/** The columns of a new message, without `finishedAt`, which only a decoy has. */
export const NEW_MESSAGE = [
  'id',
  'channel',
  'kind',
  'locale',
  'sealed',
  'recipient',
  'state',
  'attempts',
  'nextAttemptAt',
  'expiresAt',
  'createdAt',
] as const satisfies (keyof OutboxMessage)[];

/** The final state of a message. */
export type FinalState = Exclude<OutboxState, 'pending'>;

/** A message as the outbox viewer shows it. The content is null once it was deleted. */
export interface SentMessage {
  id: string;
  channel: MessageChannel;
  to: string | null;
  kind: string;
  locale: string;
  state: OutboxState;
  createdAt: Date;
  subject: string | null;
  text: string | null;
  html: string | null;
  code: string | null;
  link: string | null;
  lastError: string | null;
}

/**
 * The result for a caller that waits for a text message. `unknown`: it was sent or may still be sent. `not-sent`: the
 * provider did not accept it, and it will not be sent later.
 */
export type DeliveryOutcome = 'sent' | 'unknown' | 'not-sent';

/** The error in the row of a text message while it is being sent. It remains if the worker dies meanwhile. */
export const BEING_SENT = 'its worker died while sending it: it may or may not have been sent';

/** Milliseconds; longer than any mailer may take. */
export const LEASE = 30 * SECOND;

/** With the delays below, the last attempt is made after about an hour. */
export const MAX_ATTEMPTS = 12;
const FIRST_DELAY = 5 * SECOND;
const LONGEST_DELAY = 15 * MINUTE;

/** Milliseconds for which finished rows are kept at least, to investigate complaints. OUTBOX_RETENTION may be longer. */
export const KEEP_FINISHED = DAY;
export const KEEP_DEAD = 30 * DAY;

/**
 * Milliseconds until the next attempt: doubled each time, and spread by half in both directions, so that messages that
 * failed together are not retried together.
 * @param attempts so far, from 1
 * @param random 0 to 1
 */
export const retryDelay = (attempts: number, random: number): number =>
  Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempts - 1)) * (0.5 + random);
