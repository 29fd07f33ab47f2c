export { bearerToken, type NodeRequest, parseAuthorization } from './bearer.ts';
export type { AccessClaims } from './claims.ts';
export { type VerificationCode, VerificationError } from './errors.ts';
export type { Algorithm, RevocationOptions, VerifierOptions } from './options.ts';
export { requireRoles, requireScopes } from './requirements.ts';
export { createVerifier, type Verifier } from './verifier.ts';
