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

/**
 * Sends requests to allowed origins only. One attempt, JSON only, no redirects, limited in time and size. Never throws.
 */
export interface Web {
  send(request: WebRequest): Promise<WebResponse>;
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
}

export type OpenWeb = (bounds: WebBounds) => Web;
