/** Error codes of drivers and operating systems for connections that failed or broke. */
const BROKEN = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'DIRECT_TLS_REFUSED', // or the server stopped at that moment
  'NO_PRIMARY', // every host of DATABASE_URL is read-only
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'ENOENT', // no Unix socket
  'EPIPE',
  'ETIMEDOUT',
  '25006', // read only: the server has become a standby
  '25P03', // idle in transaction; the server closes the connection
  '53300', // too many connections
]);

/** The server is up but could not complete the work. It was rolled back, so a retry may succeed. */
const BUSY = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock timeout
  '57014', // statement timeout
]);

/**
 * Whether an error or one of its causes means that the database was unavailable, rather than that the statement was
 * wrong. After 'broken' the connection cannot be used again.
 */
export function classifyOutage(error: unknown): 'broken' | 'busy' | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    // SQLSTATE classes: connection exception, operator intervention, insufficient resources such as a full disk.
    if (BROKEN.has(code) || code.startsWith('08') || code.startsWith('57P')) return 'broken';
    if (BUSY.has(code) || code.startsWith('53')) return 'busy';
  }
  return undefined;
}

/** SQLSTATE disk_full, or the operating system's codes. */
const DISK_FULL = new Set(['53100', 'ENOSPC', 'EDQUOT']);

/** Whether the error or one of its causes means that there is no space for a write. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && DISK_FULL.has(String(error.code))) || isDiskFull(error.cause));

/** Whether the error or one of its causes is Unavailable. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Unavailable' || isUnavailable(error.cause));
}
