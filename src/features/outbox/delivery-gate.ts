import type { MessageChannel } from '../../infra/db/tables.ts';
import type { Message } from '../../messages/message.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { Stored } from './message-seal.ts';
import type { OutboxMessage } from './outbox.ts';
import type { DeliveryCheck } from './permit.ts';

/** A message whose limits are checked when it is delivered. */
export interface CheckedMessage extends DeliveryCheck {
  channel: MessageChannel;
  /** The template. */
  kind: string;
  to: string;
  /** How many suppressed messages of the same kind this one reports. */
  more: number;
  /** The message is not sent after this. */
  expiresAt: Date;
}

/**
 * send: the limits are consumed. suppress: it must not be sent; this is recorded. wait: it may be sent later.
 * @param retryAfter milliseconds
 */
export type Admission = { decision: 'send' } | { decision: 'suppress' } | { decision: 'wait'; retryAfter: number };

/** Checks the limits of a message that is about to be delivered. features/send-limits implements it. */
export interface DeliveryGate {
  /** Throws if the limits cannot be read: a limit is never skipped. */
  admit(message: CheckedMessage): Promise<Admission>;
  /** Undoes `admit` for a message that was certainly not sent. */
  refund(message: CheckedMessage): Promise<void>;
}

/** What the gate needs to know about a stored message. Undefined if its limits were consumed before it was written. */
export const toChecked = (
  { channel, kind, expiresAt }: Pick<OutboxMessage, 'channel' | 'kind' | 'expiresAt'>,
  { to, check, ...message }: Stored<Message | SmsMessage>,
): CheckedMessage | undefined =>
  check && { ...check, channel, kind, to, more: ('more' in message && message.more) || 0, expiresAt };
