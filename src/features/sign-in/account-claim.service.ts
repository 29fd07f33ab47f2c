import type { Email } from '../../core/identifiers.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Kept, User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  invalidate: Invalidate;
}

interface Claim {
  userId: string;
  email: Email;
  /** What no stranger can have put there: what the proof itself says of the owner, or an administrator. */
  kept?: Kept;
  /** Undefined on the command line. */
  client: Client | undefined;
}

export interface ClaimedAccount {
  user: User;
  /** How many sessions ended. */
  ended: number;
}

export type ClaimAccount = ReturnType<typeof createAccountClaim>;

/**
 * The owner of an address comes to an account that somebody has made with it and never proved it. That may have been a
 * stranger who waits for the owner to come (pre-hijacking), so nothing that was put there survives: no password, no
 * session, no identity, no number, no name, and no change that is under way.
 */
export function createAccountClaim({ audit, accounts, invalidate }: Dependencies) {
  /**
   * Undefined, and nothing done, when the address had been proved before: of two who prove it at once, one takes over.
   * @param tx the transaction of the verification
   */
  return async (tx: Db, claim: Claim): Promise<ClaimedAccount | undefined> => {
    const { userId, email, kept, client } = claim;
    const user = await accounts.claim(tx, userId, email, kept);
    if (!user) return undefined;
    const ended = await invalidate(tx, 'account claimed by its verified owner', { user, client });
    await audit.record(tx, { type: 'account-reclaim', outcome: 'succeeded', userId, client });
    return { user, ended };
  };
}
