import { MINUTE } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { ChallengeFailed, isProblem, RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { type Keyring, randomToken, seal, unseal } from '../../core/secrets.ts';
import { SocialRejected } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow, NewChallenge } from '../challenges/challenge.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import { newVerifier } from './code-flow.ts';
import type { AuthorizationParameters } from './provider.ts';

/** How long a user may take at the provider. */
const FLOW_TTL = 10 * MINUTE;

const PURPOSES = ['SOCIAL_LOGIN', 'SOCIAL_LINK'] as const;

/** A type and not an interface, because it is stored as a JSON object. */
type Payload = {
  redirectUri: string;
  /** A JWE of the secrets. */
  sealed: string;
};
type FlowSecrets = Pick<AuthorizationParameters, 'nonce' | 'verifier'>;

/** What the client sends when the browser has returned. */
export interface Callback {
  provider: string;
  state: string;
  challengeId: string;
  /** Whether the request carries an access token that is not accepted, such as an expired one. */
  hasRefusedToken: boolean;
}

/**
 * Starts and finishes OAuth authorization requests. A challenge stores the state as a digest, and the verifier and the
 * nonce sealed. The state returns through the browser; the challenge ID never leaves the client that asked, so a
 * response cannot be injected into another client (RFC 9700 section 4.7).
 */
export interface AuthorizationFlows {
  /** @param userId the account to link the identity to */
  start(
    provider: string,
    redirectUri: string,
    userId: string | undefined,
  ): Promise<{ parameters: AuthorizationParameters; challenge: NewChallenge }>;
  /** Returns the stored parameters once. They are consumed before the token request, so a later failure is final. */
  finish(
    callback: Callback,
    viewer: Viewer | undefined,
    client: Client,
  ): Promise<Returned | SocialRejected | RateLimited>;
}

type Returned = AuthorizationParameters & { linkTo: Viewer | undefined };

interface Dependencies {
  db: Db;
  keyring: Keyring;
  challenges: Challenges;
  redeem: Redeem;
}

export function createAuthorizationFlows({ db, keyring, challenges, redeem }: Dependencies): AuthorizationFlows {
  return {
    async start(provider, redirectUri, userId) {
      const flowSecrets: FlowSecrets = { verifier: newVerifier(), nonce: randomToken() };
      const payload: Payload = { redirectUri, sealed: await seal(keyring, JSON.stringify(flowSecrets)) };
      const purpose = userId ? 'SOCIAL_LINK' : 'SOCIAL_LOGIN';
      const request = { purpose, subject: provider, channel: 'BROWSER', userId, payload } as const;
      const { challenge, secrets } = await challenges.issue(db, request, { code: false, link: FLOW_TTL });
      const parameters: AuthorizationParameters = { ...flowSecrets, redirectUri, state: secrets.token ?? '' };
      return { parameters, challenge };
    },

    async finish(callback, viewer, client) {
      const { state } = callback;
      const outcome = await redeem(
        { token: state },
        {
          purposes: PURPOSES,
          client,
          prepare: async (challenge) => {
            if (!isFor(challenge, callback)) return new SocialRejected('STATE_MISMATCH');
            // The access token may have expired while the browser was at the provider. Nothing is consumed: the client
            // refreshes it and retries.
            if (challenge.purpose === 'SOCIAL_LINK' && callback.hasRefusedToken) throw new Unauthenticated();
            return matches(challenge, viewer) ? undefined : new SocialRejected('STATE_MISMATCH');
          },
          async apply(_, { purpose, payload }) {
            const { redirectUri, sealed } = payload as Payload; // Only start writes it.
            const flowSecrets = JSON.parse(await unseal(keyring, sealed)) as FlowSecrets; // Only start seals it.
            return { ...flowSecrets, redirectUri, state, linkTo: purpose === 'SOCIAL_LINK' ? viewer : undefined };
          },
        },
      );
      if (!isProblem(outcome) || outcome instanceof SocialRejected || outcome instanceof RateLimited) return outcome;
      const isLate = outcome instanceof ChallengeFailed && outcome.reason === 'EXPIRED';
      return new SocialRejected(isLate ? 'STATE_EXPIRED' : 'STATE_UNKNOWN');
    },
  };
}

const isFor = (challenge: ChallengeRow, { challengeId, provider }: Callback): boolean =>
  challenge.id === challengeId && challenge.subject === provider;

/** A link is completed by the user who started it, a sign-in by anyone. */
function matches(challenge: ChallengeRow, viewer: Viewer | undefined): boolean {
  const linkTo = challenge.purpose === 'SOCIAL_LINK' ? viewer?.userId : undefined;
  return linkTo === (challenge.userId ?? undefined);
}
