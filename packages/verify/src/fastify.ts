import { type AuthenticateOptions, authenticateRequest, expectVerificationError } from './authenticate.ts';
import type { AccessClaims } from './claims.ts';
import { problemBody } from './errors.ts';
import * as requirements from './requirements.ts';
import type { Verifier } from './verifier.ts';

interface Request {
  raw: { headers: Record<string, string | string[] | undefined>; rawHeaders: string[] };
}
interface Reply {
  code(status: number): Reply;
  headers(values: Record<string, string>): Reply;
  send(body: unknown): Reply;
}
/** A hook for onRequest or preHandler. */
export type Hook = (request: Request, reply: Reply) => Promise<unknown>;

const found = new WeakMap<object, AccessClaims<object>>();

/** Verifies the access token of each request. `auth(request)` then returns its claims. */
export function authenticate<Custom extends object>(verifier: Verifier<Custom>, options?: AuthenticateOptions): Hook {
  return guard(async (request) => {
    const claims = await authenticateRequest(verifier, request.raw, options);
    if (claims) found.set(request, claims);
  });
}

/** The claims of the request's access token. Undefined without one, or before `authenticate`. */
export const auth = <Custom extends object = Record<never, never>>(request: object): AccessClaims<Custom> | undefined =>
  found.get(request) as AccessClaims<Custom> | undefined; // The caller knows which verifier was used.

/** Refuses requests whose token does not have every one of the scopes. Use it after `authenticate`. */
export const requireScopes = (...scopes: string[]): Hook =>
  guard(async (request) => requirements.requireScopes(found.get(request), ...scopes));

/** Refuses requests of users with none of the roles. Use it after `authenticate`. */
export const requireRoles = (...roles: string[]): Hook =>
  guard(async (request) => requirements.requireRoles(found.get(request), ...roles));

/** Responds with the error of the check; Fastify continues if there is no response. */
function guard(check: (request: Request) => Promise<void>): Hook {
  return async (request, reply) => {
    try {
      await check(request);
      return undefined;
    } catch (thrown) {
      const error = expectVerificationError(thrown);
      return reply
        .code(error.status)
        .headers({ ...error.headers, 'cache-control': 'no-store' })
        .send(problemBody(error));
    }
  };
}
