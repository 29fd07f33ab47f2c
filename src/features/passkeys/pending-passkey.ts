/** What the challenge of a registration stores. A type, because an interface is not assignable to a JSON record. */
export type PendingPasskey = { userHandle: string };

/** Options for an authenticator, which signs the challenge. */
export interface StartedCeremony {
  challengeId: string;
  /** JSON as text. */
  options: string;
  expiresAt: Date;
}
