import type { Config } from '../../config.ts';
import { type Clock, MINUTE } from '../../core/clock.ts';
import { Unauthenticated } from '../../core/errors.ts';
import { showEmail } from '../../core/identifiers.ts';
import { type ChallengeFailed, FieldProblem, InvalidInput, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import { FeatureDisabled } from '../../core/session-problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { TotpFactors } from '../factors/totp.service.ts';
import { newTotpSecret, parseTotpCode, totpUri } from '../factors/totp.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { FactorChanges, FactorOutcome } from '../sign-in/factor-changes.service.ts';

/** A secret that is not confirmed yet. */
export interface Enrollment {
  challengeId: string;
  /** Base32. */
  secret: string;
  /** otpauth://totp/… */
  uri: string;
  expiresAt: Date;
}

/** A type, because an interface is not assignable to a JSON record. */
type Payload = { sealedSecret: string };

/** Setting up an authenticator app. It replaces the one that the user has. */
export interface TotpEnrollment {
  start(viewer: Viewer): Promise<Enrollment | FeatureDisabled | RateLimited>;
  /** Turns the app on with one of its codes, and requires a second factor from now on. */
  confirm(
    input: { challengeId: string; code: string },
    viewer: Viewer,
    client: Client,
  ): Promise<FactorOutcome | ChallengeFailed | FeatureDisabled | InvalidInput | RateLimited>;
}

interface Dependencies {
  transact: Transact;
  clock: Clock;
  challenges: Challenges;
  redeem: Redeem;
  sessions: Sessions;
  totp: TotpFactors;
  factorChanges: FactorChanges;
  limiter: RateLimiter;
  limits: Limits;
  config: Pick<Config, 'product' | 'secondFactors'>;
}

/** Milliseconds for scanning the code. */
const CONFIRMED_WITHIN = 10 * MINUTE;

export function createTotpEnrollment(dependencies: Dependencies): TotpEnrollment {
  const { transact, clock, challenges, redeem, sessions, totp, factorChanges, limiter, limits, config } = dependencies;

  return {
    async start(viewer) {
      if (!config.secondFactors) return new FeatureDisabled();
      const tooMany = await limiter.consume({ limit: limits.factorChangesByAccount, key: viewer.userId });
      if (tooMany) return tooMany;
      const secret = await newTotpSecret();
      const payload: Payload = { sealedSecret: await totp.seal(secret) };
      return transact(async (tx) => {
        const user = await sessions.lockForChange(tx, viewer);
        if (!user) throw new Unauthenticated();
        const own = { subject: user.id, userId: user.id, askedBy: user.id };
        const { challenge } = await challenges.issue(
          tx,
          { purpose: 'TOTP_ENROLLMENT', channel: 'CLIENT', ...own, payload },
          { code: false, link: CONFIRMED_WITHIN },
        );
        const uri = await totpUri(secret, { issuer: issuerOf(config.product.name), label: toLabel(user) });
        return { challengeId: challenge.id, secret, uri, expiresAt: challenge.expiresAt };
      });
    },

    async confirm({ challengeId, code: typed }, viewer, client) {
      if (!config.secondFactors) return new FeatureDisabled();
      const code = parseTotpCode(typed);
      if (code === undefined) return new InvalidInput([new FieldProblem('code', 'INVALID_FORMAT', 'code-format')]);
      let step: number | undefined;
      const sealedIn = (payload: object) => (payload as Payload).sealedSecret; // Only `start` writes it.
      return redeem(
        {
          challengeId,
          async isRight({ payload }) {
            step = await totp.findStep(sealedIn(payload), code);
            return step !== undefined;
          },
        },
        {
          purposes: ['TOTP_ENROLLMENT'],
          askedBy: viewer.userId,
          client,
          async lock(tx) {
            const user = await sessions.lockForChange(tx, viewer);
            if (!user) throw new Unauthenticated();
            return user;
          },
          async apply(tx, { payload }, { holder: user }) {
            const at = clock.now();
            const isReplaced = await totp.remove(tx, user.id, at);
            await totp.add(tx, user.id, { sealedSecret: sealedIn(payload), step: step ?? 0 }, at);
            await sessions.addMethods(tx, viewer.sessionId, ['otp', 'mfa']);
            const changes = isReplaced ? (['totp-removed', 'totp-added'] as const) : (['totp-added'] as const);
            return factorChanges.require(tx, { user, changes, at, client });
          },
          refused: (refusal) => ({
            type: 'second-factor',
            outcome: refusal === 'limited' ? 'limited' : 'failed',
            userId: viewer.userId,
            method: 'totp',
            client,
          }),
        },
      );
    },
  };
}

/** Apps take what precedes a colon for the issuer. */
const issuerOf = (product: string): string => product.replaceAll(':', ' ');

/** What the app shows under the issuer. */
const toLabel = ({ email, phone, id }: User): string => (email ? showEmail(email) : (phone ?? id));
