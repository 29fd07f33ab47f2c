import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';

/** What is deleted with an account, by its owner or an administrator. */
export interface AccountRemoval {
  /** Messages to the user that wait to be sent. Found before the transaction, because they have to be decrypted. */
  messagesFor(user: User): Promise<string[]>;
  /** The first step of the transaction, before the account is locked. */
  begin(tx: Db, userId: string): Promise<void>;
  /**
   * Returns how many sessions ended.
   * @param user whose row the caller has locked: a concurrent sign-in came first and is ended, or finds no account
   * @param actorId the administrator who deletes the account; undefined: the owner
   */
  remove(tx: Db, user: User, messages: readonly string[], client: Client, actorId?: string): Promise<number>;
}

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  invalidate: Invalidate;
  outbox: Outbox;
}

export function createAccountRemoval(dependencies: Dependencies): AccountRemoval {
  const { audit, accounts, challenges, invalidate, outbox } = dependencies;

  return {
    messagesFor: (user) => outbox.findUnsent(listAddresses(user)),
    begin: (tx, userId) => challenges.lockAll(tx, userId),

    async remove(tx, user, messages, client, actorId) {
      await audit.forgetAddresses(tx, user.id);
      const ended = await invalidate(tx, 'deleted', { user, client, actorId });
      await accounts.remove(tx, user.id);
      await challenges.forget(tx, user.id, listAddresses(user));
      await outbox.discard(tx, messages);
      return ended;
    },
  };
}

/** An unverified number may belong to another person. */
const listAddresses = (user: User): string[] => [user.email, verifiedPhone(user)].filter((address) => address !== null);
