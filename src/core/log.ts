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

/** The same log, in which info is debug. */
export const quietly = (log: Log): Log => ({
  debug: (fields, message) => log.debug(fields, message),
  info: (fields, message) => log.debug(fields, message),
  warn: (fields, message) => log.warn(fields, message),
  error: (fields, message) => log.error(fields, message),
});

/** Discards everything. */
export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
