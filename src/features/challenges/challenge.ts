import type { ChallengeChannel, ChallengePurpose, challenges } from '../../infra/db/tables.ts';

/** Digits. SP 800-63B-4 section 3.1.3.2 requires at least six. */
export const CODE_LENGTH = 6;

export type ChallengeRow = typeof challenges.$inferSelect;

/** Columns of a new challenge. */
export const NEW_CHALLENGE = [
  'id',
  'purpose',
  'subject',
  'channel',
  'userId',
  'codeDigest',
  'tokenDigest',
  'payload',
  'maxAttempts',
  'codeExpiresAt',
  'expiresAt',
  'createdAt',
] as const satisfies (keyof ChallengeRow)[];

export type NewChallenge = Pick<ChallengeRow, (typeof NEW_CHALLENGE)[number]>;

/** A challenge to issue. */
export interface ChallengeRequest {
  purpose: ChallengePurpose;
  /** Canonical address or number. In the channel CLIENT: the user, or the RP ID. */
  subject: string;
  channel: ChallengeChannel;
  userId?: string | undefined;
  /** The signed-in user who requested it. Decoys store it, too, so that other callers see no difference. */
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
}

/** The payload of a challenge whose ID only a client that showed the account's password gets. */
export const AFTER_PASSWORD = { afterPassword: true } as const;

export const isAfterPassword = ({ payload }: Pick<ChallengeRow, 'payload'>): boolean => payload.afterPassword === true;

/** The secrets of a new challenge. Only its message contains them. */
export interface Secrets {
  code: string | undefined;
  token: string | undefined;
}

/** Guesses that the challenge still takes. */
export const attemptsLeft = ({ attempts, maxAttempts }: Pick<ChallengeRow, 'attempts' | 'maxAttempts'>): number =>
  maxAttempts - attempts;

/** Whether no answer is accepted: the challenge was withdrawn, or never had one. */
export const isDecoy = ({ codeDigest, tokenDigest }: Pick<ChallengeRow, 'codeDigest' | 'tokenDigest'>): boolean =>
  codeDigest === null && tokenDigest === null;

/**
 * Purposes whose redemption locks the account before it consumes the challenge. All others consume the challenge first.
 * Each purpose keeps to one order, because mixing them could deadlock.
 */
export const REDEEMED_UNDER_ACCOUNT_LOCK = [
  'CHANGE_EMAIL',
  'UNDO_EMAIL_CHANGE',
  'VERIFY_PHONE',
  'SIGN_IN_EMAIL',
  'SECOND_FACTOR',
  'TOTP_ENROLLMENT',
  'PASSKEY_REGISTRATION',
] as const satisfies readonly ChallengePurpose[];
