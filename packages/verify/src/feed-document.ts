import { jwtVerify } from 'jose';
import type { Keys } from './keys.ts';

/** A part of the list of ended sessions, as the service signed it. */
export interface FeedDocument {
  /** Seconds since 1970. Grows from one period of the service to the next. */
  exp: number;
  /** Session ID, and when its last access token has expired, in seconds since 1970. */
  sessions: readonly { sid: string; exp: number }[];
  /** `since` of the next request. */
  next: string;
  /** Whether the next part must be requested now. */
  more: boolean;
}

interface Expected {
  issuer: string;
  algorithms: readonly string[];
  /** What was requested. */
  since: string;
  keys: Keys;
}

/** Seconds by which the clock of this machine may be behind the service's. */
export const CLOCK_LEEWAY = 30;
/** Seconds for which a document is used after its expiry. */
export const EXPIRY_LEEWAY = 5;

/** Throws unless the document is signed by the issuer, valid now, and the answer to this request. */
export async function openDocument(
  token: string,
  { issuer, algorithms, since, keys }: Expected,
): Promise<FeedDocument> {
  const { payload } = await jwtVerify(token, keys.find, {
    issuer,
    algorithms: [...algorithms],
    typ: 'revocations+jwt',
    requiredClaims: ['iat', 'exp', 'sessions', 'since', 'next'],
    clockTolerance: EXPIRY_LEEWAY,
  });
  const { iat = 0, exp = 0, sessions, next, more } = payload;
  if (payload.since !== since) throw new Error('the revocation feed answered another request');
  if (iat > Date.now() / 1000 + CLOCK_LEEWAY)
    throw new Error('the revocation feed is from the future: check the clock of this machine');
  if (!isSessionList(sessions) || typeof next !== 'string' || typeof more !== 'boolean')
    throw new Error('the revocation feed is malformed');
  return { exp, sessions, next, more };
}

const isSessionList = (value: unknown): value is FeedDocument['sessions'] =>
  Array.isArray(value) && value.every((item) => typeof item?.sid === 'string' && typeof item?.exp === 'number');
