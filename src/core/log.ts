/**
 * Where a part says what happened. Fields are data and are redacted by key; the message is a constant sentence, never
 * built from input. Errors stand under `err`.
 */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For whoever wants to hear nothing. */
export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
