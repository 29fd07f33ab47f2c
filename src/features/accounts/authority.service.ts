import { hasRole, type RequiredRole } from '../../core/access.ts';
import { Forbidden, Unauthenticated } from '../../core/errors.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Accounts } from './account.service.ts';

export type Authority = ReturnType<typeof createAuthority>;

/** Who may administer. Asked of the account's row each time, so that a role that was taken away is gone at once. */
export function createAuthority({ db, audit, accounts }: { db: Db; audit: Audit; accounts: Accounts }) {
  return {
    /** Throws Unauthenticated for an account that is gone or deactivated, and Forbidden, recorded, without the role. */
    async require({ userId, sessionId }: Viewer, role: RequiredRole, what: string, client: Client): Promise<void> {
      const user = await accounts.byId(userId);
      if (!user?.isActive) throw new Unauthenticated();
      if (hasRole(user.roles, role)) return;
      const detail = { operation: what };
      await audit.record(db, { type: 'access', outcome: 'denied', userId, sessionId, client, detail });
      throw new Forbidden();
    },
  };
}
