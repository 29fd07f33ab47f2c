import { ChallengeFailed, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { TotpFactors, TotpMatch } from '../factors/totp.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { guessKey } from '../rate-limits/message-charges.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';

/**
 * Checks that the holder of the session has the authenticator app. Guesses count as those of a sign-in. Accept the code
 * with `TotpFactors.accept`, in the transaction of what it authorises.
 */
export type CheckTotp = (
  userId: string,
  code: string,
  client: Client,
) => Promise<TotpMatch | ChallengeFailed | RateLimited>;

interface Dependencies {
  db: Db;
  audit: Audit;
  totp: TotpFactors;
  limiter: RateLimiter;
  limits: Limits;
}

export function createTotpCheck({ db, audit, totp, limiter, limits }: Dependencies): CheckTotp {
  async function check(userId: string, code: string, client: Client) {
    const byNetwork = networkCharges(limits.guessByNetwork, client.ip);
    const tooMany = await limiter.consume(...byNetwork);
    if (tooMany) return tooMany;
    const key = guessKey('CLIENT', 'second-factor', userId);
    const attempt = await limiter.attempt({ limit: limits.guessBySubject, key, subject: userId, client });
    if (isProblem(attempt)) return new ChallengeFailed('TOO_MANY_ATTEMPTS');
    const match = await totp.match(db, userId, code);
    if (!match) return new ChallengeFailed('WRONG_CODE', attempt.remaining);
    await limiter.refund(attempt.charge, ...byNetwork);
    return match.isUsed ? new ChallengeFailed('ALREADY_USED', attempt.remaining) : match;
  }

  return async (userId, code, client) => {
    const checked = await check(userId, code, client);
    if (isProblem(checked)) {
      const outcome = checked instanceof ChallengeFailed ? 'wrong-second-factor' : 'limited';
      await audit.record(db, { type: 'sign-in', outcome, userId, method: 'totp', client });
    }
    return checked;
  };
}
