/** A message in its final words. */
export interface Mail {
  /** One mailbox; adapters pass it on as an object, never as a string to be parsed. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Stable across attempts, so that a receiver can drop the second copy of a message sent at least once. */
  messageId: string;
}

export type Delivery =
  | { outcome: 'sent' }
  /** Try again later: 4xx, a broken connection, a time-out. */
  | { outcome: 'deferred'; error: string }
  /** No use in trying again: 5xx. */
  | { outcome: 'refused'; error: string };

/** Hands messages over. Answers within its own deadline; does not throw for what the other side says. */
export interface Mailer {
  send(mail: Mail): Promise<Delivery>;
  /** Whether messages can be handed over right now; for `latchkey doctor`. */
  verify(): Promise<Delivery>;
  close(): Promise<void>;
}
