import { parseEmail } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';

export interface OpenedAccount {
  user: User;
  /** How many sessions ended. */
  ended: number;
}

/**
 * Locks the account of a reset. An account whose address was never verified is claimed for its owner, which also ends
 * and counts its sessions. Undefined if the address or number has changed, or the account is inactive or deleted.
 */
export type OpenAccount = (tx: Tx, challenge: ChallengeRow, client: Client) => Promise<OpenedAccount | undefined>;

interface Dependencies {
  accounts: Accounts;
  verifyAddress: VerifyAddress;
}

export function createResetAccount({ accounts, verifyAddress }: Dependencies): OpenAccount {
  return async (tx, challenge, client) => {
    const { channel, subject, userId } = challenge;
    const user = userId === null ? undefined : await accounts.lock(tx, userId);
    if (!user?.isActive) return undefined;
    if (channel === 'SMS') return verifiedPhone(user) === subject ? { user, ended: 0 } : undefined;
    const email = parseEmail(subject);
    if (!email || user.email !== email) return undefined;
    return verifyAddress(tx, { user, email, shown: MAILBOX, invitedPhone: challenge.payload.phone, client });
  };
}
