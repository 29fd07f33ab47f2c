import type { Phone } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';

/** A text message in its final words. */
export interface Sms {
  to: Phone;
  text: string;
  /** For gateways that choose a sender or a template by language. */
  locale: Locale;
  /** The same for whatever is asked about this message; never used to send it twice. */
  reference: string;
}

export type SmsDelivery =
  | { outcome: 'sent' }
  /** The provider said no to this message, at once and for good: nothing was sent. */
  | { outcome: 'refused'; error: string }
  /** Nobody knows whether it went: a time-out, a broken connection, a 5xx. It is not tried again. */
  | { outcome: 'unknown'; error: string }
  /**
   * Nothing was sent, and another message would fare no better: the provider cannot be reached, does not accept our
   * credentials, asked us to slow down, or was not asked because of any of these.
   * retryAfter: milliseconds that it asked to be left alone for.
   */
  | { outcome: 'unavailable'; error: string; retryAfter?: number };

/**
 * Hands text messages to a provider: at most one message a call, whatever happens. Answers within its own deadline and
 * does not throw for what the other side says. An error says which provider and what kind, and holds neither the
 * number nor any of the text.
 */
export interface SmsSender {
  send(sms: Sms): Promise<SmsDelivery>;
  /** Whether the provider can be reached and accepts our credentials; for `latchkey doctor`. Sends nothing. */
  verify(): Promise<SmsDelivery>;
  close(): Promise<void>;
}
