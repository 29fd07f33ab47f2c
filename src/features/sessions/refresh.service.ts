import { after, type Clock } from '../../core/clock.ts';
import { isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import { RefreshRejected } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from './authenticated.ts';
import type { RefreshTokens } from './refresh-token.ts';
import type { Rotate } from './rotation.service.ts';
import { type Owned, sessionWithUser } from './session.repo.ts';
import type { SessionEnding } from './session-ending.service.ts';
import type { SessionTokens } from './session-tokens.service.ts';

export type RefreshOutcome = Authenticated | RefreshRejected | RateLimited;

/** Trades a refresh token for the next one. Callers that present the same token at once all get the same successor. */
export type Refresh = (presented: string | undefined, client: Client) => Promise<RefreshOutcome>;

interface Dependencies {
  db: Db;
  clock: Clock;
  limiter: RateLimiter;
  limits: Limits;
  rotate: Rotate;
  sessionEnding: SessionEnding;
  refreshTokens: RefreshTokens;
  sessionTokens: SessionTokens;
  /** Milliseconds in which a used refresh token still gets the same successor. */
  refreshGrace: number;
}

export function createRefresh(dependencies: Dependencies): Refresh {
  const { db, clock, limiter, limits, rotate, sessionEnding, refreshTokens, sessionTokens, refreshGrace } =
    dependencies;

  /** The session whose present tokens are due again (a tab, a retry or a lost response), or why it could not be rotated. */
  async function explain(presented: { sessionId: string; generation: number }): Promise<Owned | RefreshRejected> {
    const owned = await sessionWithUser(db, presented.sessionId);
    if (!owned) return new RefreshRejected('REVOKED');
    const { session, user } = owned;
    const now = clock.now();
    if (session.endedAt) return new RefreshRejected('REVOKED');
    if (session.idleExpiresAt <= now) return new RefreshRejected('EXPIRED');
    if (!user.isActive) return new RefreshRejected('ACCOUNT_DISABLED');
    const isPredecessor = session.generation === presented.generation + 1;
    return isPredecessor && now <= after(session.rotatedAt, refreshGrace) ? owned : new RefreshRejected('REUSED');
  }

  return async (presented, client) => {
    if (!presented) return new RefreshRejected('MISSING');
    const claims = refreshTokens.read(presented);
    if (isProblem(claims)) return claims;

    const { sessionId: id, generation } = claims;
    const rotated = await rotate({ id, generation, ip: client.ip });
    if (rotated) return sessionTokens.issue(rotated);

    const refusal = await limiter.consume({ limit: limits.refreshReplay, key: id });
    if (refusal) return refusal;
    const found = await explain(claims);
    if (!isProblem(found)) return sessionTokens.issue(found);
    if (found.reason === 'REUSED') await sessionEnding.endReused(id, client);
    return found;
  };
}
