import type { ChallengeChannel, ChallengePurpose, challenges } from '../../infra/db/tables.ts';

/** Digits. A million codes against at most a handful of guesses (SP 800-63B-4 section 3.1.3.2 asks for six). */
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

/** What is asked, and what the answer unlocks. */
export interface ChallengeRequest {
  purpose: ChallengePurpose;
  /** Canonical address or number. */
  subject: string;
  channel: ChallengeChannel;
  userId?: string | undefined;
  /** The signed-in user who asked. Decoys keep it, too, so that other callers see no difference. */
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
}

/** The secrets of a new challenge, for its message only. */
export interface Secrets {
  code: string | undefined;
  token: string | undefined;
}

/**
 * Purposes that are requested and redeemed under the lock of the account's row: redeeming them locks the account first
 * and consumes the challenge second. All others do it the other way round; one order each, or two could deadlock.
 */
export const REDEEMED_UNDER_ACCOUNT_LOCK = [
  'CHANGE_EMAIL',
  'UNDO_EMAIL_CHANGE',
  'VERIFY_PHONE',
] as const satisfies readonly ChallengePurpose[];
