import { TooManyRequests } from '../../core/errors.ts';
import { isProblem } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { RefreshTokens } from './refresh-token.ts';
import type { SessionTokens, TokenStatus } from './session-tokens.service.ts';

/**
 * Whose token it is, for any caller who has it; undefined if it is not valid. A refresh token counts against the limit of
 * anonymous requests, because its owner could cause a query with each. Access tokens do not: other services check one for
 * each request of their users, and their owner could cause as many queries with `me`. Throws TooManyRequests.
 */
export type CheckToken = (token: string, client: Client) => Promise<TokenStatus | undefined>;

interface Dependencies {
  limiter: RateLimiter;
  limits: Limits;
  refreshTokens: RefreshTokens;
  sessionTokens: SessionTokens;
}

export function createTokenCheck({ limiter, limits, refreshTokens, sessionTokens }: Dependencies): CheckToken {
  return async (token, { ip }) => {
    const isRefreshToken = !isProblem(refreshTokens.read(token));
    if (isRefreshToken && (await limiter.consume(...networkCharges(limits.anonymousByNetwork, ip))))
      throw new TooManyRequests();
    return sessionTokens.introspect(token);
  };
}
