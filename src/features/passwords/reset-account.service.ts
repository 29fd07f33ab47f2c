import { parseEmail } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { pickProfile } from '../accounts/profile.ts';
import { type Kept, type User, verifiedPhone } from '../accounts/user.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { ClaimAccount, ClaimedAccount } from '../sign-in/account-claim.service.ts';

/**
 * Locks the account of a reset. An account whose address was never verified is claimed for its owner, which also ends
 * and counts its sessions. Undefined if the address or number has changed, or the account is inactive or deleted.
 */
export type OpenAccount = (tx: Tx, challenge: ChallengeRow, client: Client) => Promise<ClaimedAccount | undefined>;

interface Dependencies {
  accounts: Accounts;
  passwords: Passwords;
  claimAccount: ClaimAccount;
}

export function createResetAccount({ accounts, passwords, claimAccount }: Dependencies): OpenAccount {
  /**
   * What an administrator entered when inviting the user. It may stay, because no stranger has been in the account; the
   * number only if the invitation names it.
   */
  async function keptFromInvitation(tx: Tx, user: User, { payload }: ChallengeRow): Promise<Kept> {
    if (user.lastLoginAt !== null || (await passwords.has(tx, user.id))) return {};
    const { phone, phoneVerifiedAt } = user;
    const isNamed = phone !== null && payload.phone === phone;
    return { ...pickProfile(user), ...(isNamed && { phone, phoneVerifiedAt }) };
  }

  return async (tx, challenge, client) => {
    const { channel, subject, userId } = challenge;
    const user = userId === null ? undefined : await accounts.lock(tx, userId);
    if (!user?.isActive) return undefined;
    if (channel === 'SMS') return verifiedPhone(user) === subject ? { user, ended: 0 } : undefined;
    const email = parseEmail(subject);
    if (!email || user.email !== email) return undefined;
    if (user.emailVerifiedAt !== null) return { user, ended: 0 };
    return claimAccount(tx, { userId: user.id, email, kept: await keptFromInvitation(tx, user, challenge), client });
  };
}
