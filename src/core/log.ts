/**
 * A structured log. Fields are data and are redacted by key; the message is a constant sentence, never built from
 * input. Pass errors as `err`.
 */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Discards everything. */
export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
