import { after, type Clock, MINUTE } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { isProblem, NotFound } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';
import { afterCommit, type Transact } from '../../infra/db/transact.ts';
import type { Revocations } from '../../infra/store/revocations.ts';
import type { Audit } from '../audit/audit.service.ts';
import { actorOf } from '../audit/audit.ts';
import { findDistrust } from './distrust.ts';
import type { RefreshTokens } from './refresh-token.ts';
import { sessionById } from './session.repo.ts';
import { type Ended, endSessions, MOST_EVENTS, type SessionSelection } from './session-ending.repo.ts';

export interface EndedBy {
  /** Undefined if a command ends the session. */
  client: Client | undefined;
  /** The administrator who ends another user's sessions. */
  actorId?: string | undefined;
}

export interface SessionEnding {
  /**
   * Ends sessions in the caller's transaction, and notifies every replica after the commit. One statement, however many
   * there are. After an unusual end (`findDistrust`), the account no longer knows their networks and devices. If all
   * sessions end, this includes those of earlier sessions. Returns how many were live.
   *
   * If they are an administrator's, the impersonations that the administrator has opened end, too, and are not counted:
   * an attacker who had the session may have opened them.
   */
  end(tx: Db, which: SessionSelection, reason: SessionEnd, by: EndedBy): Promise<number>;
  /** Ends all the user's sessions, in its own transaction. @param except a session that continues */
  endAll(userId: string, reason: SessionEnd, client: Client | undefined, except?: string): Promise<number>;
  /**
   * Ends one session of the user, in the caller's transaction. 0 if it has already ended, NotFound if the user never had
   * it.
   */
  endOneOf(tx: Db, userId: string, id: string, by: EndedBy): Promise<number | NotFound>;
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
  /** Milliseconds that an access token is valid at most. */
  longestTtl: number;
  /** Live sessions of one account. */
  limit: number;
}

/** A request that read the session before it ended may issue an access token afterwards, and clocks differ slightly. */
const LATE_TOKENS = MINUTE;

/** With these, an administrator loses the role. */
const LOST_ROLE: readonly SessionEnd[] = ['deactivated', 'deleted'];

/** The user who may have opened impersonations that must end with the sessions. */
function findImpersonator(which: SessionSelection, ended: readonly Ended[]): string | undefined {
  if ('overflowOf' in which || 'impersonatedBy' in which || 'upTo' in which) return undefined;
  // The administrator's own sessions may have expired before the impersonations.
  if (ended.length === 0) return 'allOf' in which ? which.allOf : undefined;
  return ended.find(({ isAdministrators }) => isAdministrators)?.userId;
}

export function createSessionEnding(dependencies: Dependencies): SessionEnding {
  const { transact, clock, audit, revocations, refreshTokens, longestTtl, limit } = dependencies;

  async function endSelected(tx: Db, which: SessionSelection, reason: SessionEnd, by: EndedBy): Promise<Ended[]> {
    const { client, actorId } = by;
    const now = clock.now();
    const event = { type: 'session-end', outcome: reason, actorId, client } as const;
    const tokensGoneBy = after(now, longestTtl + LATE_TOKENS);
    // The end of everyone's sessions says nothing about an account.
    const distrust = 'upTo' in which ? undefined : findDistrust(reason, { client, isOwner: actorOf(by) === undefined });
    const ended = await endSessions(tx, which, { reason, now, tokensGoneBy, event: audit.draft(event), distrust });
    if (ended.length <= MOST_EVENTS)
      for (const { id, userId } of ended) audit.report(tx, { ...event, userId, sessionId: id });
    else audit.report(tx, { ...event, userId: ended[0]?.userId, detail: { sessions: ended.length } });
    afterCommit(tx, () => revocations.announce(ended.map(({ id }) => id)));
    return ended;
  }

  async function end(tx: Db, which: SessionSelection, reason: SessionEnd, by: EndedBy): Promise<number> {
    const ended = await endSelected(tx, which, reason, by);
    const impersonator = findImpersonator(which, ended);
    if (impersonator !== undefined)
      await endSelected(
        tx,
        { impersonatedBy: impersonator },
        LOST_ROLE.includes(reason) ? 'impersonator-lost-role' : 'revoked',
        {
          ...by,
          actorId: by.actorId ?? impersonator,
        },
      );
    return ended.length;
  }

  const endNow = (which: SessionSelection, reason: SessionEnd, client: Client | undefined) =>
    transact((tx) => end(tx, which, reason, { client }));

  return {
    end,

    endAll: (userId, reason, client, except) => endNow({ allOf: userId, except }, reason, client),

    async endOneOf(tx, userId, id, by) {
      if (!isId(id)) return new NotFound();
      const ended = await end(tx, { id, ownedBy: userId }, 'revoked', by);
      const isTheirs = ended > 0 || (await sessionById(tx, id))?.userId === userId;
      return isTheirs ? ended : new NotFound();
    },

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
