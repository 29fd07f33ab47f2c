/** A request to another server. */
export interface WebQuestion {
  url: string;
  headers?: Record<string, string>;
  /** Sent with POST as application/x-www-form-urlencoded. Without a form, the request is a GET. */
  form?: Record<string, string>;
}

export type WebAnswer =
  /** JSON, with any status. */
  | { kind: 'answered'; status: number; body: unknown }
  /** The error is safe to log: it quotes neither the request nor the response. */
  | { kind: 'failed'; error: string };

/**
 * Sends requests to listed origins only. One attempt, JSON only, no redirects, limited in time and size. Never throws.
 */
export interface Web {
  ask(question: WebQuestion): Promise<WebAnswer>;
  /** Adds the URL's origin to the listed ones. */
  reach(url: string): void;
}

export interface WebBounds {
  /** URLs of the origins that may be requested. */
  reaches: readonly string[];
  /** Milliseconds until the last byte of the response. */
  deadline?: number;
  /** Concurrent requests. A further one fails at once, which bounds what a hanging server can hold. */
  places?: number;
}

export type OpenWeb = (bounds: WebBounds) => Web;
