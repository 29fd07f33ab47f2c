import { bearerToken, type NodeRequest } from './bearer.ts';
import type { AccessClaims } from './claims.ts';
import { VerificationError } from './errors.ts';
import type { Verifier } from './verifier.ts';

export interface AuthenticateOptions {
  /** Let requests without a token through, without claims. A token that is not valid is refused in any case. */
  optional?: boolean;
}

/** The claims of the request's token; undefined if it has none and that is allowed. Throws a VerificationError. */
export async function authenticateRequest<Custom extends object>(
  verifier: Pick<Verifier<Custom>, 'verify'>,
  request: NodeRequest,
  options: AuthenticateOptions = {},
): Promise<AccessClaims<Custom> | undefined> {
  return authenticateToken(verifier, bearerToken(request), options);
}

/** Like `authenticateRequest`, for a token. */
export async function authenticateToken<Custom extends object>(
  verifier: Pick<Verifier<Custom>, 'verify'>,
  token: string | undefined,
  { optional = false }: AuthenticateOptions = {},
): Promise<AccessClaims<Custom> | undefined> {
  return token === undefined && optional ? undefined : verifier.verify(token);
}

/** The error, if it is one that a response may show; otherwise it is thrown again. */
export function expectVerificationError(error: unknown): VerificationError {
  if (error instanceof VerificationError) return error;
  throw error;
}
