import { randomUUID } from 'node:crypto';
import { jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Config } from '../../config.ts';
import { hasCanonicalParts } from '../../core/base64url.ts';
import { after, type Clock, earlier, fromNumericDate, numericDate } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { MAX_ACCESS_TOKEN_LENGTH } from '../../core/token-length.ts';
import type { Db } from '../../infra/db/client.ts';
import { toScope } from '../accounts/permissions.ts';
import type { User } from '../accounts/user.ts';
import type { Keys } from '../keys/keys.service.ts';
import type { CustomClaims } from './custom-claims.service.ts';
import { authenticatedAt, CLOCK_LEEWAY_SECONDS, type Session } from './session.ts';

const TYPE = 'at+jwt';
/** RFC 9068 section 2.2: the client that requested the token. This service has one. */
const CLIENT_ID = 'latchkey';

/** Verified tokens kept in memory: how many, and how many bytes of text. */
const CACHED = { max: 10_000, maxSize: 16 * 1024 * 1024 };

export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** Seconds are its precision. 1970 in tokens of releases without the claim. */
  authenticatedAt: Date;
  /** RFC 8176. Empty in tokens of releases without the claim. */
  authenticationMethods: readonly string[];
  /** The administrator who acts as the user. */
  actorId: string | undefined;
  /** The session's generation when the token was issued. 0 also in tokens from before the claim existed. */
  generation: number;
  expiresAt: Date;
}

export interface SignedToken {
  token: string;
  expiresAt: Date;
  /** Seconds. */
  expiresIn: number;
}

/** JWT access tokens by RFC 9068. */
export interface AccessTokens {
  /** @param tx the transaction of the caller, if there is one */
  sign(user: User, session: Session, tx?: Db): Promise<SignedToken>;
  /** The claims of a token that this service signed and that has not expired; otherwise undefined. */
  read(token: string): Promise<AccessClaims | undefined>;
}

interface Dependencies {
  keys: Keys;
  clock: Clock;
  tokens: Config['tokens'];
  customClaims: Pick<CustomClaims, 'of'>;
}

export function createAccessTokens({ keys, clock, tokens, customClaims }: Dependencies): AccessTokens {
  // A valid signature stays valid, so only the expiry is checked again. Revocation is checked elsewhere, every time.
  const verified = new LRUCache<string, AccessClaims>({
    ...CACHED,
    sizeCalculation: (_, token) => token.length,
  });

  async function verify(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, keys.verificationKey, {
        algorithms: ['ES256', 'EdDSA', 'RS256'],
        typ: TYPE,
        issuer: tokens.issuer,
        audience: tokens.audience,
        requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp', 'client_id'],
        clockTolerance: CLOCK_LEEWAY_SECONDS,
        currentDate: clock.now(),
      });
      const { sub, sid, gen, exp, auth_time: authTime, amr, act } = payload;
      const actorId = subjectOf(act);
      if (!sub || !isId(sub) || typeof sid !== 'string' || !isId(sid) || !exp) return undefined;
      if (act !== undefined && actorId === undefined) return undefined;
      return {
        userId: sub,
        sessionId: sid,
        authenticatedAt: fromNumericDate(typeof authTime === 'number' ? authTime : 0),
        authenticationMethods: isTextList(amr) ? amr : [],
        actorId,
        generation: typeof gen === 'number' ? gen : 0,
        expiresAt: fromNumericDate(exp),
      };
    } catch (error) {
      // jose has an error code for every invalid token; anything else is a bug.
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')) return undefined;
      throw error;
    }
  }

  return {
    async sign(user, session, tx) {
      const custom = tokens.claims && (await customClaims.of(user, tx)); // Ours take precedence.
      const now = clock.now();
      const { impersonatorId, expiresAt } = session;
      // An impersonation has no refresh token: this one is valid as long as the session.
      const exp = numericDate(impersonatorId === null ? earlier(after(now, tokens.accessTtl), expiresAt) : expiresAt);
      const token = await keys.sign({
        ...custom,
        iss: tokens.issuer,
        aud: tokens.audience,
        sub: user.id,
        sid: session.id,
        jti: randomUUID(),
        iat: numericDate(now),
        exp,
        // In an impersonation, the user has not signed in.
        ...(impersonatorId === null
          ? { auth_time: numericDate(authenticatedAt(session)) }
          : { act: { sub: impersonatorId } }),
        ...(session.authenticationMethods.length === 0 ? {} : { amr: session.authenticationMethods }),
        client_id: CLIENT_ID,
        ...(session.generation === 0 ? {} : { gen: session.generation }),
        ...(user.email === null ? {} : { email: user.email, email_verified: user.emailVerifiedAt !== null }),
        roles: user.roles,
        ...(user.permissions.length === 0 ? {} : { scope: toScope(user.permissions) }),
      });
      return { token, expiresAt: fromNumericDate(exp), expiresIn: exp - numericDate(now) };
    },

    async read(token) {
      if (token.length > MAX_ACCESS_TOKEN_LENGTH) return undefined; // Tokens of this service are shorter.
      const known = verified.get(token);
      const claims = known ?? (hasCanonicalParts(token) ? await verify(token) : undefined);
      if (!claims || after(claims.expiresAt, CLOCK_LEEWAY_SECONDS * 1000) <= clock.now()) return undefined;
      if (!known) verified.set(token, claims);
      return claims;
    },
  };
}

/** The subject of an act claim (RFC 8693 section 4.1), if it is a user of this service. */
function subjectOf(act: unknown): string | undefined {
  const sub = typeof act === 'object' && act !== null && 'sub' in act ? act.sub : undefined;
  return typeof sub === 'string' && isId(sub) ? sub : undefined;
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
