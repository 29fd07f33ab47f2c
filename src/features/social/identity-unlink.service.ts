import { Unauthenticated } from '../../core/errors.ts';
import { isProblem, type NotFound } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { LastSignInMethod } from '../../core/social-problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { Notices } from '../notices/notice.service.ts';

/** Unlinks an identity of the user and notifies the owner. Returns the user; NotFound also if it is another user's. */
export type UnlinkIdentity = (
  userId: string,
  id: string,
  client: Client,
) => Promise<User | NotFound | LastSignInMethod>;

interface Dependencies {
  transact: Transact;
  accounts: Accounts;
  identities: Identities;
  notices: Notices;
}

export function createIdentityUnlink({ transact, accounts, identities, notices }: Dependencies): UnlinkIdentity {
  return (userId, id, client) =>
    transact(async (tx) => {
      const identity = await identities.unlink(tx, userId, id, client);
      if (isProblem(identity)) return identity;
      const user = await accounts.lock(tx, userId);
      if (!user) throw new Unauthenticated();
      await notices.identityUnlinked(tx, user, identity, client);
      return user;
    });
}
