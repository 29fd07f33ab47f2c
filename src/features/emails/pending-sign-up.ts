import type { Phone } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import { BLANK_PROFILE } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';

/** The pending account, stored in the challenge. A type, because an interface is not assignable to a JSON record. */
export type PendingSignUp = {
  /** The same in every message about one attempt. */
  attempt: string;
  /** Null if several attempts are pending for the address: none of their passwords can be trusted. */
  passwordHash: string | null;
  profile: Profile;
  /** Absent in rows of the previous version. */
  phone?: Phone | null;
};

/** Enough to detect more than one. */
const MAX_PENDING = 20;

export const pendingSignUps = (tx: Db, challenges: Challenges, email: string): Promise<ChallengeRow[]> =>
  challenges.open(tx, { subject: email, purpose: 'SIGN_UP', limit: MAX_PENDING });

/** The account for a repeated message: the attempt that the caller names, or else any pending one. */
export function pendingAccount(waiting: readonly ChallengeRow[], challengeId: string | null | undefined) {
  const [first, ...rest] = waiting;
  if (!first) return undefined;
  const named = waiting.find((row) => row.id === challengeId);
  if (named) return accountFor([named]);
  const account = accountFor([first, ...rest]);
  // The caller's attempt is over, so what is pending is another person's.
  return challengeId ? withoutTrust(account) : account;
}

/**
 * The account that verifying the address creates. If several attempts are pending, any of them may be the owner's, so
 * it gets no password: otherwise an attacker who signed up with the address could choose it.
 */
export function accountFor(waiting: readonly [ChallengeRow, ...ChallengeRow[]]): PendingSignUp {
  const account = readPendingSignUp(waiting[0]);
  return waiting.every((row) => readPendingSignUp(row).attempt === account.attempt) ? account : withoutTrust(account);
}

const readPendingSignUp = (signUp: ChallengeRow) => signUp.payload as PendingSignUp; // Written by registration alone.

const withoutTrust = (account: PendingSignUp): PendingSignUp => ({
  ...account,
  profile: BLANK_PROFILE,
  phone: null,
  passwordHash: null,
});
