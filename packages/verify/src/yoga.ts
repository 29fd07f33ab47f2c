import { type AuthenticateOptions, authenticateToken, expectVerificationError } from './authenticate.ts';
import { bearerToken, type NodeRequest, parseAuthorization } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import { VerificationError } from './errors.ts';
import type { Verifier } from './verifier.ts';

export { requireRoles, requireScopes } from './requirements.ts';

/** What the resolvers get. */
export interface AuthContext<Custom extends object = Record<never, never>> {
  /** The claims of the request's access token; undefined if there is none and `optional` is set. */
  auth: AccessClaims<Custom> | undefined;
}

interface OnRequest {
  request: Request;
  endResponse(response: Response): void;
  fetchAPI: { Response: typeof Response };
  /** On node:http. */
  serverContext?: { req?: NodeRequest } | undefined;
}
interface OnParams {
  request: Request;
  /** The same as serverContext. */
  context?: { req?: NodeRequest } | undefined;
  setResult(result: { errors: object[] }): void;
}
interface OnContextBuilding<Custom extends object> {
  context: { request?: Request };
  extendContext(part: AuthContext<Custom>): void;
}

/** graphql-js's GraphQLError, as far as it is used. */
interface LocatedError extends Error {
  constructor: new (message: string, options: object) => LocatedError;
  nodes: unknown;
  source: unknown;
  positions: unknown;
  path: unknown;
  originalError: unknown;
}
interface ExecuteDone {
  result: object;
  setResult(result: never): void;
}

/** A plugin of GraphQL Yoga, as far as it is used. */
export interface AuthPlugin<Custom extends object> {
  onRequest(payload: OnRequest): Promise<void>;
  onParams(payload: OnParams): Promise<void>;
  onContextBuilding(payload: OnContextBuilding<Custom>): void;
  onExecute(): { onExecuteDone(payload: ExecuteDone): void };
}

/** Verifies the access token of each request. Resolvers get its claims as `context.auth`. */
export function useAccessTokens<Custom extends object>(
  verifier: Verifier<Custom>,
  options: AuthenticateOptions = {},
): AuthPlugin<Custom> {
  const found = new WeakMap<Request, AccessClaims<Custom> | undefined>();

  async function authenticate(request: Request, req: NodeRequest | undefined): Promise<void> {
    if (found.has(request)) return;
    const token = req ? bearerToken(req) : parseAuthorization(request.headers.get('authorization'));
    found.set(request, await authenticateToken(verifier, token, options));
  }

  return {
    async onRequest({ request, endResponse, fetchAPI, serverContext }) {
      // A preflight has no token, and GraphiQL's page needs none.
      const isPage = request.method === 'GET' && request.headers.get('accept')?.includes('text/html');
      if (request.method === 'OPTIONS' || isPage) return;
      try {
        await authenticate(request, serverContext?.req);
      } catch (thrown) {
        const { status, headers, message, extensions } = expectVerificationError(thrown);
        const body = JSON.stringify({ errors: [{ message, extensions: { code: extensions.code } }] });
        const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
        endResponse(new fetchAPI.Response(body, { status, headers: { ...headers, ...type } }));
      }
    },
    /** If GraphiQL is off, Yoga runs the query of a request that looks like one for its page. */
    async onParams({ request, context, setResult }) {
      try {
        await authenticate(request, context?.req);
      } catch (thrown) {
        const { status, headers, message, extensions } = expectVerificationError(thrown);
        setResult({ errors: [{ message, extensions: { code: extensions.code, http: { status, headers } } }] });
      }
    },
    onContextBuilding({ context, extendContext }) {
      extendContext({ auth: context.request && found.get(context.request) });
    },
    onExecute: () => ({
      onExecuteDone({ result, setResult }) {
        const { errors } = result as { errors?: LocatedError[] }; // An ExecutionResult, or an iterable without errors.
        if (errors) setResult({ ...result, errors: errors.map(reveal) } as never); // The same type as the result.
      },
    }),
  };
}

/**
 * Yoga masks errors that are no GraphQLError, or that wrap such an error. So this replaces the wrapper of ours by one
 * without the original. The class is Yoga's: this package does not depend on graphql.
 */
function reveal(error: LocatedError): LocatedError {
  if (!(error.originalError instanceof VerificationError)) return error;
  const { message, nodes, source, positions, path, originalError } = error;
  const { code } = originalError.extensions;
  return new error.constructor(message, { nodes, source, positions, path, extensions: { code } });
}
