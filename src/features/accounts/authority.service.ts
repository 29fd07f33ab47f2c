import type { Config } from '../../config.ts';
import { hasRole, type RequiredRole } from '../../core/access.ts';
import { hasTwoFactors } from '../../core/authentication-methods.ts';
import { Forbidden, type ForbiddenReason, Unauthenticated } from '../../core/errors.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Accounts } from './account.service.ts';

export interface Authority {
  /**
   * Throws Unauthenticated if the account was deleted or deactivated, and Forbidden, with an audit event, without the
   * role or, if administrators need one, without a second factor in the access token. Reads the account's row at each
   * call, so that a removed role has no effect any more.
   * @param operation for the audit event
   */
  require(viewer: Viewer, role: RequiredRole, operation: string, client: Client): Promise<void>;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  /** ADMIN_SECOND_FACTOR */
  secondFactor: Config['administration']['secondFactor'];
}

export function createAuthority({ db, audit, accounts, secondFactor }: Dependencies): Authority {
  return {
    async require({ userId, sessionId, authenticationMethods }, role, operation, client) {
      const user = await accounts.byId(userId);
      if (!user?.isActive) throw new Unauthenticated();
      const refuse = async (outcome: 'denied' | 'second-factor-required', reason?: ForbiddenReason) => {
        await audit.record(db, { type: 'access', outcome, userId, sessionId, client, detail: { operation } });
        throw new Forbidden(reason);
      };
      if (!hasRole(user.roles, role)) await refuse('denied');
      if (secondFactor === 'required' && !hasTwoFactors(authenticationMethods))
        await refuse('second-factor-required', 'SECOND_FACTOR_REQUIRED');
    },
  };
}
