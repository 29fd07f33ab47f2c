import { createHmac } from 'node:crypto';
import { type Clock, numericDate } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { digest, equal, type Keyring } from '../../core/secrets.ts';
import type { Session } from './session.ts';

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const HEADER = encode({ alg: 'HS256', typ: 'rt+jwt' });

/** Characters; ours have some 300. */
const LONGEST = 2048;

/** Which generation of which session a token stands for. */
export interface RefreshClaims {
  sessionId: string;
  generation: number;
}

/** What of a session a token is made of. */
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

export type RefreshTokens = ReturnType<typeof createRefreshTokens>;

/**
 * Refresh tokens are derived, not stored: the same session in the same generation gives the same bytes (HMAC is
 * deterministic), on every replica, as often as it is asked. So a lost answer is repeated and nothing can be stolen
 * from the database.
 *
 * They are JWTs (RFC 7519) with HMAC-SHA-256 (RFC 7515 appendix A.1), made by node:crypto: jose goes through WebCrypto,
 * which queues in the thread pool behind password hashes. Only their maker reads them, so what is accepted is the
 * spelling it writes: one header to the letter, which leaves no algorithm to choose, and one spelling of a signature.
 */
export function createRefreshTokens({ keyring, clock, issuer }: { keyring: Keyring; clock: Clock; issuer: string }) {
  const keys = keyring.derive('refresh-token');
  const sign = (key: Buffer, content: string) => createHmac('sha256', key).update(content).digest('base64url');

  return {
    /** The token of the session's present generation. */
    derive({ id, generation, rotatedAt, idleExpiresAt }: Generation): string {
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

    /** What a token of ours says; whether it is still good, only the session knows. */
    read(token: string): RefreshClaims | 'INVALID' | 'EXPIRED' {
      const [header, payload = '', signature = '', ...rest] = token.slice(0, LONGEST).split('.');
      if (header !== HEADER || rest.length > 0) return 'INVALID';
      if (!keys.some((key) => equal(sign(key, `${header}.${payload}`), signature))) return 'INVALID';

      // Signed under a key that signs nothing else, so it is what `derive` wrote.
      const { sid, gen, iss, aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Payload;
      if (iss !== issuer || aud !== issuer || !isId(sid)) return 'INVALID';
      return exp <= numericDate(clock.now()) ? 'EXPIRED' : { sessionId: sid, generation: gen };
    },
  };
}
