import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  invalidate: Invalidate;
  outbox: Outbox;
}

export type AccountRemoval = ReturnType<typeof createAccountRemoval>;

/** What goes when an account goes, whoever has decided it. */
export function createAccountRemoval({ audit, accounts, challenges, invalidate, outbox }: Dependencies) {
  return {
    /** Messages to the user that wait to be sent. Found before the transaction, because they have to be opened. */
    messagesFor: (user: User): Promise<string[]> => outbox.waitingFor(addressesOf(user)),

    /** The first step of the transaction, before the account's row is locked. */
    begin: (tx: Db, userId: string): Promise<void> => challenges.lockOf(tx, userId),

    /**
     * Returns how many sessions ended. The account's row is locked before they end, so a concurrent sign-in either came
     * first, and its session is among them, or finds no account.
     * @param user whose row the caller has locked
     * @param actorId the administrator who does it; undefined: the owner
     */
    async remove(tx: Db, user: User, messages: readonly string[], client: Client, actorId?: string): Promise<number> {
      await audit.forgetAddresses(tx, user.id);
      const ended = await invalidate(tx, 'deleted', { user, client, actorId });
      await accounts.remove(tx, user.id);
      await challenges.forget(tx, user.id, addressesOf(user));
      await outbox.discard(tx, messages);
      return ended;
    },
  };
}

/** An unproved number may be somebody else's. */
const addressesOf = (user: User): string[] => [user.email, verifiedPhone(user)].filter((address) => address !== null);
