/** SQL: `on` on a standby and on a server that is read-only, else `off`. */
export const READ_ONLY = `pg_catalog.current_setting('transaction_read_only')`;

/**
 * The code of the error if no host that responds takes writes. That may change, so the caller waits as for a server that
 * is down.
 */
export const NO_PRIMARY = 'NO_PRIMARY';

/** Whether the error or one of its causes means that the server responds, but takes no writes. */
export const isReadOnly = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && (error.code === NO_PRIMARY || error.code === '25006')) || isReadOnly(error.cause));
