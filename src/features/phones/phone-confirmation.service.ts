import { Unauthenticated } from '../../core/errors.ts';
import {
  type AccountDisabled,
  type ChallengeFailed,
  type InvalidInput,
  isProblem,
  type PasswordRequired,
  type PhoneTaken,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SecondFactorRequired } from '../sign-in/second-factor-required.ts';
import { type ConfirmationInput, parseConfirmation, refusedConfirmation } from './phone-confirmation.ts';
import type { SignInByPhone } from './phone-sign-in.service.ts';
import type { VerifyPhone } from './phone-verification.service.ts';
import type { PhoneVerified } from './phone-verified.ts';

export type ConfirmOutcome =
  | Authenticated
  | PhoneVerified
  | Challenge
  | ChallengeFailed
  | PhoneTaken
  | PasswordRequired
  | AccountDisabled
  | InvalidInput
  | RateLimited
  | SecondFactorRequired;

/**
 * Completes a code by text message: signs in, creates an account, or verifies a number for the signed-in user.
 * @param viewer called only if the challenge belongs to a signed-in user
 */
export type ConfirmPhoneOtp = (
  input: ConfirmationInput,
  viewer: () => Promise<Viewer | undefined>,
  client: Client,
) => Promise<ConfirmOutcome>;

interface Dependencies {
  db: Db;
  audit: Audit;
  limiter: RateLimiter;
  limits: Limits;
  policy: PasswordPolicy;
  challenges: Challenges;
  signInByPhone: SignInByPhone;
  verifyPhone: VerifyPhone;
}

export function createPhoneConfirmation(dependencies: Dependencies): ConfirmPhoneOtp {
  const { db, audit, limiter, limits, policy, challenges, signInByPhone, verifyPhone } = dependencies;

  const confirm: ConfirmPhoneOtp = async (input, viewer, client) => {
    const challenge = await challenges.find(input.challengeId);
    const confirmation = parseConfirmation(input, challenge?.subject, policy);
    if (isProblem(confirmation)) return confirmation;
    if (challenge?.purpose !== 'VERIFY_PHONE') return signInByPhone(confirmation, client);
    const asker = await viewer();
    if (!asker) throw new Unauthenticated();
    return verifyPhone(confirmation.answer, asker, client);
  };

  return async (input, viewer, client) => {
    // Before the challenge is looked up and a password is judged.
    const charges = networkCharges(limits.anonymousByNetwork, client.ip);
    const refusal = await limiter.consume(...charges);
    if (refusal) {
      await audit.record(db, refusedConfirmation('limited', client));
      return refusal;
    }
    const outcome = await confirm(input, viewer, client);
    if (!isProblem(outcome)) await limiter.refund(...charges);
    return outcome;
  };
}
