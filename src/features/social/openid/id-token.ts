import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { type Clock, MINUTE } from '../../../core/clock.ts';
import { equal } from '../../../core/secrets.ts';
import { Failure } from '../provider.ts';
import { type KeySet, KeysUnavailable } from './key-set.ts';

/** Signatures alone: nothing symmetric, for the client's secret is no key of the issuer, and never none. */
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

/** Seconds by which the issuer's clock may be wrong. */
const LEEWAY = 60;
/** A token is traded right after it was made: what lay about for longer may have been found by somebody else. */
const OLDEST = 10 * MINUTE;
/** Characters. */
const LONGEST = 16_384;

interface Expected {
  /** Accepted spellings of the issuer. */
  issuers: readonly string[];
  /** Client ids that tokens may be made for. */
  audiences: readonly string[];
  /** Undefined: the caller has sent none, and then the token must have none. */
  nonce: string | undefined;
}

/** The claims of an ID token that holds (OpenID Connect Core section 3.1.3.7). */
export async function readIdToken(
  token: string,
  { issuers, audiences, nonce }: Expected,
  { keySet, clock }: { keySet: KeySet; clock: Clock },
): Promise<JWTPayload | Failure> {
  if (token.length > LONGEST) return new Failure('TOKEN_INVALID', 'the ID token is too long');
  try {
    const { payload } = await jwtVerify(token, keySet, {
      algorithms: ALGORITHMS,
      issuer: [...issuers],
      requiredClaims: ['sub', 'aud', 'iat', 'exp'],
      clockTolerance: LEEWAY,
      maxTokenAge: OLDEST / 1000,
      currentDate: clock.now(),
    });
    // Each of them: a token that is also for somebody we do not know may come from them.
    const meant = [payload.aud ?? []].flat();
    if (meant.length === 0 || !meant.every((audience) => audiences.includes(audience)))
      return new Failure('AUDIENCE_MISMATCH', 'the ID token is for another client');
    if (!isSameNonce(payload.nonce, nonce)) return new Failure('NONCE_MISMATCH', 'the ID token has another nonce');
    return payload;
  } catch (error) {
    if (error instanceof KeysUnavailable) return error.failure;
    // Keys that are none, which the issuer alone can mend.
    const isKeyBad = error instanceof TypeError || error instanceof DOMException || error instanceof errors.JWKSInvalid;
    if (error instanceof errors.JOSEError && !isKeyBad) return new Failure('TOKEN_INVALID', `ID token: ${error.code}`);
    if (isKeyBad) return new Failure('UNAVAILABLE', 'keys: one of them cannot be used');
    throw error;
  }
}

/** Apps that go by Apple's and Firebase's example send the SHA-256 of their nonce to the provider. */
function isSameNonce(claimed: unknown, sent: string | undefined): boolean {
  if (sent === undefined) return claimed === undefined;
  if (typeof claimed !== 'string') return false;
  return equal(claimed, sent) || equal(claimed, createHash('sha256').update(sent).digest('hex'));
}
