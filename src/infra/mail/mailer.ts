/** A rendered message. */
export interface Mail {
  /** One mailbox; adapters pass it on as an object, never as a string to be parsed. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same for every attempt, so that a receiver can drop duplicates. */
  messageId: string;
}

export type Delivery =
  | { outcome: 'sent' }
  /** Try again later: 4xx, a broken connection, a timeout. */
  | { outcome: 'deferred'; error: string }
  /** Do not try again: 5xx. */
  | { outcome: 'refused'; error: string };

/** Sends messages. Returns within its own deadline, and does not throw for replies of the mail server. */
export interface Mailer {
  send(mail: Mail): Promise<Delivery>;
  /** Whether messages can be sent now; for `latchkey doctor`. */
  verify(): Promise<Delivery>;
  close(): Promise<void>;
}
