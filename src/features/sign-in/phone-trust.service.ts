import { after, type Clock } from '../../core/clock.ts';
import { type Email, parseEmail } from '../../core/identifiers.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Sessions } from '../sessions/session.service.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  passwords: Passwords;
  sessions: Sessions;
  /** Milliseconds; 0: the rule is off. */
  recycledAfter: number;
}

/**
 * What a code by text message is worth at this account. `enough`: it proves the owner. An address: that must be asked,
 * too. `password`: only the password will do.
 */
export type Trust = 'enough' | 'password' | { ask: Email };

export type PhoneTrust = ReturnType<typeof createPhoneTrust>;

/**
 * Operators give numbers that lie idle to somebody else, who then gets our codes. An account that has a password and
 * that nobody has used for long is not handed over to whoever has its number now.
 */
export function createPhoneTrust({ db, clock, passwords, sessions, recycledAfter }: Dependencies) {
  return async (user: User): Promise<Trust> => {
    if (recycledAfter === 0 || !(await passwords.has(db, user.id))) return 'enough';
    const used = [user.createdAt, user.lastLoginAt, user.phoneVerifiedAt, await sessions.lastUse(user.id)];
    const longAgo = after(clock.now(), -recycledAfter);
    if (used.some((moment) => moment && moment > longAgo)) return 'enough';
    const email = user.emailVerifiedAt === null ? undefined : parseEmail(user.email ?? '');
    return email ? { ask: email } : 'password';
  };
}
