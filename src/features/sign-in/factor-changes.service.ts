import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { FactorChange } from '../../messages/message.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';

/** A change of a user's factors that has just been written. */
export interface ChangedFactors {
  /** As before the change, locked. */
  user: User;
  changes: readonly FactorChange[];
  /** The time in the rows that were changed. */
  at: Date;
  client: Client;
}

export interface FactorOutcome {
  /** As after the change. */
  user: User;
  /** New ones, if the change created them. */
  recoveryCodes: string[] | null;
}

/** What every change of factors leads to, in its transaction, for authenticator apps and passkeys alike. */
export interface FactorChanges {
  /** Records the change and notifies the owner. */
  announce(tx: Db, changed: ChangedFactors): Promise<void>;
  /**
   * Announces it. From now on, sign-ins need a second factor, the user gets recovery codes, and what a session with one
   * factor has started cannot be finished.
   */
  require(tx: Db, changed: ChangedFactors): Promise<FactorOutcome>;
  /** Announces it. Sign-ins no longer need a second factor; the factors stay. */
  allowWithout(tx: Db, changed: ChangedFactors): Promise<FactorOutcome>;
  /** After a removal: announces it. If no app and no passkey is left, sign-ins no longer need a second factor. */
  removed(tx: Db, changed: ChangedFactors): Promise<FactorOutcome>;
}

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  factors: Factors;
  recoveryCodes: RecoveryCodes;
  invalidate: Invalidate;
  notices: Notices;
}

export function createFactorChanges(dependencies: Dependencies): FactorChanges {
  const { audit, accounts, factors, recoveryCodes, invalidate, notices } = dependencies;

  async function announce(tx: Db, { user, changes, at, client }: ChangedFactors): Promise<void> {
    if (changes.length === 0) return;
    for (const outcome of changes) await audit.record(tx, { type: 'second-factor', outcome, userId: user.id, client });
    await notices.factorsChanged(tx, user, { changes, at }, client);
  }

  async function changeRequirement(tx: Db, user: User, isRequired: boolean): Promise<User> {
    await accounts.setSecondFactorRequired(tx, user.id, isRequired);
    return (await accounts.lock(tx, user.id)) ?? user;
  }

  async function allowWithout(tx: Db, changed: ChangedFactors): Promise<FactorOutcome> {
    await announce(tx, { ...changed, changes: [...changed.changes, 'second-factor-optional'] });
    return { user: await changeRequirement(tx, changed.user, false), recoveryCodes: null };
  }

  return {
    announce,

    async require(tx, changed) {
      const { user, changes, at, client } = changed;
      if (user.secondFactorRequired) {
        await announce(tx, changed);
        return { user, recoveryCodes: null };
      }
      const codes = await recoveryCodes.renew(tx, user.id, at);
      await announce(tx, { ...changed, changes: [...changes, 'second-factor-required', 'recovery-codes-created'] });
      const now = await changeRequirement(tx, user, true);
      await invalidate(tx, 'second factor required', { user: now, client });
      return { user: now, recoveryCodes: codes };
    },

    allowWithout,

    async removed(tx, changed) {
      const { user } = changed;
      if (user.secondFactorRequired && !(await factors.suffice(tx, user.id))) return allowWithout(tx, changed);
      await announce(tx, changed);
      return { user, recoveryCodes: null };
    },
  };
}
