import type { Email } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Kept, User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';

interface Claim {
  userId: string;
  email: Email;
  /** What the account keeps, because no attacker can have entered it: the provider's or an administrator's profile. */
  kept?: Kept;
  /** Undefined on the command line. */
  client: Client | undefined;
}

export interface ClaimedAccount {
  user: User;
  /** How many sessions ended. */
  ended: number;
}

/**
 * The owner of an address takes over an account that was created with it and never verified. An attacker may have
 * prepared it (pre-hijacking), so everything in it is removed. Undefined, without any change, if the address was
 * already verified: if two callers verify it at once, one claims the account.
 * @param tx the transaction of the verification
 */
export type ClaimAccount = (tx: Db, claim: Claim) => Promise<ClaimedAccount | undefined>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  invalidate: Invalidate;
}

export function createAccountClaim({ audit, accounts, invalidate }: Dependencies): ClaimAccount {
  return async (tx, { userId, email, kept, client }) => {
    const user = await accounts.claim(tx, userId, email, kept);
    if (!user) return undefined;
    const ended = await invalidate(tx, 'account claimed by its verified owner', { user, client });
    await audit.record(tx, { type: 'account-reclaim', outcome: 'succeeded', userId, client });
    return { user, ended };
  };
}
