import { MINUTE } from '../../core/clock.ts';
import { ChallengeFailed, RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { type Keyring, randomToken, seal, unseal } from '../../core/secrets.ts';
import { SocialRejected } from '../../core/social-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import { newVerifier } from './code-flow.ts';
import type { Departure } from './provider.ts';

/** How long people may take at the provider. */
const ROUND_TRIP = 10 * MINUTE;

const PURPOSES = ['SOCIAL_LOGIN', 'SOCIAL_LINK'] as const;

/** A type and not an interface: it is written as a JSON object. */
type Payload = {
  redirectUri: string;
  /** JWE of what only the provider and we may know until the browser is back. */
  sealed: string;
};
type Kept = Pick<Departure, 'nonce' | 'verifier'>;

/** What the client brings back of a round trip. */
export interface Answer {
  provider: string;
  state: string;
  challengeId: string;
}

interface Dependencies {
  db: Db;
  keyring: Keyring;
  challenges: Challenges;
}

export type RoundTrips = ReturnType<typeof createRoundTrips>;

/**
 * A browser that is sent to a provider and comes back. Everything about it is kept here, in a challenge: the state as a
 * digest, the verifier and the nonce sealed. The state comes back through the browser; the challenge's id does not leave
 * the client that asked, so that an answer cannot be slipped to another one (RFC 9700 section 4.7).
 */
export function createRoundTrips({ db, keyring, challenges }: Dependencies) {
  return {
    /** @param userId the account that is to be linked */
    async begin(provider: string, redirectUri: string, userId: string | undefined) {
      const kept: Kept = { verifier: newVerifier(), nonce: randomToken() };
      const payload: Payload = { redirectUri, sealed: await seal(keyring, JSON.stringify(kept)) };
      const purpose = userId ? 'SOCIAL_LINK' : 'SOCIAL_LOGIN';
      const request = { purpose, subject: provider, channel: 'BROWSER', userId, payload } as const;
      const { challenge, secrets } = await challenges.issue(db, request, { code: false, link: ROUND_TRIP });
      const departure: Departure = { ...kept, redirectUri, state: secrets.token ?? '' };
      return { departure, challenge };
    },

    /**
     * What was kept, once. It is used up before the provider is asked, in a statement that commits by itself: of any
     * number of answers one goes on, and a failure after it is final, as the code is.
     */
    async end(
      { provider, state, challengeId }: Answer,
      viewer: Viewer | undefined,
      client: Client,
    ): Promise<(Departure & { linkTo: Viewer | undefined }) | SocialRejected> {
      const challenge = await challenges.check({ token: state }, PURPOSES, client);
      if (challenge instanceof ChallengeFailed || challenge instanceof RateLimited) {
        const isLate = challenge instanceof ChallengeFailed && challenge.reason === 'EXPIRED';
        return new SocialRejected(isLate ? 'STATE_EXPIRED' : 'STATE_UNKNOWN');
      }
      // A link is ended by the user who began it; a sign-in by anybody.
      const linkTo = challenge.purpose === 'SOCIAL_LINK' ? viewer : undefined;
      if (
        challenge.id !== challengeId ||
        challenge.subject !== provider ||
        linkTo?.userId !== (challenge.userId ?? undefined)
      )
        return new SocialRejected('STATE_MISMATCH');
      if (!(await challenges.consume(db, challenge))) return new SocialRejected('STATE_UNKNOWN');

      const { redirectUri, sealed } = challenge.payload as Payload; // Written by begin alone.
      const kept = JSON.parse(await unseal(keyring, sealed)) as Kept;
      return { ...kept, redirectUri, state, linkTo };
    },
  };
}
