import DataLoader from 'dataloader';
import type { Config } from '../../config.ts';
import { after, type Clock, DAY, earlier, MINUTE } from '../../core/clock.ts';
import { describeDevice } from '../../core/device.ts';
import { isId, newId } from '../../core/ids.ts';
import { NotFound, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { RefreshRejected } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';
import { afterCommit, type Transact } from '../../infra/db/transact.ts';
import type { Revocations } from '../../infra/store/revocations.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { AccessTokens } from './access-token.ts';
import { Authenticated } from './authenticated.ts';
import type { RefreshTokens } from './refresh-token.ts';
import { createRotation } from './rotation.service.ts';
import {
  endSessions,
  lastUse,
  liveSessions,
  type Owned,
  pruneRevocations,
  pruneSessions,
  sessionById,
  sessionWithUser,
  type Which,
} from './session.repo.ts';
import type { NewSession, Session } from './session.ts';

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  accounts: Accounts;
  limiter: RateLimiter;
  limits: Limits;
  revocations: Revocations;
  refreshTokens: RefreshTokens;
  accessTokens: AccessTokens;
  lifetimes: Config['sessions'];
  /** Milliseconds. */
  accessTtl: number;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Of rows whose end nobody asks about any more. */
const KEEP_ENDED = 7 * DAY;
/**
 * A request that read the session before its end may sign an access token after it. None takes so long, and no two
 * clocks are so far apart.
 */
const LATE_TOKENS = MINUTE;
/** Milliseconds since the sign-in. */
const FRESH = 10 * MINUTE;

export function createSessions(dependencies: Dependencies) {
  const { db, transact, clock, audit, accounts, limiter, limits, revocations, refreshTokens, accessTokens, lifetimes } =
    dependencies;
  const rotate = createRotation({ db, clock, idleTtl: lifetimes.idleTtl });

  // The users of a list are served by one query.
  const live = new DataLoader<string, Session[]>(
    async (userIds) => {
      const found = await liveSessions(db, userIds, clock.now());
      return userIds.map((userId) => found.filter((session) => session.userId === userId));
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: 200 },
  );

  async function authenticated({ user, session }: Owned, isNewUser = false): Promise<Authenticated> {
    const access = await accessTokens.sign(user, session);
    return new Authenticated({ access, refreshToken: refreshTokens.derive(session), user, session, isNewUser });
  }

  /**
   * Ends sessions in the transaction of what ends them; replicas are told after its commit. Returns how many were live.
   * @param actorId the administrator who does it
   */
  async function endWithin(
    tx: Db,
    which: Which,
    reason: SessionEnd,
    client: Client | undefined,
    actorId?: string,
  ): Promise<number> {
    const now = clock.now();
    const tokensGoneBy = after(now, dependencies.accessTtl + LATE_TOKENS);
    const ended = await endSessions(tx, which, reason, now, tokensGoneBy);
    for (const { id, userId } of ended)
      await audit.record(tx, { type: 'session-end', outcome: reason, userId, sessionId: id, actorId, client });
    afterCommit(tx, () => revocations.announce(ended.map(({ id }) => id)));
    return ended.length;
  }

  /** Ends sessions in a transaction of their own. */
  const end = (which: Which, reason: SessionEnd, client: Client | undefined): Promise<number> =>
    transact((tx) => endWithin(tx, which, reason, client));

  /** Why a generation could not be advanced; or that the same successor is due again. */
  async function explain(presented: { sessionId: string; generation: number }) {
    const owned = await sessionWithUser(db, presented.sessionId);
    if (!owned) return 'REVOKED';
    const { session, user } = owned;
    const now = clock.now();
    if (session.endedAt) return 'REVOKED';
    if (session.idleExpiresAt <= now) return 'EXPIRED';
    if (!user.isActive) return 'ACCOUNT_DISABLED';
    const isPredecessor = session.generation === presented.generation + 1;
    return isPredecessor && now <= after(session.rotatedAt, lifetimes.refreshGrace) ? owned : 'REUSED';
  }

  async function refresh(presented: string | undefined, client: Client) {
    if (!presented) return new RefreshRejected('MISSING');
    const claims = refreshTokens.read(presented);
    if (typeof claims === 'string') return new RefreshRejected(claims);

    const { sessionId: id, generation } = claims;
    const rotated = await rotate({ id, generation, ip: client.ip });
    if (rotated) return authenticated(rotated);

    const limited = await limiter.spend({ limit: limits.refreshReplay, key: id });
    if (limited) return limited;
    const found = await explain(claims);
    if (typeof found === 'object') return authenticated(found); // a tab, a retry or a lost answer
    // Two parties hold tokens of this session and we cannot tell which is the thief: neither keeps it.
    if (found === 'REUSED') await end({ id }, 'reused', client);
    return new RefreshRejected(found);
  }

  return {
    authenticated,
    refresh,

    /** A session that begins now. @param device as the client names itself */
    draft(userId: string, client: Client, device: string | null): NewSession {
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

    /** Who an access token speaks for right now; undefined when it is not accepted. Throws Unavailable. */
    async authenticate(token: string): Promise<Viewer | undefined> {
      const claims = await accessTokens.read(token);
      if (!claims) return undefined;
      const revoked = revocations.isRevoked(claims.sessionId);
      return (typeof revoked === 'boolean' ? revoked : await revoked)
        ? undefined
        : { userId: claims.userId, sessionId: claims.sessionId };
    },

    /** Ends the session of the refresh token, else of the access token. 0 when it had ended before. */
    async logout(presented: string | undefined, viewer: Viewer | undefined, client: Client) {
      const claims = presented ? refreshTokens.read(presented) : undefined;
      const id = typeof claims === 'object' ? claims.sessionId : viewer?.sessionId;
      if (id) return end({ id }, 'logout', client);
      return claims === 'EXPIRED' ? 0 : new NotFound();
    },

    /** When any session of the user was last used, as far as they are kept. */
    lastUse: (userId: string): Promise<Date | null> => lastUse(db, userId),

    /**
     * The user, locked until the commit, whose session still goes on; undefined when it has ended, or the account is gone
     * or not active. For what a request was allowed to do some time ago, before a hash or a question to a provider:
     * whoever ends the session or takes the account over has done so before, or waits.
     */
    async lockHolder(tx: Db, { userId, sessionId }: Viewer): Promise<User | undefined> {
      const user = await accounts.lock(tx, userId);
      // A statement of its own, so that it sees what whoever had the lock before has done.
      const session = user?.isActive ? await sessionById(tx, sessionId) : undefined;
      return session && session.endedAt === null && session.idleExpiresAt > clock.now() ? user : undefined;
    },

    endWithin,

    /** @param except a session that goes on */
    endAll: (userId: string, reason: SessionEnd, client: Client | undefined, except?: string) =>
      end({ allOf: userId, except }, reason, client),

    /** NotFound when the user has no such session, or it ended before. */
    async endOne(userId: string, id: string, client: Client): Promise<number | NotFound> {
      const ended = isId(id) ? await end({ id, ownedBy: userId }, 'revoked', client) : 0;
      return ended === 0 ? new NotFound() : ended;
    },

    /**
     * Whether the session was signed in so lately that this proves as much as a password does. Refreshing does not make
     * it younger.
     */
    async isFresh(id: string): Promise<boolean> {
      const session = await sessionById(db, id);
      return session !== undefined && session.endedAt === null && after(session.createdAt, FRESH) > clock.now();
    },

    live: (userId: string): Promise<Session[]> => live.load(userId),

    /**
     * What either kind of token is worth right now; undefined: nothing. Asks the table of sessions and not the memory of
     * endings: whoever asks relies on the answer, which then knows of a deleted or deactivated user, too.
     */
    async inspect(token: string) {
      const access = await accessTokens.read(token);
      const refresh = access ? 'INVALID' : refreshTokens.read(token);
      const sessionId = access?.sessionId ?? (typeof refresh === 'object' ? refresh.sessionId : undefined);
      const owned = sessionId && (await sessionWithUser(db, sessionId));
      if (!owned || owned.session.endedAt || !owned.user.isActive) return undefined;

      const { session } = owned;
      const whose = { userId: session.userId, sessionId: session.id };
      if (access) return { tokenType: 'ACCESS' as const, ...whose, expiresAt: access.expiresAt };
      const isCurrent = typeof refresh === 'object' && refresh.generation === session.generation;
      if (!isCurrent || session.idleExpiresAt <= clock.now()) return undefined;
      return { tokenType: 'REFRESH' as const, ...whose, expiresAt: session.idleExpiresAt };
    },

    prune: (limit: number) => pruneSessions(db, after(clock.now(), -KEEP_ENDED), limit),
    pruneRevocations: (limit: number) => pruneRevocations(db, clock.now(), limit),
  };
}

export type RefreshOutcome = Authenticated | RefreshRejected | RateLimited;
