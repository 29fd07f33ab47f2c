import type { IncomingMessage } from 'node:http';
import { MAX_ACCESS_TOKEN_LENGTH } from '../core/token-length.ts';
import { countHeader } from './headers.ts';

/** Characters: an access token and the scheme. */
const MAX_HEADER_LENGTH = MAX_ACCESS_TOKEN_LENGTH + 'Bearer '.length;

/** RFC 6750 section 2.1: b64token. The scheme is case-insensitive (RFC 9110 section 11.1). */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Credentials of another scheme, such as Basic for a proxy in front of this server. */
const OTHER_SCHEME = /^(?!bearer\b)[\w!#$%&'*+.^`|~-]+ +\S/i;

/** Whether the request presents an access token, well-formed or not. */
export const presentsToken = ({ headers: { authorization } }: Pick<IncomingMessage, 'headers'>): boolean =>
  authorization !== undefined && !OTHER_SCHEME.test(authorization);

/** The token in the Authorization header. Undefined if there is none or more than one, or if it is malformed. */
export function bearerToken(request: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  if (countHeader(request, 'authorization') > 1) return undefined;
  return BEARER.exec(header)?.[1];
}

/**
 * Whether the token may have the claim `act`: an administrator acts as its user. Unverified, and also true if a value contains
 * the text. If it is false, the verification can be skipped: in our tokens, no claim name is written with escapes.
 */
export const mayHaveActor = (token: string): boolean =>
  Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').includes('"act"');
