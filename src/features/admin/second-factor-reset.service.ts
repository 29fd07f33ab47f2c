import type { LastAdministrator, OwnAccount } from '../../core/admin-problems.ts';
import { FieldProblem, InvalidInput, isProblem, NotFound } from '../../core/problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { ResetFactors } from '../sign-in/second-factor-reset.service.ts';
import { type AdminAction, parseReason } from './admin-action.ts';
import type { Administrators } from './administrators.service.ts';

/** An administrator removes the second factors of another user. A reason is required. Returns the user after it. */
export type ResetSecondFactors = (
  id: string,
  action: AdminAction,
) => Promise<User | NotFound | InvalidInput | OwnAccount | LastAdministrator>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  administrators: Administrators;
  resetFactors: ResetFactors;
}

export function createSecondFactorReset(dependencies: Dependencies): ResetSecondFactors {
  const { transact, audit, accounts, administrators, resetFactors } = dependencies;

  return async (id, action) => {
    const reason = parseReason(action) ?? new FieldProblem('reason', 'REQUIRED', 'required');
    if (isProblem(reason)) return new InvalidInput([reason]);
    const { viewer, client } = action;
    return transact(async (tx) => {
      const user = await administrators.hold(tx, viewer, id);
      if (!user) return new NotFound();
      const by = { actorId: viewer.userId, reason, client };
      if (user.id === viewer.userId) {
        await audit.record(tx, { type: 'second-factor-reset', outcome: 'refused', userId: user.id, ...by });
        return administrators.refusal(tx, viewer);
      }
      await resetFactors(tx, user, by);
      return (await accounts.lock(tx, user.id)) ?? new NotFound();
    });
  };
}
