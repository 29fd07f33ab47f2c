import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { hasCanonicalParts } from '../../../core/base64url.ts';
import { type Clock, MINUTE } from '../../../core/clock.ts';
import { equal } from '../../../core/secrets.ts';
import { Failure } from '../provider.ts';
import { type KeySet, KeysUnavailable } from './key-set.ts';

/** Only asymmetric signatures. HS256 would use the client secret as the key; `none` means unsigned. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Seconds that the issuer's clock may be off. */
const LEEWAY = 60;
/** Apps exchange a token right after it was issued. An older one may have been stolen. */
const OLDEST = 10 * MINUTE;
/** Characters. */
const LONGEST = 16_384;

interface Expected {
  /** Accepted names of the issuer. */
  issuers: readonly string[];
  /** Client IDs that tokens may be issued for. */
  audiences: readonly string[];
  /** Undefined: the caller sent none, so the token must have none. */
  nonce: string | undefined;
}

/** The claims of a valid ID token (OpenID Connect Core section 3.1.3.7). */
export async function readIdToken(
  token: string,
  { issuers, audiences, nonce }: Expected,
  { keySet, clock }: { keySet: KeySet; clock: Clock },
): Promise<JWTPayload | Failure> {
  if (token.length > LONGEST) return new Failure('TOKEN_INVALID', 'the ID token is too long');
  if (!hasCanonicalParts(token)) return new Failure('TOKEN_INVALID', 'the ID token is not base64url');
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ALGORITHMS,
      issuer: [...issuers],
      requiredClaims: ['sub', 'aud', 'iat', 'exp'],
      clockTolerance: LEEWAY,
      maxTokenAge: OLDEST / 1000,
      currentDate: clock.now(),
    });
    // All of them: a token that is also for an unknown client may have been forwarded by it.
    const issuedFor = [payload.aud ?? []].flat();
    if (issuedFor.length === 0 || !issuedFor.every((audience) => audiences.includes(audience)))
      return new Failure('AUDIENCE_MISMATCH', 'the ID token is for another client');
    if (!isSameNonce(payload.nonce, nonce)) return new Failure('NONCE_MISMATCH', 'the ID token has another nonce');
    return payload;
  } catch (error) {
    if (error instanceof KeysUnavailable) return error.failure;
    // Invalid keys, which only the issuer can fix.
    const isKeyBad = error instanceof TypeError || error instanceof DOMException || error instanceof errors.JWKSInvalid;
    if (error instanceof errors.JOSEError && !isKeyBad) return new Failure('TOKEN_INVALID', `ID token: ${error.code}`);
    if (isKeyBad) return new Failure('UNAVAILABLE', 'keys: one of them cannot be used');
    throw error;
  }
}

/** As Apple and Firebase recommend, some apps send the SHA-256 of their nonce to the provider. */
function isSameNonce(claimed: unknown, sent: string | undefined): boolean {
  if (sent === undefined) return claimed === undefined;
  if (typeof claimed !== 'string') return false;
  return equal(claimed, sent) || equal(claimed, createHash('sha256').update(sent).digest('hex'));
}
