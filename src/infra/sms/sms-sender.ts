import type { Phone } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';

/** A text message, ready to send. */
export interface Sms {
  to: Phone;
  text: string;
  /** For gateways that choose a sender or a template by language. */
  locale: Locale;
  /** Identifies the message in all requests about it. Never used to send it twice. */
  reference: string;
  /** Milliseconds until the message is of no use any more. */
  lifetime: number;
  /** The code in the text; undefined in a notice. */
  code?: string | undefined;
  /** Where the gateway can report what became of the message. The URL contains a secret of this message. */
  statusUrl?: string | undefined;
}

export type SmsDelivery =
  /** id: the gateway's own identifier of the message. */
  | { outcome: 'sent'; id?: string }
  /** The gateway refused this message for good: nothing was sent. */
  | { outcome: 'refused'; error: string }
  /** It may have been sent: a time-out, a broken connection, a 5xx. It is not sent again. */
  | { outcome: 'unknown'; error: string }
  /**
   * Nothing was sent, and other messages would fail as well: the gateway cannot be reached, does not accept our
   * credentials, wants fewer requests, or got no request because of one of these.
   * retryAfter: how long it wants us to wait, in milliseconds.
   */
  | { outcome: 'unavailable'; error: string; retryAfter?: number };

/**
 * Sends text messages through a gateway: at most one message per call, whatever happens. Returns within its own
 * deadline, and never throws because of the gateway. An error names the gateway and the kind of failure, and never
 * contains the number or any of the text.
 */
export interface SmsSender {
  send(sms: Sms): Promise<SmsDelivery>;
  /** Whether the gateway can be reached and accepts our credentials, for `latchkey doctor`. Sends no message. */
  verify(): Promise<SmsDelivery>;
  /**
   * Tells the gateway whether the code was entered, for one that wants to know.
   * @param id from the delivery
   */
  settle?(id: string, outcome: CodeOutcome): Promise<SmsDelivery>;
  /** What a request to `statusUrl` says. Undefined if it says nothing; 'forged' if its signature is not the gateway's. */
  readStatus?(callback: StatusCallback): Promise<StatusReport | 'forged' | undefined>;
  /** For a gateway that sends only texts that it has approved. */
  readonly approval?: TextApproval;
  close(): Promise<void>;
}

/** canceled: the code can no longer be entered. */
export type CodeOutcome = 'approved' | 'canceled';

/** A request from a gateway about a message. */
export interface StatusCallback {
  /** As the gateway was given it. */
  url: string;
  /** The fields of the form or of the JSON object. */
  fields: Readonly<Record<string, string>>;
  header(name: string): string | undefined;
}

export type StatusReport =
  /** On its way. */
  | { status: 'accepted' }
  | { status: 'delivered' }
  /** reason: safe to log. */
  | { status: 'failed'; reason: string };

/** A text as it is sent, with sample digits. */
export interface TextSample {
  locale: Locale;
  kind: string;
  text: string;
  /** Matches every text of this kind, whatever its digits are. */
  pattern: RegExp;
}

/** What a gateway says about our account or texts. */
export interface GatewayFinding {
  state: 'good' | 'doubtful' | 'wrong';
  text: string;
  /** How to fix it. */
  advice?: string;
}

export type Submission =
  | { kind: 'submitted' }
  /** detail: its state at the gateway, or why it was not submitted. */
  | { kind: 'known' | 'failed'; detail: string };

/** Texts that a gateway has to approve before it sends them. */
export interface TextApproval {
  /** Sends the text to the gateway's moderators, unless it has it already. */
  submit(sample: TextSample): Promise<Submission>;
  /** The account, and what the gateway says about each text. */
  examine(samples: readonly TextSample[]): Promise<GatewayFinding[]>;
}
