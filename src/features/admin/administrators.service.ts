import { hasRole } from '../../core/access.ts';
import { Forbidden, Unauthenticated } from '../../core/errors.ts';
import { isId } from '../../core/ids.ts';
import { LastAdministrator, OwnAccount } from '../../core/problems.ts';
import type { Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import { hasOtherAdministrator, lockUsers } from './managed-user.repo.ts';

export type Administrators = ReturnType<typeof createAdministrators>;

/** What holds for everything that an administrator does to an account. */
export function createAdministrators() {
  return {
    /**
     * The account, locked; undefined when there is none. The administrator's own row is locked with it and must still be
     * an administrator's: so whoever takes somebody's role away keeps their own until the commit, and of any number who
     * do it to each other at once somebody is left.
     */
    async hold(tx: Db, viewer: Viewer, id: string): Promise<User | undefined> {
      const locked = await lockUsers(tx, isId(id) ? [viewer.userId, id] : [viewer.userId]);
      const administrator = locked.find((user) => user.id === viewer.userId);
      if (!administrator?.isActive) throw new Unauthenticated();
      if (!hasRole(administrator.roles, 'ADMIN')) throw new Forbidden();
      return locked.find((user) => user.id === id.toLowerCase());
    },

    /** Why an administrator may not do this to their own account. */
    refusal: async (tx: Db, { userId }: Viewer): Promise<OwnAccount | LastAdministrator> =>
      (await hasOtherAdministrator(tx, userId)) ? new OwnAccount() : new LastAdministrator(),
  };
}
