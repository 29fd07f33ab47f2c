import type { Phone } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import { BLANK_PROFILE } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';

/** The account to be, as it waits in its challenge. A type and not an interface: it is written as a JSON object. */
export type PendingSignUp = {
  /** The same for every message about one attempt. */
  attempt: string;
  /** Null: more than one attempt is pending for the address, and nobody's password is taken on trust. */
  passwordHash: string | null;
  profile: Profile;
  /** Absent in what the version before has written. */
  phone?: Phone | null;
};

/** Enough of them to see that there is more than one. */
const MAX_PENDING = 20;

export const pendingSignUps = (tx: Db, challenges: Challenges, email: string): Promise<ChallengeRow[]> =>
  challenges.open(tx, { subject: email, purpose: 'SIGN_UP', limit: MAX_PENDING });

/** Which account a repeated message is about: the attempt that the caller names; without a name, what is pending. */
export function pendingAccount(waiting: readonly ChallengeRow[], challengeId: string | null | undefined) {
  const [first, ...rest] = waiting;
  if (!first) return undefined;
  const named = waiting.find((row) => row.id === challengeId);
  if (named) return accountFor([named]);
  const account = accountFor([first, ...rest]);
  // The attempt that the caller means is over, so what is pending is somebody else's.
  return challengeId ? withoutTrust(account) : account;
}

/**
 * The account that a proof of the address alone makes. When several attempts are pending and nothing says which of them
 * is the owner's, it has no password: taking somebody's would let a stranger who signed up with the address choose it.
 */
export function accountFor(waiting: readonly [ChallengeRow, ...ChallengeRow[]]): PendingSignUp {
  const account = accountOf(waiting[0]);
  return waiting.every((row) => accountOf(row).attempt === account.attempt) ? account : withoutTrust(account);
}

const accountOf = (signUp: ChallengeRow) => signUp.payload as PendingSignUp; // Written by registration alone.

const withoutTrust = (account: PendingSignUp): PendingSignUp => ({
  ...account,
  profile: BLANK_PROFILE,
  phone: null,
  passwordHash: null,
});
