import { MINUTE } from '../../core/clock.ts';
import { ChallengeFailed, isProblem } from '../../core/problems.ts';
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
const ROUND_TRIP = 10 * MINUTE;

const PURPOSES = ['SOCIAL_LOGIN', 'SOCIAL_LINK'] as const;

/** A type and not an interface, because it is stored as a JSON object. */
type Payload = {
  redirectUri: string;
  /** A JWE of what must stay secret until the browser is back. */
  sealed: string;
};
type Kept = Pick<AuthorizationParameters, 'nonce' | 'verifier'>;

/** What the client sends when the browser is back. */
export interface Callback {
  provider: string;
  state: string;
  challengeId: string;
}

/**
 * A browser that is sent to a provider and returns. The challenge keeps everything about it: the state as a digest, the
 * verifier and the nonce sealed. The state returns through the browser; the challenge ID never leaves the client that
 * asked, so a response cannot be injected into another client (RFC 9700 section 4.7).
 */
export interface RoundTrips {
  /** @param userId the account to link the identity to */
  begin(
    provider: string,
    redirectUri: string,
    userId: string | undefined,
  ): Promise<{ parameters: AuthorizationParameters; challenge: NewChallenge }>;
  /** What was kept, once: it is consumed before the provider is asked, so a failure after this is final. */
  end(callback: Callback, viewer: Viewer | undefined, client: Client): Promise<Returned | SocialRejected>;
}

type Returned = AuthorizationParameters & { linkTo: Viewer | undefined };

interface Dependencies {
  db: Db;
  keyring: Keyring;
  challenges: Challenges;
  redeem: Redeem;
}

export function createRoundTrips({ db, keyring, challenges, redeem }: Dependencies): RoundTrips {
  return {
    async begin(provider, redirectUri, userId) {
      const kept: Kept = { verifier: newVerifier(), nonce: randomToken() };
      const payload: Payload = { redirectUri, sealed: await seal(keyring, JSON.stringify(kept)) };
      const purpose = userId ? 'SOCIAL_LINK' : 'SOCIAL_LOGIN';
      const request = { purpose, subject: provider, channel: 'BROWSER', userId, payload } as const;
      const { challenge, secrets } = await challenges.issue(db, request, { code: false, link: ROUND_TRIP });
      const parameters: AuthorizationParameters = { ...kept, redirectUri, state: secrets.token ?? '' };
      return { parameters, challenge };
    },

    async end(callback, viewer, client) {
      const { state } = callback;
      const kept = await redeem(
        { token: state },
        {
          purposes: PURPOSES,
          client,
          prepare: async (challenge) =>
            matches(challenge, callback, viewer) ? undefined : new SocialRejected('STATE_MISMATCH'),
          async apply(_, { purpose, payload }) {
            const { redirectUri, sealed } = payload as Payload; // Only begin writes it.
            const kept = JSON.parse(await unseal(keyring, sealed)) as Kept; // Only begin seals it.
            return { ...kept, redirectUri, state, linkTo: purpose === 'SOCIAL_LINK' ? viewer : undefined };
          },
        },
      );
      if (!isProblem(kept) || kept instanceof SocialRejected) return kept;
      const isLate = kept instanceof ChallengeFailed && kept.reason === 'EXPIRED';
      return new SocialRejected(isLate ? 'STATE_EXPIRED' : 'STATE_UNKNOWN');
    },
  };
}

/** A link is completed by the user who started it, a sign-in by anyone. */
function matches(challenge: ChallengeRow, { challengeId, provider }: Callback, viewer: Viewer | undefined): boolean {
  const linkTo = challenge.purpose === 'SOCIAL_LINK' ? viewer?.userId : undefined;
  return challenge.id === challengeId && challenge.subject === provider && linkTo === (challenge.userId ?? undefined);
}
