import type { JWTPayload } from 'jose';

/**
 * The claims of a verified access token (RFC 9068).
 * @typeParam Custom the claims of ACCESS_TOKEN_CLAIMS
 */
export type AccessClaims<Custom extends object = Record<never, never>> = Readonly<
  {
    /** PUBLIC_URL of the service that signed it. */
    iss: string;
    aud: string | readonly string[];
    /** User ID. */
    sub: string;
    /** Session ID. */
    sid: string;
    /** Token ID. */
    jti: string;
    /** Seconds since 1970. */
    iat: number;
    exp: number;
    client_id: string;
    /** When the user last signed in or confirmed who they are, in seconds since 1970. */
    auth_time?: number;
    /** How: RFC 8176. */
    amr: readonly string[];
    roles: readonly string[];
    /** As in the token: separated by spaces. */
    scope?: string;
    /** `scope` as a list; empty without the claim. */
    scopes: readonly string[];
    email?: string;
    email_verified?: boolean;
    /** The administrator who acts as the user (RFC 8693 section 4.1). */
    act?: { readonly sub: string };
    /** How often the session had been refreshed. */
    gen: number;
  } & Custom
>;

/** Undefined if a claim has the wrong type. The signature, `iss`, `aud` and `exp` are already verified. */
export function readClaims<Custom extends object>(payload: JWTPayload): AccessClaims<Custom> | undefined {
  const {
    sub,
    sid,
    jti,
    iat,
    exp,
    client_id,
    scope,
    amr = [],
    roles = [],
    gen = 0,
    act,
    auth_time,
    email,
    email_verified,
  } = payload;
  const isValid =
    isText(sub) &&
    isText(sid) &&
    isText(jti) &&
    isText(client_id) &&
    Number.isFinite(iat) &&
    Number.isFinite(exp) &&
    Number.isFinite(gen) &&
    (scope === undefined || typeof scope === 'string') &&
    (act === undefined || (isObject(act) && typeof act.sub === 'string')) &&
    isTextList(amr) &&
    isTextList(roles) &&
    isOptional(auth_time, 'number') &&
    isOptional(email, 'string') &&
    isOptional(email_verified, 'boolean');
  if (!isValid) return undefined;
  const scopes = scope === undefined ? [] : scope.split(' ').filter(Boolean);
  // Checked above. What ACCESS_TOKEN_CLAIMS adds is the caller's to know.
  return freeze({ ...payload, amr, roles, gen, scopes }) as unknown as AccessClaims<Custom>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isOptional = (value: unknown, type: string): boolean => value === undefined || typeof value === type;
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Requests with the same token share its claims. */
function freeze<Value extends object>(value: Value): Value {
  for (const member of Object.values(value)) if (isObject(member)) freeze(member);
  return Object.freeze(value);
}
