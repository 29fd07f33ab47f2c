import { hasRole } from '../../core/access.ts';
import { LastAdministrator, OwnAccount } from '../../core/admin-problems.ts';
import { Forbidden, Unauthenticated } from '../../core/errors.ts';
import { isId } from '../../core/ids.ts';
import type { Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import { hasOtherAdministrator, lockUsers } from './managed-user.repo.ts';

/** Rules for all changes that administrators make to accounts. */
export interface Administrators {
  /**
   * Locks the account; undefined if there is none. Also locks the administrator's own row, which must still have the
   * role: if administrators demote each other at the same time, one keeps the role.
   */
  hold(tx: Db, viewer: Viewer, id: string): Promise<User | undefined>;
  /** Why an administrator may not do this to their own account. */
  refusal(tx: Db, viewer: Viewer): Promise<OwnAccount | LastAdministrator>;
}

export function createAdministrators(): Administrators {
  return {
    async hold(tx, viewer, id) {
      const locked = await lockUsers(tx, isId(id) ? [viewer.userId, id] : [viewer.userId]);
      const administrator = locked.find((user) => user.id === viewer.userId);
      if (!administrator?.isActive) throw new Unauthenticated();
      if (!hasRole(administrator.roles, 'ADMIN')) throw new Forbidden();
      return locked.find((user) => user.id === id.toLowerCase());
    },

    refusal: async (tx, { userId }) =>
      (await hasOtherAdministrator(tx, userId)) ? new OwnAccount() : new LastAdministrator(),
  };
}
