import type { AccessClaims } from './claims.ts';
import { VerificationError } from './errors.ts';

/** Throws `missing` without a token, and `insufficient-scope` unless it has every one of the scopes. */
export function requireScopes(claims: Pick<AccessClaims, 'scopes'> | undefined, ...scopes: string[]): void {
  if (!claims) throw new VerificationError('missing');
  if (!scopes.every((scope) => claims.scopes.includes(scope)))
    throw new VerificationError('insufficient-scope', { scope: scopes.join(' ') });
}

/** Throws `missing` without a token, and `insufficient-role` unless the user has at least one of the roles. */
export function requireRoles(claims: Pick<AccessClaims, 'roles'> | undefined, ...roles: string[]): void {
  if (!claims) throw new VerificationError('missing');
  if (!roles.some((role) => claims.roles.includes(role))) throw new VerificationError('insufficient-role');
}
