import { errors, jwtVerify, SignJWT } from 'jose';
import { type Clock, numericDate } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { digest, type Keyring } from '../../core/secrets.ts';
import type { Session } from './session.ts';

const TYPE = 'rt+jwt';

/** Which generation of which session a token stands for. */
export interface RefreshClaims {
  sessionId: string;
  generation: number;
}

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Refresh tokens are derived, not stored: the same session in the same generation gives the same bytes (HMAC is
 * deterministic), on every replica, as often as it is asked. So a lost answer is repeated and nothing can be stolen
 * from the database.
 */
export function createRefreshTokens({ keyring, clock, issuer }: { keyring: Keyring; clock: Clock; issuer: string }) {
  const keys = keyring.derive('refresh-token');

  return {
    /** The token of the session's present generation. */
    derive(session: Session): Promise<string> {
      return new SignJWT({ sid: session.id, gen: session.generation })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setJti(digest(keys[0], 'jti', `${session.id}.${session.generation}`).slice(0, 22))
        .setIssuedAt(numericDate(session.rotatedAt))
        .setExpirationTime(numericDate(session.idleExpiresAt))
        .sign(keys[0]);
    },

    /** What a token of ours says; whether it is still good, only the session knows. */
    async read(token: string): Promise<RefreshClaims | 'INVALID' | 'EXPIRED'> {
      for (const key of keys) {
        try {
          const { payload } = await jwtVerify(token, key, {
            algorithms: ['HS256'],
            typ: TYPE,
            issuer,
            audience: issuer,
            requiredClaims: ['sid', 'gen', 'jti', 'iat', 'exp'],
            currentDate: clock.now(),
          });
          const { sid, gen } = payload;
          const isOurs = typeof sid === 'string' && isId(sid) && Number.isSafeInteger(gen);
          return isOurs ? { sessionId: sid, generation: Number(gen) } : 'INVALID';
        } catch (error) {
          if (error instanceof errors.JWTExpired) return 'EXPIRED';
        }
      }
      return 'INVALID';
    },
  };
}
