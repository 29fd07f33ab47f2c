/** A request to another server. */
export interface WebRequest {
  url: string;
  headers?: Record<string, string>;
  /** Sent with POST as application/x-www-form-urlencoded. Without a form, the request is a GET. */
  form?: Record<string, string>;
}

export type WebResponse =
  /** JSON, with any status. */
  | { kind: 'response'; status: number; body: unknown }
  /** The error is safe to log: it quotes neither the request nor the response. */
  | { kind: 'failed'; error: string };

/** JSON that is sent with POST. */
export interface WebMessage {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export type WebReceipt =
  /** Any status. The body of the response is dropped. @param retryAfter milliseconds, if the server named a time */
  { kind: 'response'; status: number; retryAfter?: number | undefined } | { kind: 'failed'; error: string };

/**
 * Sends requests to allowed origins only. One attempt, no redirects, limited in time and size. Never throws.
 */
export interface Web {
  /** Only JSON is a response. */
  send(request: WebRequest): Promise<WebResponse>;
  /** Delivers a message, and reads of the response no more than the status. */
  post(message: WebMessage): Promise<WebReceipt>;
  /** Adds the URL's origin to the allowed ones. */
  allow(url: string): void;
}

export interface WebBounds {
  /** URLs of the origins that may be requested. */
  allowedUrls: readonly string[];
  /** Milliseconds until the last byte of the response. */
  deadline?: number;
  /** Requests beyond this number fail at once, so that a hanging server cannot hold more. */
  maxConcurrent?: number;
  /**
   * Refuses hosts with private addresses, except these host names and networks (CIDR). The check holds for the address
   * that is connected to. Without it, any address is allowed.
   */
  publicExcept?: readonly string[];
}

export type OpenWeb = (bounds: WebBounds) => Web;
