import { type AuthenticateOptions, authenticateRequest } from './authenticate.ts';
import type { NodeRequest } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import { problemBody, VerificationError } from './errors.ts';
import * as requirements from './requirements.ts';
import type { Verifier } from './verifier.ts';

interface Response {
  status(code: number): unknown;
  set(headers: Record<string, string>): unknown;
  json(body: unknown): unknown;
}
type Next = (error?: unknown) => void;
/** Express's RequestHandler, as far as it is used. */
export type Middleware = (request: NodeRequest, response: Response, next: Next) => Promise<void>;

const found = new WeakMap<object, AccessClaims<object>>();

/** Verifies the access token of each request. `auth(request)` then returns its claims. */
export function authenticate<Custom extends object>(
  verifier: Verifier<Custom>,
  options?: AuthenticateOptions,
): Middleware {
  return guard(async (request) => {
    const claims = await authenticateRequest(verifier, request, options);
    if (claims) found.set(request, claims);
  });
}

/** The claims of the request's access token. Undefined without one, or before `authenticate`. */
export const auth = <Custom extends object = Record<never, never>>(request: object): AccessClaims<Custom> | undefined =>
  found.get(request) as AccessClaims<Custom> | undefined; // The caller knows which verifier was used.

/** Refuses requests whose token does not have every one of the scopes. Use it after `authenticate`. */
export const requireScopes = (...scopes: string[]): Middleware =>
  guard(async (request) => requirements.requireScopes(found.get(request), ...scopes));

/** Refuses requests of users with none of the roles. Use it after `authenticate`. */
export const requireRoles = (...roles: string[]): Middleware =>
  guard(async (request) => requirements.requireRoles(found.get(request), ...roles));

/** Responds with the error of the check, or continues. */
function guard(check: (request: NodeRequest) => Promise<void>): Middleware {
  return async (request, response, next) => {
    try {
      await check(request);
    } catch (error) {
      if (!(error instanceof VerificationError)) return next(error);
      response.status(error.status);
      response.set({ ...error.headers, 'cache-control': 'no-store' });
      response.json(problemBody(error));
      return;
    }
    next();
  };
}
