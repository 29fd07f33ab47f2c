import { isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { type RefreshFailure, RefreshRejected } from '../../core/session-problems.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from './authenticated.ts';
import type { RefreshTokens } from './refresh-token.ts';
import type { Repeat } from './repetition.service.ts';
import type { Rotate } from './rotation.service.ts';
import type { Owned } from './session.repo.ts';
import type { SessionEnding } from './session-ending.service.ts';
import type { SessionTokens } from './session-tokens.service.ts';

export type RefreshOutcome = Authenticated | RefreshRejected | RateLimited;

/** Trades a refresh token for the next one. Callers that present the same token at once all get the same successor. */
export type Refresh = (presented: string | undefined, client: Client) => Promise<RefreshOutcome>;

/** What became of a presented token. `REPEATED`: it got the tokens that another request had got. */
export type RefreshResult = 'ROTATED' | 'REPEATED' | 'RATE_LIMITED' | RefreshFailure;

interface Dependencies {
  limiter: RateLimiter;
  limits: Limits;
  rotate: Rotate;
  repeat: Repeat;
  sessionEnding: SessionEnding;
  refreshTokens: RefreshTokens;
  sessionTokens: SessionTokens;
  onResult?: ((result: RefreshResult) => void) | undefined;
}

export function createRefresh(dependencies: Dependencies): Refresh {
  const { limiter, limits, rotate, repeat, sessionEnding, refreshTokens, sessionTokens, onResult } = dependencies;

  function reject(rejected: RefreshRejected): RefreshRejected {
    onResult?.(rejected.reason);
    return rejected;
  }

  function issue(result: 'ROTATED' | 'REPEATED', session: Owned): Promise<Authenticated> {
    onResult?.(result);
    return sessionTokens.issue(session);
  }

  return async (presented, client) => {
    if (!presented) return reject(new RefreshRejected('MISSING'));
    const claims = refreshTokens.read(presented);
    if (isProblem(claims)) return reject(claims);

    const { sessionId: id, generation } = claims;
    const rotated = await rotate({ id, generation, ip: client.ip });
    if (rotated) return issue('ROTATED', rotated);

    // Before the rate limit: a thief must not be able to use it up and so hide a reused token.
    const repeated = await repeat(claims);
    if (isProblem(repeated) && repeated.reason === 'REUSED') {
      await sessionEnding.endReused(id, client);
      return reject(repeated);
    }
    const refusal = await limiter.consume({ limit: limits.refreshReplay, key: id });
    if (refusal) onResult?.('RATE_LIMITED');
    if (refusal) return refusal;
    return isProblem(repeated) ? reject(repeated) : issue('REPEATED', repeated);
  };
}
