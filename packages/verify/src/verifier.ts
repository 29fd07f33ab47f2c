import { errors, jwtVerify } from 'jose';
import { type AccessClaims, readClaims } from './claims.ts';
import { VerificationError } from './errors.ts';
import { createFeed } from './feed.ts';
import { createKeys, KeysUnavailable } from './keys.ts';
import { readOptions, type VerifierOptions } from './options.ts';
import { createTokenCache } from './token-cache.ts';

/** Verifies access tokens without a request for each. */
export interface Verifier<Custom extends object = Record<never, never>> {
  /** The claims of a token that is valid now. Throws a VerificationError otherwise. */
  verify(token: string | undefined): Promise<AccessClaims<Custom>>;
  /** Throws a VerificationError if a token that was verified earlier has expired or its session has ended. */
  check(claims: Pick<AccessClaims, 'sid' | 'exp'>): void;
  /** Calls back when a session ends. Returns a function that stops it. */
  onRevoked(listener: (sid: string) => void): () => void;
  /** Loads the keys and the ended sessions. Without it, the first `verify` does. Resolves within five seconds. */
  start(): Promise<void>;
  /** Ends the request that waits for ended sessions, so that the process can end. Nothing is verified afterwards. */
  close(): void;
}

/** Characters. Tokens with many claims have a few thousand. */
const LONGEST = 16_384;
const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * @typeParam Custom the claims of ACCESS_TOKEN_CLAIMS
 * Throws a TypeError if an option is wrong.
 */
export function createVerifier<Custom extends object = Record<never, never>>(
  options: VerifierOptions,
): Verifier<Custom> {
  const { url, issuer, audience, algorithms, clockTolerance, feedOptions, cacheSize, fetch, onError } =
    readOptions(options);
  const keys = createKeys({ url: `${url}/.well-known/jwks.json`, fetch, onError });
  const feed =
    feedOptions && createFeed({ url: `${url}/.well-known/revocations`, issuer, algorithms, keys, fetch, onError });
  const verified = createTokenCache<AccessClaims<Custom>>(cacheSize);
  let verifiedWith = '';
  let isClosed = false;

  async function verifySignature(token: string): Promise<AccessClaims<Custom>> {
    if (token.length > LONGEST || !SHAPE.test(token) || !isCanonical(token)) throw new VerificationError('malformed');
    const { payload } = await jwtVerify(token, keys.find, {
      issuer,
      audience,
      algorithms,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp', 'client_id'],
      clockTolerance,
    }).catch((error: unknown) => {
      throw toVerificationError(error);
    });
    const claims = readClaims<Custom>(payload);
    if (!claims) throw new VerificationError('malformed');
    verified.set(token, claims);
    return claims;
  }

  /** A signature stays valid while its key is published. */
  function findVerified(token: string): AccessClaims<Custom> | undefined {
    if (keys.version() !== verifiedWith) {
      verified.clear();
      verifiedWith = keys.version();
    }
    return verified.get(token);
  }

  function check({ sid, exp }: Pick<AccessClaims, 'sid' | 'exp'>): void {
    if (isClosed) throw new VerificationError('unavailable');
    if (exp + clockTolerance <= Date.now() / 1_000) throw new VerificationError('expired');
    if (feed?.isRevoked(sid)) throw new VerificationError('revoked');
    if (
      feed &&
      feedOptions &&
      feedOptions.whileUnavailable === 'refuse' &&
      feed.age() > feedOptions.maxStaleness * 1_000
    )
      throw new VerificationError('unavailable');
  }

  return {
    async verify(token) {
      if (isClosed) throw new VerificationError('unavailable');
      if (token === undefined || token === '') throw new VerificationError('missing');
      const claims = findVerified(token) ?? (await verifySignature(token));
      if (feed && feed.age() === Number.POSITIVE_INFINITY) await feed.ready();
      check(claims);
      return claims;
    },
    check,
    onRevoked: (listener) => feed?.onRevoked(listener) ?? (() => {}),
    start: async () => feed?.ready(),
    close() {
      isClosed = true;
      feed?.close();
    },
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The last character of base64url has bits without a meaning, so the same bytes have several spellings. Only the one where
 * they are 0 is accepted (RFC 4648 section 3.5), so that a token has one spelling, too.
 */
const isCanonical = (token: string): boolean =>
  token.split('.').every((part) => {
    const rest = part.length % 4;
    const unused = rest === 2 ? 16 : rest === 3 ? 4 : 1;
    return rest !== 1 && ALPHABET.indexOf(part.at(-1) ?? '') % unused === 0;
  });

const CLAIM_CODES = { iss: 'wrong-issuer', aud: 'wrong-audience', typ: 'wrong-type', nbf: 'not-yet-valid' } as const;

function toVerificationError(cause: unknown): VerificationError {
  if (cause instanceof KeysUnavailable) return new VerificationError('unavailable', { cause });
  if (cause instanceof errors.JWTExpired) return new VerificationError('expired', { cause });
  if (cause instanceof errors.JWSSignatureVerificationFailed) return new VerificationError('bad-signature', { cause });
  if (cause instanceof errors.JOSEAlgNotAllowed) return new VerificationError('wrong-algorithm', { cause });
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys)
    return new VerificationError('unknown-key', { cause });
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const code = CLAIM_CODES[cause.claim as keyof typeof CLAIM_CODES]; // Undefined for other claims.
    return new VerificationError(code ?? 'malformed', { cause });
  }
  return new VerificationError('malformed', { cause });
}
