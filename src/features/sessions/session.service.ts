import DataLoader from 'dataloader';
import type { Config } from '../../config.ts';
import { after, type Clock, DAY, earlier, MINUTE } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { newId } from '../../core/ids.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import { lastUse, liveSessions, pruneRevocations, pruneSessions, sessionById } from './session.repo.ts';
import type { NewSession, Session } from './session.ts';

export interface Sessions {
  /** A session that starts now. @param device the name that the client gave itself */
  draft(userId: string, client: Client, device: string | null): NewSession;
  /** Live sessions, most recently used first. */
  live(userId: string): Promise<Session[]>;
  /** The last use of any session of the user whose row is still kept. */
  lastUse(userId: string): Promise<Date | null>;
  /** Whether the sign-in is recent enough to replace the password. A refresh does not count as a sign-in. */
  isFresh(id: string): Promise<boolean>;
  /**
   * Locks the user until the commit. Undefined if the session is no longer live. For actions authorised before a hash
   * or a call to a provider: the session may have been ended, or the account taken over, in the meantime.
   */
  lockHolder(tx: Db, viewer: Viewer): Promise<User | undefined>;
  /** Deletes sessions that ended long ago; at most `limit`. Returns how many. */
  prune(limit: number): Promise<number>;
  /** Deletes revocations whose last access token has expired; at most `limit`. Returns how many. */
  pruneRevocations(limit: number): Promise<number>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  accounts: Accounts;
  lifetimes: Config['sessions'];
}

/** How long rows of ended sessions are kept. */
const KEEP_ENDED = 7 * DAY;
/** Milliseconds since the sign-in. */
const FRESH_FOR = 10 * MINUTE;

export function createSessions({ db, clock, accounts, lifetimes }: Dependencies): Sessions {
  // One query for all users of a list.
  const live = new DataLoader<string, Session[]>(
    async (userIds) => {
      const found = await liveSessions(db, userIds, clock.now());
      return userIds.map((userId) => found.filter((session) => session.userId === userId));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  return {
    draft(userId, client, device) {
      const now = clock.now();
      const expiresAt = after(now, lifetimes.maxAge);
      return {
        id: newId(now),
        userId,
        createdAt: now,
        expiresAt,
        idleExpiresAt: earlier(after(now, lifetimes.idleTtl), expiresAt),
        device: device ?? describeDevice(client.userAgent),
        ipAddress: client.ip,
      };
    },

    live: (userId) => live.load(userId),
    lastUse: (userId) => lastUse(db, userId),

    async isFresh(id) {
      const session = await sessionById(db, id);
      return session !== undefined && session.endedAt === null && after(session.createdAt, FRESH_FOR) > clock.now();
    },

    async lockHolder(tx, { userId, sessionId }) {
      const user = await accounts.lock(tx, userId);
      // A separate statement sees what the previous holder of the lock committed.
      const session = user?.isActive ? await sessionById(tx, sessionId) : undefined;
      return session && session.endedAt === null && session.idleExpiresAt > clock.now() ? user : undefined;
    },

    prune: (limit) => pruneSessions(db, after(clock.now(), -KEEP_ENDED), limit),
    pruneRevocations: (limit) => pruneRevocations(db, clock.now(), limit),
  };
}
