import { after, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { IMPERSONATION_TTL } from '../../core/impersonation.ts';
import type { Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { holdLiveSession, insertSession } from './session.repo.ts';
import type { Session } from './session.ts';

/**
 * Opens a session in which an administrator acts as a user, for 15 minutes and without a refresh token. Undefined if the
 * administrator's own session has ended. It does not count against SESSIONS_PER_ACCOUNT, and the account does not get to
 * know the administrator's network and device. The transaction must hold the locks of both accounts.
 */
export type OpenImpersonation = (tx: Db, administrator: Viewer, userId: string) => Promise<Session | undefined>;

/** Shown to the user. The administrator's own device and address are not. */
const DEVICE = 'Administrator';

export function createImpersonationOpening({ clock }: { clock: Clock }): OpenImpersonation {
  return async (tx, administrator, userId) => {
    const now = clock.now();
    // Held until the commit, so that the end of the administrator's sessions does not miss this one.
    if (!(await holdLiveSession(tx, administrator.sessionId, now))) return undefined;
    const expiresAt = after(now, IMPERSONATION_TTL);
    return insertSession(tx, {
      id: newId(now),
      userId,
      impersonatorId: administrator.userId,
      rotatedAt: now,
      lastUsedAt: now,
      createdAt: now,
      idleExpiresAt: expiresAt,
      expiresAt,
      trust: 'none',
      device: DEVICE,
      ipAddress: null,
    });
  };
}
