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
   * call, so that a removed role has no effect any more. Refuses an administrator who acts as a user, whatever role the
   * user has.
   * @param operation for the audit event
   */
  require(viewer: Viewer, role: RequiredRole, operation: string, client: Client): Promise<void>;
  /** Throws Forbidden, with an audit event, for an administrator who acts as a user. */
  refuseImpersonation(viewer: Viewer, operation: string, client: Client): Promise<never>;
  /** Whether `require` would let the caller pass. For fields that are empty for others, which is no refusal. */
  allows(viewer: Viewer, role: RequiredRole): Promise<boolean>;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  /** ADMIN_SECOND_FACTOR */
  secondFactor: Config['administration']['secondFactor'];
}

export function createAuthority({ db, audit, accounts, secondFactor }: Dependencies): Authority {
  async function refuse(
    { userId, sessionId }: Viewer,
    operation: string,
    client: Client,
    outcome: 'denied' | 'second-factor-required',
    reason?: ForbiddenReason,
  ): Promise<never> {
    await audit.record(db, { type: 'access', outcome, userId, sessionId, client, detail: { operation } });
    throw new Forbidden(reason);
  }

  const refuseImpersonation = (viewer: Viewer, operation: string, client: Client) =>
    refuse(viewer, operation, client, 'denied', 'IMPERSONATION');

  return {
    async require(viewer, role, operation, client) {
      const user = await accounts.byId(viewer.userId);
      if (!user?.isActive) throw new Unauthenticated();
      if (viewer.actorId !== undefined) await refuseImpersonation(viewer, operation, client);
      if (!hasRole(user.roles, role)) await refuse(viewer, operation, client, 'denied');
      if (secondFactor === 'required' && !hasTwoFactors(viewer.authenticationMethods))
        await refuse(viewer, operation, client, 'second-factor-required', 'SECOND_FACTOR_REQUIRED');
    },
    refuseImpersonation,

    async allows({ userId, actorId, authenticationMethods }, role) {
      const user = await accounts.byId(userId);
      if (!user?.isActive || actorId !== undefined || !hasRole(user.roles, role)) return false;
      return secondFactor === 'off' || hasTwoFactors(authenticationMethods);
    },
  };
}
