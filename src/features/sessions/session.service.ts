import DataLoader from 'dataloader';
import type { Config } from '../../config.ts';
import { type AuthenticationMethod, hasTwoFactors } from '../../core/authentication-methods.ts';
import { after, type Clock, earlier, numericDate } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { newId } from '../../core/ids.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import {
  addMethods,
  lastUse,
  liveSession,
  liveSessions,
  markAuthenticated,
  pruneRevocations,
  pruneSessions,
  sessionById,
} from './session.repo.ts';
import type { NewSession, Session } from './session.ts';

export interface SessionStart {
  userId: string;
  client: Client;
  /** The name that the client gave itself. */
  device: string | null;
  authenticationMethods: readonly AuthenticationMethod[];
}

export interface Sessions {
  /** A session that starts now. */
  draft(start: SessionStart): NewSession;
  /** Live sessions, most recently used first; at most SESSIONS_PER_ACCOUNT. */
  live(userId: string): Promise<Session[]>;
  /** A live session; undefined if there is none with this ID. */
  liveById(id: string): Promise<Session | undefined>;
  /** When the user last used any session whose row is still kept. Impersonations do not count. */
  lastUse(userId: string): Promise<Date | null>;
  /**
   * Sets the session's authentication time to now, and adds the methods. Undefined if it is no longer live.
   * @param methods how the user has reauthenticated
   */
  markAuthenticated(tx: Db, id: string, methods: readonly AuthenticationMethod[]): Promise<Session | undefined>;
  /** Adds methods that the user has shown in the session. Its next access token has them. */
  addMethods(tx: Db, id: string, methods: readonly AuthenticationMethod[]): Promise<void>;
  /** Whether the user has shown two factors in the session. */
  hasTwoFactors(viewer: Viewer): Promise<boolean>;
  /** Whether the session was reauthenticated since its sign-in, and the caller's token was issued after that. */
  hasReauthenticated(viewer: Viewer): Promise<boolean>;
  /**
   * Locks the user until the commit. Undefined if the session is no longer live. For actions authorised before a hash
   * or a call to a provider: the session may have been ended, or the account taken over, in the meantime.
   */
  lockHolder(tx: Db, viewer: Viewer): Promise<User | undefined>;
  /**
   * The same, for a change of how the user signs in. Undefined also if the account requires a second factor by now and the
   * session has shown one factor: the requirement may be younger than the check of a recent sign-in.
   */
  lockForChange(tx: Db, viewer: Viewer): Promise<User | undefined>;
  /** Deletes sessions that expired longer ago than SESSION_RETENTION; at most `limit`. Returns how many. */
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

export function createSessions({ db, clock, accounts, lifetimes }: Dependencies): Sessions {
  // One query for all users of a list.
  const live = new DataLoader<string, Session[]>(
    async (userIds) => {
      const found = await liveSessions(db, userIds, clock.now(), lifetimes.perAccount);
      return userIds.map((userId) => found.filter((session) => session.userId === userId));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  async function lock(tx: Db, { userId, sessionId }: Viewer): Promise<{ user: User; session: Session } | undefined> {
    const user = await accounts.lock(tx, userId);
    // A separate statement sees what the previous holder of the lock committed.
    const session = user?.isActive ? await sessionById(tx, sessionId) : undefined;
    const isLive = session && session.endedAt === null && session.idleExpiresAt > clock.now();
    return user && isLive ? { user, session } : undefined;
  }

  return {
    draft({ userId, client, device, authenticationMethods }) {
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
        authenticationMethods: [...authenticationMethods],
      };
    },

    live: (userId) => live.load(userId),
    liveById: (id) => liveSession(db, id, clock.now()),
    lastUse: (userId) => lastUse(db, userId),

    markAuthenticated: (tx, id, methods) => markAuthenticated(tx, id, methods, clock.now()),
    addMethods,

    async hasTwoFactors({ sessionId }) {
      const session = await sessionById(db, sessionId);
      return session !== undefined && hasTwoFactors(session.authenticationMethods);
    },

    async hasReauthenticated(viewer) {
      const session = await sessionById(db, viewer.sessionId);
      const reauthenticatedAt = session?.authenticatedAt;
      // The token's time has no milliseconds.
      return (
        !!reauthenticatedAt &&
        reauthenticatedAt > session.createdAt &&
        numericDate(reauthenticatedAt) <= numericDate(viewer.authenticatedAt)
      );
    },

    lockHolder: async (tx, viewer) => (await lock(tx, viewer))?.user,

    async lockForChange(tx, viewer) {
      const locked = await lock(tx, viewer);
      if (!locked) return undefined;
      const { user, session } = locked;
      return user.secondFactorRequired && !hasTwoFactors(session.authenticationMethods) ? undefined : user;
    },

    prune: (limit) => pruneSessions(db, after(clock.now(), -lifetimes.retention), limit),
    pruneRevocations: (limit) => pruneRevocations(db, clock.now(), limit),
  };
}
