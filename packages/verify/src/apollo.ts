import { type AuthenticateOptions, authenticateRequest, expectVerificationError } from './authenticate.ts';
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
  return async ({ req }) => {
    try {
      return { auth: await authenticateRequest(verifier, req, options) };
    } catch (thrown) {
      const error = expectVerificationError(thrown);
      // Apollo Server takes the status of the response from here. An error of a resolver leaves it at 200.
      error.extensions.http = { status: error.status, headers: new Map(Object.entries(error.headers)) };
      throw error;
    }
  };
}
