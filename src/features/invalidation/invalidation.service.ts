import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { isPhoneVerifiedSince, type User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Identities } from '../identities/identity.service.ts';
import type { SessionEnding } from '../sessions/session-ending.service.ts';
import { type AccountChange, INVALIDATION, type Rule } from './invalidation.ts';

interface About {
  /** The user after the change. */
  user: Pick<User, 'id' | 'email' | 'phone' | 'phoneVerifiedAt' | 'secondFactorRequired'>;
  /** Undefined on the command line. */
  client: Client | undefined;
  /** The administrator who made the change. */
  actorId?: string | undefined;
}
interface Others {
  /** The session that continues. */
  currentSession: string;
}
interface Recent {
  /** Identities linked and numbers verified at this moment or later are removed, and changes of factors are undone. */
  since: Date;
  /** For factors, if it differs. */
  factorsSince?: Date | undefined;
  /**
   * Factors that were added before this time are the owner's. Younger ones may be an attacker's, and the owner may have
   * removed them; they come back only if the change that is undone removed them.
   */
  factorsTrustedBefore: Date;
  /** A number to remove regardless of when it was verified. */
  contestedPhone?: string | undefined;
}
interface Later {
  /** When the undone change was requested. */
  undoneAt: Date;
}

/** What the rule of a change needs to know. */
export type Change<Name extends AccountChange> = About &
  ((typeof INVALIDATION)[Name] extends { sessions: { end: 'others' } } ? Others : unknown) &
  ((typeof INVALIDATION)[Name] extends { identities: 'recent' } ? Recent : unknown) &
  ((typeof INVALIDATION)[Name] extends { undoLinks: 'later' } ? Later : unknown);

/**
 * Applies the rule for an account change. Runs in the transaction of the change, which must hold the lock of the
 * account's row. Returns how many sessions ended.
 */
export type Invalidate = <Name extends AccountChange>(tx: Db, name: Name, change: Change<Name>) => Promise<number>;

interface Dependencies {
  accounts: Accounts;
  passwords: Passwords;
  identities: Identities;
  factors: Factors;
  challenges: Challenges;
  sessionEnding: SessionEnding;
}

export function createInvalidation(dependencies: Dependencies): Invalidate {
  const { accounts, passwords, identities, factors, challenges, sessionEnding } = dependencies;
  type AnyChange = About & Partial<Others & Recent & Later>;

  async function withdrawChallenges(tx: Db, rule: Rule, { user, undoneAt }: AnyChange): Promise<void> {
    const own = { userId: user.id };
    if (rule.challenges.length > 0) await challenges.withdraw(tx, own, rule.challenges);
    if (rule.undoLinks) {
      const whose = rule.undoLinks === 'all' ? own : { ...own, since: needed(undoneAt) };
      await challenges.withdraw(tx, whose, ['UNDO_EMAIL_CHANGE']);
    }
    if (rule.signUps && user.email) await challenges.withdraw(tx, { subject: user.email }, ['SIGN_UP']);
  }

  async function removeAdditions(tx: Db, rule: Rule, { user, since, contestedPhone }: AnyChange): Promise<void> {
    if (rule.password) await passwords.remove(tx, user.id);
    if (rule.identities) await identities.removeAll(tx, user.id, rule.identities === 'all' ? undefined : needed(since));
    if (!rule.phone) return;
    const isContested = contestedPhone !== undefined && contestedPhone === user.phone;
    if (isContested || isPhoneVerifiedSince(user, needed(since))) await accounts.dropPhone(tx, user.id);
  }

  async function undoFactors(tx: Db, rule: Rule, change: AnyChange): Promise<void> {
    if (!rule.factors) return;
    const { user, since, factorsSince, factorsTrustedBefore } = change;
    const from = rule.factors === 'recent' ? (factorsSince ?? needed(since)) : undefined;
    if (from) await factors.revert(tx, user.id, { since: from, trustedBefore: needed(factorsTrustedBefore) });
    else await factors.removeAll(tx, user.id);
    const before = from && (await notedRequirement(tx, user.id, from));
    const isRequired = (before ?? user.secondFactorRequired) && (await factors.suffice(tx, user.id));
    // Also if it stays: a sign-in with a factor that has read the account before reads it again.
    await accounts.setSecondFactorRequired(tx, user.id, isRequired);
  }

  /** Whether a second factor was required at this time, if a notice since then has noted it. */
  async function notedRequirement(tx: Db, userId: string, since: Date): Promise<boolean | undefined> {
    const noted = await challenges.firstNoted(tx, { userId, purpose: 'NOT_ME', since, key: REQUIREMENT });
    return noted === undefined ? undefined : noted === true;
  }

  async function endSessions(tx: Db, rule: Rule, { user, client, actorId, currentSession }: AnyChange) {
    if (!rule.sessions) return 0;
    const { end, reason } = rule.sessions;
    if (end === 'impersonations')
      return sessionEnding.end(tx, { impersonatedBy: user.id }, reason, { client, actorId });
    const except = end === 'all' ? undefined : needed(currentSession);
    return sessionEnding.end(tx, { allOf: user.id, except }, reason, { client, actorId });
  }

  return async (tx: Db, name: AccountChange, change: AnyChange) => {
    const rule: Rule = INVALIDATION[name];
    await withdrawChallenges(tx, rule, change);
    await removeAdditions(tx, rule, change);
    await undoFactors(tx, rule, change);
    return endSessions(tx, rule, change);
  };
}

/** In the payload of notices about factors. */
const REQUIREMENT = 'secondFactorRequired';

/** The types of the table guarantee it; without it, "recent" would mean everything. */
function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the rule needs what the change does not say');
  return value;
}
