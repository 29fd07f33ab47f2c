import { InvalidCredentials } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { canonicalPassword, PASSWORD_MAX_LENGTH } from '../credentials/password-policy.ts';
import { type Limits, networkKey } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';

interface Dependencies {
  db: Db;
  audit: Audit;
  passwords: Passwords;
  hasher: PasswordHasher;
  limiter: RateLimiter;
  limits: Limits;
}

/** Who is signed in and is asked for the password again. */
export type Holder = Pick<User, 'id' | 'email' | 'phone' | 'phoneVerifiedAt'>;

export type Reauthentication = ReturnType<typeof createReauthentication>;

/**
 * Whether whoever holds the session also knows the password: a session left open must not be enough to take an account
 * over. Wrong guesses count where those of a sign-in count, so that a locked account is locked here, too.
 */
export function createReauthentication({ db, audit, passwords, hasher, limiter, limits }: Dependencies) {
  async function check(holder: Holder, given: string | null | undefined, client: Client) {
    const { id, email } = holder;
    const stored = await passwords.hashOf(db, id);
    if (stored === undefined) return 'no-password' as const;

    const byAccount = { limit: limits.loginByAccount, key: email ?? verifiedPhone(holder) ?? id };
    const byNetwork = { limit: limits.loginByNetwork, key: networkKey(client.ip) };
    const limited = await limiter.spend(byAccount, byNetwork);
    if (limited) {
      await audit.record(db, { type: 'sign-in', outcome: 'limited', userId: id, method: 'password', client });
      return limited;
    }

    const password = given && given.length <= 4 * PASSWORD_MAX_LENGTH ? canonicalPassword(given) : undefined;
    const right = password !== undefined && (await hasher.verify(stored, password));
    if (!right) {
      const event = { type: 'sign-in', outcome: 'wrong-credentials', method: 'password' } as const;
      await audit.record(db, { ...event, userId: id, client });
      return new InvalidCredentials();
    }
    await Promise.all([limiter.clear(byAccount), limiter.refund(byNetwork)]);
    return 'confirmed' as const;
  }

  return (holder: Holder, password: string | null | undefined, client: Client) =>
    hasher.admit(() => check(holder, password, client));
}
