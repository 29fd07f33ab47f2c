import type { Config } from '../../config.ts';
import type { Clock } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { FeatureDisabled, NoSecondFactor } from '../../core/session-problems.ts';
import type { Transact, Tx } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { RecoveryCodes } from '../factors/recovery-code.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { FactorChanges, FactorOutcome } from '../sign-in/factor-changes.service.ts';

type SettingOutcome = FactorOutcome | NoSecondFactor | FeatureDisabled | RateLimited;

/** Changes of the second factors that a user has. */
export interface FactorSettings {
  /** Removes the authenticator app. If no other factor is left, sign-ins no longer need one. */
  disableTotp(viewer: Viewer, client: Client): Promise<SettingOutcome>;
  /** Changes nothing if it is so already. NoSecondFactor if the user has nothing to confirm a sign-in with. */
  setRequired(isRequired: boolean, viewer: Viewer, client: Client): Promise<SettingOutcome>;
  /** Replaces the recovery codes. */
  regenerateRecoveryCodes(viewer: Viewer, client: Client): Promise<SettingOutcome>;
}

interface Dependencies {
  transact: Transact;
  clock: Clock;
  sessions: Sessions;
  factors: Factors;
  totp: TotpFactors;
  recoveryCodes: RecoveryCodes;
  factorChanges: FactorChanges;
  limiter: RateLimiter;
  limits: Limits;
  config: Pick<Config, 'secondFactors'>;
}

export function createFactorSettings(dependencies: Dependencies): FactorSettings {
  const { transact, clock, sessions, factors, totp, recoveryCodes, factorChanges, limiter, limits, config } =
    dependencies;

  /** Runs a change under the lock of the account, if the session is still live. */
  async function change(viewer: Viewer, work: (tx: Tx, user: User, at: Date) => Promise<SettingOutcome>) {
    const tooMany = await limiter.consume({ limit: limits.factorChangesByAccount, key: viewer.userId });
    if (isProblem(tooMany)) return tooMany;
    return transact(async (tx) => {
      const user = await sessions.lockForChange(tx, viewer);
      if (!user) throw new Unauthenticated();
      return work(tx, user, clock.now());
    });
  }

  return {
    disableTotp: (viewer, client) =>
      change(viewer, async (tx, user, at) => {
        if (await totp.remove(tx, user.id, at))
          return factorChanges.removed(tx, { user, changes: ['totp-removed'], at, client });
        return (await factors.suffice(tx, user.id)) ? { user, recoveryCodes: null } : new NoSecondFactor();
      }),

    async setRequired(isRequired, viewer, client) {
      if (isRequired && !config.secondFactors) return new FeatureDisabled();
      return change(viewer, async (tx, user, at) => {
        if (isRequired && !(await factors.suffice(tx, user.id))) return new NoSecondFactor();
        if (isRequired === user.secondFactorRequired) return { user, recoveryCodes: null };
        const changed = { user, changes: [], at, client };
        return isRequired ? factorChanges.require(tx, changed) : factorChanges.allowWithout(tx, changed);
      });
    },

    regenerateRecoveryCodes: (viewer, client) =>
      change(viewer, async (tx, user, at) => {
        if (!(await factors.suffice(tx, user.id))) return new NoSecondFactor();
        const codes = await recoveryCodes.renew(tx, user.id, at);
        await factorChanges.announce(tx, { user, changes: ['recovery-codes-created'], at, client });
        return { user, recoveryCodes: codes };
      }),
  };
}
