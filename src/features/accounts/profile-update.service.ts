import type { Client, Viewer } from '../../core/request.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Accounts } from './account.service.ts';
import type { Profile, User } from './user.ts';

/**
 * Changes the caller's profile. Undefined if the account was deactivated or deleted. The change is recorded; if an
 * administrator acts as the user, like one with `updateUser`.
 */
export type UpdateProfile = (viewer: Viewer, changes: Partial<Profile>, client: Client) => Promise<User | undefined>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
}

export function createProfileUpdate({ transact, audit, accounts }: Dependencies): UpdateProfile {
  return async ({ userId, sessionId, actorId }, changes, client) => {
    const changed = Object.keys(changes).join();
    if (changed === '') {
      // Writes nothing, so that updatedAt stays the same.
      const user = await accounts.byId(userId);
      return user?.isActive ? user : undefined;
    }
    return transact(async (tx) => {
      const user = await accounts.updateProfile(tx, userId, changes);
      const type = actorId === undefined ? 'profile-update' : 'user-update';
      const event = { type, outcome: 'succeeded', userId, sessionId, actorId, client } as const;
      if (user) await audit.record(tx, { ...event, detail: { changed } });
      return user;
    });
  };
}
