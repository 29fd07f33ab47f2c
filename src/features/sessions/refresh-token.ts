import { createHmac } from 'node:crypto';
import { decodeBase64url } from '../../core/base64url.ts';
import { type Clock, numericDate } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { digest, equal, type Keyring } from '../../core/secrets.ts';
import { RefreshRejected } from '../../core/session-problems.ts';
import type { Session } from './session.ts';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const HEADER = encode({ alg: 'HS256', typ: 'rt+jwt' });

/** Characters; real ones have about 300. */
const LONGEST = 2048;

/** The session and generation that a token belongs to. */
export interface RefreshClaims {
  sessionId: string;
  generation: number;
}

/** The fields of a session that a token is derived from. */
export type Generation = Pick<Session, 'id' | 'generation' | 'rotatedAt' | 'idleExpiresAt'>;

interface Payload {
  sid: string;
  gen: number;
  iss: string;
  aud: string;
  jti: string;
  iat: number;
  exp: number;
}

/**
 * Refresh tokens are derived, not stored: the same generation of a session gives the same bytes on every replica. A
 * lost response can be repeated, and the database contains no tokens to steal.
 *
 * They are JWTs (RFC 7519) with HMAC-SHA-256 (RFC 7515 appendix A.1), made by node:crypto: jose uses WebCrypto, which
 * waits behind password hashes in the thread pool. Only the exact header that `derive` writes is accepted, so a client
 * cannot choose the algorithm.
 */
export interface RefreshTokens {
  /** The token of the session's current generation. */
  derive(generation: Generation): string;
  /** The claims of the token. Only the session's row shows whether it is still valid. */
  read(token: string): RefreshClaims | RefreshRejected;
}

interface Dependencies {
  keyring: Keyring;
  clock: Clock;
  issuer: string;
}

export function createRefreshTokens({ keyring, clock, issuer }: Dependencies): RefreshTokens {
  const keys = keyring.derive('refresh-token');
  const sign = (key: Buffer, content: string) => createHmac('sha256', key).update(content).digest('base64url');

  return {
    derive({ id, generation, rotatedAt, idleExpiresAt }) {
      const payload: Payload = {
        sid: id,
        gen: generation,
        iss: issuer,
        aud: issuer,
        jti: digest(keys[0], 'jti', `${id}.${generation}`).slice(0, 22),
        iat: numericDate(rotatedAt),
        exp: numericDate(idleExpiresAt),
      };
      const content = `${HEADER}.${encode(payload)}`;
      return `${content}.${sign(keys[0], content)}`;
    },

    read(token) {
      const [header, payload = '', signature = '', ...rest] = token.slice(0, LONGEST).split('.');
      if (header !== HEADER || rest.length > 0) return new RefreshRejected('INVALID');
      if (!keys.some((key) => equal(sign(key, `${header}.${payload}`), signature)))
        return new RefreshRejected('INVALID');

      // The key signs nothing else, so this is what `derive` wrote.
      const { sid, gen, iss, aud, exp } = JSON.parse(String(decodeBase64url(payload))) as Payload;
      if (iss !== issuer || aud !== issuer || !isId(sid)) return new RefreshRejected('INVALID');
      return exp <= numericDate(clock.now()) ? new RefreshRejected('EXPIRED') : { sessionId: sid, generation: gen };
    },
  };
}
