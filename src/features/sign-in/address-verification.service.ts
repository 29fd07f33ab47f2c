import type { Email } from '../../core/identifiers.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { pickProfile } from '../accounts/profile.ts';
import type { Kept, User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { CheckedPassword } from './password-check.service.ts';

/**
 * What the caller has shown besides access to the mailbox: nothing, a live session, the password now, or the password at
 * an earlier moment.
 */
export type Shown = { only: 'mailbox' } | { session: Viewer } | { checked: CheckedPassword } | { passwordAt: Date };

export const MAILBOX: Shown = { only: 'mailbox' };

export interface Verification {
  /** The row before the verification, locked. */
  user: User;
  /** The account's address, or a new one. */
  email: Email;
  shown: Shown;
  /** What the account keeps even if only the mailbox was shown. By default, what an unused invitation contains. */
  kept?: Kept;
  /** The number that an administrator entered in the invitation. */
  invitedPhone?: unknown;
  /** Undefined on the command line. */
  client: Client | undefined;
  /** The administrator who confirms the address. */
  actorId?: string | undefined;
}

export interface VerifiedAccount {
  user: User;
  /** How many sessions ended. */
  ended: number;
  /** Whether the account had a password that was removed. */
  passwordRemoved: boolean;
}

/**
 * Verifies an address of an existing account, and decides what the account keeps. An attacker may have prepared an
 * account with another person's address (pre-hijacking), so the first verification gives the account to the person
 * who verified: everything entered before is removed, unless that person also holds the session or the password
 * (docs/decisions/0017). Changes nothing if the address is verified already. Throws a unique violation if another
 * account has the address.
 * @param tx the transaction of the verification, which holds the lock of the account's row
 */
export type VerifyAddress = (tx: Db, verification: Verification) => Promise<VerifiedAccount>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  sessions: Sessions;
  invalidate: Invalidate;
  notices: Notices;
}

export function createAddressVerification(dependencies: Dependencies): VerifyAddress {
  const { audit, accounts, passwords, sessions, invalidate, notices } = dependencies;

  /** Checked under the lock: the session may have ended, and the password may have changed. */
  async function isHolder(tx: Db, { id }: User, shown: Shown): Promise<boolean> {
    if ('session' in shown)
      return shown.session.userId === id && (await sessions.lockHolder(tx, shown.session)) !== undefined;
    if ('checked' in shown) return passwords.isStill(tx, id, shown.checked.setAt);
    return 'passwordAt' in shown && passwords.isUnchangedSince(tx, id, shown.passwordAt);
  }

  /** The account of an invitation that was never used: only the administrator has written to it. */
  function fromInvitation(user: User, hasPassword: boolean, invitedPhone: unknown): Kept {
    if (user.lastLoginAt !== null || hasPassword) return {};
    const { phone, phoneVerifiedAt } = user;
    return { ...pickProfile(user), ...(phone !== null && phone === invitedPhone && { phone, phoneVerifiedAt }) };
  }

  async function keepForHolder(tx: Db, { user: before, email, shown, client }: Verification) {
    const user = await accounts.setVerifiedEmail(tx, before, email, undefined);
    const ended =
      'session' in shown
        ? await invalidate(tx, 'address verified in a session', {
            user,
            client,
            currentSession: shown.session.sessionId,
          })
        : await invalidate(tx, 'address verified with the password', { user, client });
    return { user, ended, passwordRemoved: false };
  }

  async function handOver(tx: Db, { user: before, email, kept, invitedPhone, client, actorId }: Verification) {
    const passwordRemoved = await passwords.has(tx, before.id);
    const stays = kept ?? fromInvitation(before, passwordRemoved, invitedPhone);
    const verified = await accounts.setVerifiedEmail(tx, before, email, stays);
    const ended = await invalidate(tx, 'account claimed by its verified owner', { user: verified, client, actorId });
    // As it is now: a session is only opened for the latest state of the account.
    const user = (await accounts.lock(tx, before.id)) ?? verified;
    // An administrator's change is announced by its caller, without the administrator's address.
    if (actorId === undefined) await notices.phoneChanged(tx, before, user, client);
    await audit.record(tx, { type: 'account-reclaim', outcome: 'succeeded', userId: user.id, actorId, client });
    return { user, ended, passwordRemoved };
  }

  return async (tx, verification) => {
    const { user, email, shown } = verification;
    if (user.emailVerifiedAt !== null && user.email === email) return { user, ended: 0, passwordRemoved: false };
    // Its owner is known: by the earlier address, or by the number or identity of an account without one.
    const hasOwner = user.emailVerifiedAt !== null || user.email === null;
    if (hasOwner)
      return {
        user: await accounts.setVerifiedEmail(tx, user, email, undefined),
        ended: 0,
        passwordRemoved: false,
      };
    return (await isHolder(tx, user, shown)) ? keepForHolder(tx, verification) : handOver(tx, verification);
  };
}
