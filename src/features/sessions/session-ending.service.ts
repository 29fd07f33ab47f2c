import { after, type Clock, MINUTE } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { isProblem, NotFound } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';
import { afterCommit, type Transact } from '../../infra/db/transact.ts';
import type { Revocations } from '../../infra/store/revocations.ts';
import type { Audit } from '../audit/audit.service.ts';
import { findDistrust } from './distrust.ts';
import type { RefreshTokens } from './refresh-token.ts';
import { endSessions, MOST_EVENTS, type SessionSelection } from './session-ending.repo.ts';

export interface EndedBy {
  /** Undefined if a command ends the session. */
  client: Client | undefined;
  /** The administrator who ends another user's sessions. */
  actorId?: string | undefined;
}

export interface SessionEnding {
  /**
   * Ends sessions in the caller's transaction, and notifies every replica after the commit. One statement, however many
   * there are. Unless the end is a usual one, the account no longer knows their networks and devices, nor, if all end,
   * those of earlier sessions. Returns how many were live.
   */
  end(tx: Db, which: SessionSelection, reason: SessionEnd, by: EndedBy): Promise<number>;
  /** Ends all the user's sessions, in its own transaction. @param except a session that continues */
  endAll(userId: string, reason: SessionEnd, client: Client | undefined, except?: string): Promise<number>;
  /** NotFound if the user has no such session or it has already ended. */
  endOne(userId: string, id: string, client: Client): Promise<number | NotFound>;
  /** Ends the session of the refresh token, or else of the access token. 0 if there is none, or it has already ended. */
  logout(presented: string | undefined, viewer: Viewer | undefined, client: Client): Promise<number>;
  /** Ends the least recently used sessions of an account with more than SESSIONS_PER_ACCOUNT live ones. */
  endOverflow(db: Db, userId: string, client: Client): Promise<void>;
  /** Ends a session whose refresh token was reused: two parties hold its tokens, and either may be the thief. */
  endReused(id: string, client: Client): Promise<void>;
}

interface Dependencies {
  transact: Transact;
  clock: Clock;
  audit: Audit;
  revocations: Revocations;
  refreshTokens: RefreshTokens;
  /** Milliseconds. */
  accessTtl: number;
  /** Live sessions of one account. */
  limit: number;
}

/** A request that read the session before it ended may issue an access token afterwards, and clocks differ slightly. */
const LATE_TOKENS = MINUTE;

export function createSessionEnding(dependencies: Dependencies): SessionEnding {
  const { transact, clock, audit, revocations, refreshTokens, accessTtl, limit } = dependencies;

  async function end(
    tx: Db,
    which: SessionSelection,
    reason: SessionEnd,
    { client, actorId }: EndedBy,
  ): Promise<number> {
    const now = clock.now();
    const event = { type: 'session-end', outcome: reason, actorId, client } as const;
    const tokensGoneBy = after(now, accessTtl + LATE_TOKENS);
    const distrust = findDistrust(reason, { client, isOwner: actorId === undefined });
    const ended = await endSessions(tx, which, { reason, now, tokensGoneBy, event: audit.draft(event), distrust });
    if (ended.length <= MOST_EVENTS)
      for (const { id, userId } of ended) audit.report(tx, { ...event, userId, sessionId: id });
    else audit.report(tx, { ...event, userId: ended[0]?.userId, detail: { sessions: ended.length } });
    afterCommit(tx, () => revocations.announce(ended.map(({ id }) => id)));
    return ended.length;
  }

  const endNow = (which: SessionSelection, reason: SessionEnd, client: Client | undefined) =>
    transact((tx) => end(tx, which, reason, { client }));

  return {
    end,

    endAll: (userId, reason, client, except) => endNow({ allOf: userId, except }, reason, client),

    async endOne(userId, id, client) {
      const ended = isId(id) ? await endNow({ id, ownedBy: userId }, 'revoked', client) : 0;
      return ended === 0 ? new NotFound() : ended;
    },

    async logout(presented, viewer, client) {
      const claims = presented ? refreshTokens.read(presented) : undefined;
      const id = claims && !isProblem(claims) ? claims.sessionId : viewer?.sessionId;
      return id ? endNow({ id }, 'logout', client) : 0;
    },

    async endOverflow(db, userId, client) {
      await end(db, { overflowOf: userId, limit }, 'session-limit', { client });
    },

    async endReused(id, client) {
      await endNow({ id }, 'reused', client);
    },
  };
}
