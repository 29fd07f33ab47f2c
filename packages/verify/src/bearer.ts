import { VerificationError } from './errors.ts';

/** A request of node:http, or of a framework on it. */
export interface NodeRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Needed to notice a repeated header, because Node keeps only the first. */
  rawHeaders?: readonly string[];
}

/** RFC 6750 section 2.1. The scheme is case-insensitive (RFC 9110 section 11.1). */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;
const OTHER_SCHEME = /^(?!bearer(?: |$))[\w!#$%&'*+.^`|~-]+ +\S/i;

/**
 * The token in an Authorization header. Undefined if there is none, or one of another scheme, such as Basic. Throws
 * `malformed` for anything else.
 */
export function parseAuthorization(header: string | null | undefined): string | undefined {
  if (header === undefined || header === null || OTHER_SCHEME.test(header)) return undefined;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new VerificationError('malformed');
  return token;
}

/** Like `parseAuthorization`. A repeated header is malformed: a proxy may have read the other one. */
export function bearerToken({ headers, rawHeaders = [] }: NodeRequest): string | undefined {
  const repeated = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization');
  if (repeated.length > 1) throw new VerificationError('malformed');
  const { authorization } = headers;
  if (Array.isArray(authorization)) throw new VerificationError('malformed');
  return parseAuthorization(authorization);
}
