import { hasRole } from '../../core/access.ts';
import { Forbidden, Unauthenticated } from '../../core/errors.ts';
import { isId } from '../../core/ids.ts';
import type { RequestContext } from '../../core/request.ts';
import type { Accounts } from './account.service.ts';
import type { User } from './user.ts';
import { UserType } from './user-type.ts';

/** Users to whom other subgraphs refer. */
export interface UserReferences {
  /** A user of whom nothing but the ID can be read. Whether there is such a user is not checked. Null if there cannot be. */
  identify(id: string): UserType | null;
  /**
   * The users, in the order of the IDs. Callers see themselves; staff and administrators see every user, or null if there
   * is none. In place of others: Unauthenticated or Forbidden, whether they exist or not. A refused reference is no audit
   * event: queries of ordinary users refer to other users.
   */
  load(ids: readonly string[], context: RequestContext): Promise<readonly (UserType | Error | null)[]>;
}

export function createUserReferences({ accounts }: { accounts: Accounts }): UserReferences {
  return {
    // Other texts are not returned: they may be longer than the estimate of the response.
    identify: (id) => (isId(id) ? Object.create(UserType.prototype, { id: { value: id } }) : null),

    async load(ids, context) {
      const viewer = await context.viewer();
      const self = viewer && (await accounts.byId(viewer.userId));
      if (!self?.isActive) return ids.map(() => new Unauthenticated());
      const isOwn = (id: string) => id.toLowerCase() === self.id;
      const refusal = ids.every(isOwn) ? undefined : await findRefusal(self, context);
      const loadOne = async (id: string): Promise<UserType | Error | null> => {
        if (isOwn(id)) return new UserType(self);
        if (refusal) return refusal;
        const user = isId(id) ? await accounts.byId(id.toLowerCase()) : undefined;
        return user ? new UserType(user) : null;
      };
      return Promise.all(ids.map(loadOne));
    },
  };
}

/** Why the caller may not see other users. */
async function findRefusal({ roles }: User, context: RequestContext): Promise<Forbidden | undefined> {
  if (!hasRole(roles, 'STAFF')) return new Forbidden();
  try {
    await context.requireRole('STAFF', 'query _entities'); // Also checks the second factor of administrators.
    return undefined;
  } catch (error) {
    if (error instanceof Forbidden) return error;
    throw error;
  }
}
