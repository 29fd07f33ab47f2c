import { hasRole, type RequiredRole } from '../../core/access.ts';
import { Forbidden, Unauthenticated } from '../../core/errors.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Accounts } from './account.service.ts';

export interface Authority {
  /**
   * Throws Unauthenticated if the account was deleted or deactivated, and Forbidden, with an audit event, without the
   * role. Reads the account's row at each call, so that a removed role has no effect any more.
   * @param operation for the audit event
   */
  require(viewer: Viewer, role: RequiredRole, operation: string, client: Client): Promise<void>;
}

export function createAuthority(dependencies: { db: Db; audit: Audit; accounts: Accounts }): Authority {
  const { db, audit, accounts } = dependencies;

  return {
    async require({ userId, sessionId }, role, operation, client) {
      const user = await accounts.byId(userId);
      if (!user?.isActive) throw new Unauthenticated();
      if (hasRole(user.roles, role)) return;
      await audit.record(db, {
        type: 'access',
        outcome: 'denied',
        userId,
        sessionId,
        client,
        detail: { operation },
      });
      throw new Forbidden();
    },
  };
}
