import { Unauthenticated } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import {
  FieldProblem,
  type InvalidCredentials,
  InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { ReauthenticationRequired } from '../../core/session-problems.ts';
import { SocialProviderUnavailable } from '../../core/social-problems.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { OwnerConfirmation } from '../sign-in/owner-confirmation.service.ts';
import type { AuthorizationFlows } from './authorization-flow.service.ts';
import { Failure, type SocialProvider } from './provider.ts';

export interface AuthorizationRequest {
  provider: string;
  redirectUri: string;
  purpose: 'AUTHENTICATE' | 'LINK';
  password?: string | null | undefined;
}

/** Where to send the browser, and what the client keeps until it is back. */
export interface Authorization {
  url: string;
  state: string;
  challengeId: string;
  expiresAt: Date;
}

type Refusal = InvalidInput | InvalidCredentials | RateLimited | ReauthenticationRequired;

/**
 * Starts a social sign-in, or the linking of an identity to a signed-in user. To link without a password, the caller must
 * have a recent sign-in.
 */
export type Authorize = (
  request: AuthorizationRequest,
  viewer: Viewer | undefined,
  client: Client,
) => Promise<Authorization | SocialProviderUnavailable | Refusal>;

interface Dependencies {
  log: Log;
  accounts: Accounts;
  ownerConfirmation: OwnerConfirmation;
  limiter: RateLimiter;
  limits: Limits;
  providers: readonly SocialProvider[];
  /** Compared exactly. */
  redirectUris: readonly string[];
  authorizationFlows: AuthorizationFlows;
}

export function createAuthorize(dependencies: Dependencies): Authorize {
  const { log, accounts, ownerConfirmation, limiter, limits } = dependencies;
  const { providers, redirectUris, authorizationFlows } = dependencies;

  /** The refusal if a password is given and wrong. Without a password, http/access.ts has required a recent sign-in. */
  async function checkLinkPassword(
    viewer: Viewer,
    password: string | null | undefined,
    client: Client,
  ): Promise<Refusal | undefined> {
    const user = await accounts.byId(viewer.userId);
    if (!user?.isActive) throw new Unauthenticated();
    const confirmation = password && (await ownerConfirmation.requirePassword(user, viewer, password, client));
    return confirmation && isProblem(confirmation) ? confirmation : undefined;
  }

  return async ({ provider: name, redirectUri, purpose, password }, viewer, client) => {
    if (purpose === 'LINK' && !viewer) throw new Unauthenticated();
    const provider = providers.find((candidate) => candidate.name === name);
    if (!provider) return new SocialProviderUnavailable();
    // An exact comparison: pattern matching has often been bypassed (RFC 9700 section 4.1).
    if (!redirectUris.includes(redirectUri))
      return new InvalidInput([new FieldProblem('redirectUri', 'NOT_ALLOWED', 'redirect-uri')]);
    const limited = await limiter.consume(...networkCharges(limits.socialStarts, client.ip));
    if (limited) return limited;

    const linkTo = purpose === 'LINK' ? viewer : undefined;
    const refusal = linkTo && (await checkLinkPassword(linkTo, password, client));
    if (refusal) return refusal;

    const { parameters, challenge } = await authorizationFlows.start(provider.name, redirectUri, linkTo?.userId);
    const url = await provider.authorize(parameters);
    if (url instanceof Failure) {
      log.warn({ provider: name, detail: url.detail }, 'a social provider does not work');
      return new SocialProviderUnavailable();
    }
    return { url, state: parameters.state, challengeId: challenge.id, expiresAt: challenge.expiresAt };
  };
}
