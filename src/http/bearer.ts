import type { IncomingMessage } from 'node:http';

/** Characters. Our tokens are under 1,000. */
const MAX_TOKEN_LENGTH = 4096;

/** RFC 6750 section 2.1: b64token. The scheme is case-insensitive (RFC 9110 section 11.1). */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** The token in the Authorization header. Undefined if there is none or more than one, or if it is malformed. */
export function bearerToken(request: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string | undefined {
  const header = request.headers.authorization;
  if (header === undefined || header.length > MAX_TOKEN_LENGTH || isRepeated(request.rawHeaders)) return undefined;
  return BEARER.exec(header)?.[1];
}

/** Node silently keeps the first of two Authorization headers. A proxy may have checked the other, so we reject both. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count > 1;
}
