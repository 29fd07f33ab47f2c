import { hasRole } from '../../core/access.ts';
import type { Clock } from '../../core/clock.ts';
import { isProblem } from '../../core/problems.ts';
import type { Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Revocations } from '../../infra/store/revocations.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { AccessTokens, SignedToken } from './access-token.ts';
import { Authenticated } from './authenticated.ts';
import type { RefreshClaims, RefreshTokens } from './refresh-token.ts';
import type { SeenTokens } from './seen-tokens.service.ts';
import { type Owned, sessionWithUser } from './session.repo.ts';

/** The meaning of a valid token. */
export interface TokenStatus {
  tokenType: 'ACCESS' | 'REFRESH';
  userId: string;
  sessionId: string;
  expiresAt: Date;
}

export interface SessionTokens {
  /**
   * The tokens of the session's current generation.
   * @param tx the transaction of the caller, if there is one
   */
  issue(owned: Owned, isNewUser?: boolean, tx?: Db): Promise<Authenticated>;
  /** An access token alone, for a session whose refresh token stays the same. */
  issueAccess(owned: Owned): Promise<SignedToken>;
  /** The caller that an access token identifies; undefined if it is not accepted. Throws Unavailable. */
  authenticate(token: string): Promise<Viewer | undefined>;
  /**
   * Whose token this is, of either kind; undefined if it is not valid. Reads the sessions table instead of the revocations
   * in memory, so that it also detects deleted and deactivated users.
   */
  introspect(token: string): Promise<TokenStatus | undefined>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  accounts: Accounts;
  revocations: Revocations;
  refreshTokens: RefreshTokens;
  accessTokens: AccessTokens;
  seenTokens: SeenTokens;
}

export function createSessionTokens(dependencies: Dependencies): SessionTokens {
  const { db, clock, accounts, revocations, refreshTokens, accessTokens, seenTokens } = dependencies;

  function readRefreshToken(token: string): RefreshClaims | undefined {
    const claims = refreshTokens.read(token);
    return isProblem(claims) ? undefined : claims;
  }

  /** A role is read at each use, also for acting as a user: the end of the session is not the only safeguard. */
  async function isAdministrator(id: string): Promise<boolean> {
    const actor = await accounts.byId(id);
    return actor?.isActive === true && hasRole(actor.roles, 'ADMIN');
  }

  return {
    async issue({ user, session }, isNewUser = false, tx) {
      const access = await accessTokens.sign(user, session, tx);
      return new Authenticated({ access, refreshToken: refreshTokens.derive(session), user, session, isNewUser });
    },

    issueAccess: ({ user, session }) => accessTokens.sign(user, session),

    async authenticate(token) {
      const claims = await accessTokens.read(token);
      if (!claims) return undefined;
      const { userId, sessionId, authenticatedAt, authenticationMethods, actorId, generation } = claims;
      const revoked = revocations.isRevoked(sessionId);
      if (typeof revoked === 'boolean' ? revoked : await revoked) return undefined;
      if (actorId !== undefined && !(await isAdministrator(actorId))) return undefined;
      seenTokens.note({ id: sessionId, generation });
      return { userId, sessionId, authenticatedAt, authenticationMethods, actorId };
    },

    async introspect(token) {
      const access = await accessTokens.read(token);
      const refresh = access ? undefined : readRefreshToken(token);
      const sessionId = access?.sessionId ?? refresh?.sessionId;
      const owned = sessionId && (await sessionWithUser(db, sessionId));
      if (!owned || owned.session.endedAt || !owned.user.isActive) return undefined;

      const { session } = owned;
      const { impersonatorId } = session;
      if (impersonatorId !== null && !(access && (await isAdministrator(impersonatorId)))) return undefined;
      const subject = { userId: session.userId, sessionId: session.id };
      const generation = access?.generation ?? refresh?.generation ?? 0;
      if (access) {
        seenTokens.note({ id: session.id, generation });
        return { tokenType: 'ACCESS', ...subject, expiresAt: access.expiresAt };
      }
      if (generation !== session.generation || session.idleExpiresAt <= clock.now()) return undefined;
      seenTokens.note({ id: session.id, generation });
      return { tokenType: 'REFRESH', ...subject, expiresAt: session.idleExpiresAt };
    },
  };
}
