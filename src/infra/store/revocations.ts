/**
 * Ended sessions whose access tokens may not have expired. The table `revocations`, written in the transaction that
 * ends a session, is authoritative. An adapter reads it, or a copy in memory that is known to be fresh.
 */
export interface Revocations {
  /**
   * Whether the session has ended. The result is at most a second old, even if Redis is down. Throws Unavailable if the
   * table cannot be read either.
   */
  isRevoked(sessionId: string): boolean | Promise<boolean>;
  /** Notifies the other replicas. Call it after the commit. Never throws, because the table is already written. */
  announce(sessionIds: readonly string[]): void;
  /** Calls back after each announcement, here or at another replica. Without Redis, only after those made here. */
  listen(onAnnounced: () => void): void;
  close(): Promise<void>;
}
