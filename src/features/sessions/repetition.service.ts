import { after, type Clock, HOUR } from '../../core/clock.ts';
import { RefreshRejected } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { RefreshClaims } from './refresh-token.ts';
import { repeatLate } from './repetition.repo.ts';
import { type Owned, sessionWithUser } from './session.repo.ts';

/**
 * The session whose current tokens are issued again for the refresh token before them, because of a second tab, a retry
 * or a lost response. Otherwise why the token is rejected. See docs/decisions/0012-a-lost-refresh-response.md.
 */
export type Repeat = (presented: RefreshClaims) => Promise<Owned | RefreshRejected>;

interface Dependencies {
  db: Db;
  clock: Clock;
  /** Milliseconds after the rotation, and after the current tokens were first seen. */
  grace: number;
}

/** Milliseconds after the rotation, while the current tokens have not been seen. */
const LOST_RESPONSE = 24 * HOUR;
/** More than this in a row looks like a thief who follows the owner from generation to generation. */
const LATE_REPETITIONS_IN_A_ROW = 3;

export function createRepeat({ db, clock, grace }: Dependencies): Repeat {
  return async ({ sessionId: id, generation }) => {
    const owned = await sessionWithUser(db, id);
    if (!owned) return new RefreshRejected('REVOKED');
    const { session, user } = owned;
    const now = clock.now();
    if (session.impersonatorId !== null) return new RefreshRejected('INVALID');
    if (session.endedAt) return new RefreshRejected('REVOKED');
    if (session.idleExpiresAt <= now) return new RefreshRejected('EXPIRED');
    if (!user.isActive) return new RefreshRejected('ACCOUNT_DISABLED');
    if (session.generation !== generation + 1) return new RefreshRejected('REUSED');
    if (now <= after(session.rotatedAt, grace)) return owned;

    const isAllowed = await repeatLate(db, {
      id,
      generation: session.generation,
      unseenSince: after(now, -LOST_RESPONSE),
      seenSince: after(now, -grace),
      most: LATE_REPETITIONS_IN_A_ROW,
    });
    return isAllowed ? owned : new RefreshRejected('REUSED');
  };
}
