import { InvalidCredentials, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { canonicalPassword, PASSWORD_MAX_LENGTH } from '../credentials/password-policy.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { Charge, RateLimiter } from '../rate-limits/rate-limiter.service.ts';

/** The signed-in user who is asked for the password again. */
export type Holder = Pick<User, 'id' | 'email' | 'phone' | 'phoneVerifiedAt'>;

/** The password was right, or the account has none. */
export interface CheckedPassword {
  /** For `Passwords.isStill` under the account's lock: the password may have changed. Undefined if there is none. */
  setAt: Date | undefined;
}

/**
 * Checks that the holder of the session knows the password. Guesses count as those of a sign-in, so a locked account is
 * locked here, too.
 */
export type CheckPassword = (
  holder: Holder,
  password: string | null | undefined,
  client: Client,
) => Promise<CheckedPassword | InvalidCredentials | RateLimited>;

interface Dependencies {
  db: Db;
  audit: Audit;
  passwords: Passwords;
  hasher: PasswordHasher;
  limiter: RateLimiter;
  limits: Limits;
}

export function createPasswordCheck(dependencies: Dependencies): CheckPassword {
  const { db, audit, passwords, hasher, limiter, limits } = dependencies;

  return async (holder, given, client) => {
    const { id, email } = holder;
    const stored = await passwords.find(db, id);
    if (stored === undefined) return { setAt: undefined };

    const key = email ?? verifiedPhone(holder) ?? id;
    const byNetwork = networkCharges(limits.loginByNetwork, client.ip);
    const byAccount = { limit: limits.loginByAccount, key, subject: key, client };
    const count = async (): Promise<Charge[] | RateLimited> => {
      const counted = (await limiter.consume(...byNetwork)) ?? (await limiter.attempt(byAccount));
      if (!isProblem(counted)) return [...byNetwork, counted.charge];
      await audit.record(db, { type: 'sign-in', outcome: 'limited', userId: id, method: 'password', client });
      return counted;
    };

    const password = given && given.length <= 4 * PASSWORD_MAX_LENGTH ? canonicalPassword(given) : undefined;
    const verify = async () => password !== undefined && (await hasher.verify(stored.hash, password, id));
    const attemptLimits = { count, refund: (charges: Charge[]) => limiter.refund(...charges) };
    const right = await hasher.admitWithin(client.ip, attemptLimits, verify);
    if (isProblem(right)) return right;
    if (!right) {
      const event = { type: 'sign-in', outcome: 'wrong-credentials', method: 'password' } as const;
      await audit.record(db, { ...event, userId: id, client });
      return new InvalidCredentials();
    }
    await Promise.all([limiter.clearAttempts(limits.loginByAccount, key), limiter.refund(...byNetwork)]);
    const tooMany = await limiter.consume({ limit: limits.signInsByAccount, key: id });
    if (tooMany) {
      await audit.record(db, { type: 'sign-in', outcome: 'limited', userId: id, method: 'password', client });
      return tooMany;
    }
    return { setAt: stored.setAt };
  };
}
