import { type AuthenticateOptions, authenticateToken, expectVerificationError } from './authenticate.ts';
import { parseAuthorization } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import { VerificationError } from './errors.ts';
import * as requirements from './requirements.ts';
import type { Verifier } from './verifier.ts';

/** What the resolvers get. */
export interface AuthContext<Custom extends object = Record<never, never>> {
  /** The claims of the request's access token; undefined if there is none and `optional` is set. */
  auth: AccessClaims<Custom> | undefined;
}

interface OnRequest {
  request: Request;
  endResponse(response: Response): void;
  fetchAPI: { Response: typeof Response };
}
interface OnContextBuilding<Custom extends object> {
  context: { request?: Request };
  extendContext(part: AuthContext<Custom>): void;
}

/** A plugin of GraphQL Yoga, as far as it is used. */
export interface AuthPlugin<Custom extends object> {
  onRequest(payload: OnRequest): Promise<void>;
  onContextBuilding(payload: OnContextBuilding<Custom>): void;
}

/** Verifies the access token of each request. Resolvers get its claims as `context.auth`. */
export function useAccessTokens<Custom extends object>(
  verifier: Verifier<Custom>,
  options: AuthenticateOptions = {},
): AuthPlugin<Custom> {
  const found = new WeakMap<Request, AccessClaims<Custom>>();
  return {
    async onRequest({ request, endResponse, fetchAPI }) {
      // A preflight has no token, and GraphiQL's page needs none.
      const isPage = request.method === 'GET' && request.headers.get('accept')?.includes('text/html');
      if (request.method === 'OPTIONS' || isPage) return;
      try {
        const token = parseAuthorization(request.headers.get('authorization'));
        const claims = await authenticateToken(verifier, token, options);
        if (claims) found.set(request, claims);
      } catch (thrown) {
        const { status, headers, message, extensions } = expectVerificationError(thrown);
        const body = JSON.stringify({ errors: [{ message, extensions: { code: extensions.code } }] });
        const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
        endResponse(new fetchAPI.Response(body, { status, headers: { ...headers, ...type } }));
      }
    },
    onContextBuilding({ context, extendContext }) {
      extendContext({ auth: context.request && found.get(context.request) });
    },
  };
}

/** Like `requireScopes` of the package, for resolvers: Yoga shows clients only errors named GraphQLError. */
export const requireScopes: typeof requirements.requireScopes = (...args) =>
  asGraphQLError(() => requirements.requireScopes(...args));

/** Like `requireRoles` of the package, for resolvers. */
export const requireRoles: typeof requirements.requireRoles = (...args) =>
  asGraphQLError(() => requirements.requireRoles(...args));

function asGraphQLError(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof VerificationError) Object.defineProperty(error, 'name', { value: 'GraphQLError' });
    throw error;
  }
}
