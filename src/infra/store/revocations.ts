/**
 * Which sessions have ended although access tokens of theirs may still be alive. The truth is the table `revocations`,
 * written by whoever ends a session, in the same transaction; an adapter only answers from it, or from memory that is
 * provably as fresh.
 */
export interface Revocations {
  /**
   * Whether the session has ended. An answer is at most a second old, whatever happens to the store, and never more
   * than the truth's own when the store is away. Throws Unavailable when nobody can say.
   */
  isRevoked(sessionId: string): boolean | Promise<boolean>;
  /** Tells the other replicas, after commit. Never throws: the truth is already written. */
  announce(sessionIds: readonly string[]): void;
  close(): Promise<void>;
}
