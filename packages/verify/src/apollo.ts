import { type AuthenticateOptions, authenticateRequest } from './authenticate.ts';
import type { NodeRequest } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import type { Verifier } from './verifier.ts';

export { requireRoles, requireScopes } from './requirements.ts';

/** What the resolvers get. */
export interface AuthContext<Custom extends object = Record<never, never>> {
  /** The claims of the request's access token; undefined if there is none and `optional` is set. */
  auth: AccessClaims<Custom> | undefined;
}

/**
 * The `context` function of Apollo Server, for startStandaloneServer and expressMiddleware. A token that is not valid is
 * a 401 with the code UNAUTHENTICATED.
 */
export function createContext<Custom extends object>(
  verifier: Verifier<Custom>,
  options?: AuthenticateOptions,
): (integration: { req: NodeRequest }) => Promise<AuthContext<Custom>> {
  return async ({ req }) => ({ auth: await authenticateRequest(verifier, req, options) });
}
