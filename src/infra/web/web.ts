/** A question to another server. Milliseconds, headers and fields are the caller's; everything else is bounded here. */
export interface WebQuestion {
  url: string;
  headers?: Record<string, string>;
  /** Sent with POST, as application/x-www-form-urlencoded. Without one the question is a GET. */
  form?: Record<string, string>;
}

export type WebAnswer =
  /** JSON, whatever the status. */
  | { kind: 'answered'; status: number; body: unknown }
  /** In words for the log, without anything that was sent or came back. */
  | { kind: 'failed'; error: string };

/**
 * How other servers are asked: one try, JSON only, no redirects, bounded in time and size, and only where `reaches` has
 * been told it may. Never throws.
 */
export interface Web {
  ask(question: WebQuestion): Promise<WebAnswer>;
  /** From now on this origin may be asked, too. */
  reach(url: string): void;
}

export interface WebBounds {
  /** The origins that may be asked, as URLs. */
  reaches: readonly string[];
  /** Milliseconds from the question to the last byte of its answer. */
  deadline?: number;
  /** Questions at a time; one more fails at once, so that a server which hangs holds no more than these. */
  places?: number;
}

export type OpenWeb = (bounds: WebBounds) => Web;
