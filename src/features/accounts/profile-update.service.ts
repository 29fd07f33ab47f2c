import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Accounts } from './account.service.ts';
import type { Profile, User } from './user.ts';

/**
 * Changes the caller's profile. Undefined if the account was deactivated or deleted. If an administrator acts as the user,
 * the change is recorded, like one with `updateUser`.
 */
export type UpdateProfile = (viewer: Viewer, changes: Partial<Profile>, client: Client) => Promise<User | undefined>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
}

export function createProfileUpdate({ db, transact, audit, accounts }: Dependencies): UpdateProfile {
  return async ({ userId, sessionId, actorId }, changes, client) => {
    const changed = Object.keys(changes).join();
    if (changed === '') {
      // Writes nothing, so that updatedAt stays the same.
      const user = await accounts.byId(userId);
      return user?.isActive ? user : undefined;
    }
    if (actorId === undefined) return accounts.updateProfile(db, userId, changes);
    return transact(async (tx) => {
      const user = await accounts.updateProfile(tx, userId, changes);
      const event = { type: 'user-update', outcome: 'succeeded', userId, sessionId, actorId, client } as const;
      if (user) await audit.record(tx, { ...event, detail: { changed } });
      return user;
    });
  };
}
