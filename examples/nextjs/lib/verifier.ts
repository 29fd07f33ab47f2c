import { createVerifier, type VerificationError, type Verifier } from '@latchkey/verify';
import { AUDIENCE, ISSUER, SERVICE_URL } from './settings';

// Next.js bundles the proxy, the pages and the routes apart, and each has its own copy of this module. One verifier for all
// of them needs one list of ended sessions.
const shared = globalThis as { latchkeyVerifier?: Verifier };

/** Created with the first request: a build must not connect to the service. */
export function verifier(): Verifier {
  shared.latchkeyVerifier ??= createVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    url: SERVICE_URL,
    onError: (error) => process.stderr.write(`access tokens: ${error}\n`),
  });
  return shared.latchkeyVerifier;
}

/** By name: `instanceof` does not know the class of another copy. */
export const isVerificationError = (error: unknown): error is VerificationError =>
  error instanceof Error && error.name === 'VerificationError';
