import { createEmailChange } from '../features/emails/email-change.service.ts';
import { createEmailChangeRequest } from '../features/emails/email-change-request.service.ts';
import { createEmailChangeUndo } from '../features/emails/email-change-undo.service.ts';
import { createHandoverPreview } from '../features/emails/handover-preview.service.ts';
import { createRegistration } from '../features/emails/registration.service.ts';
import { createVerification } from '../features/emails/verification.service.ts';
import { createVerificationRequest } from '../features/emails/verification-request.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Sign-up by email, and verifying or changing an address. */
export function createEmailServices(
  { config, db, transact, audit, limits, limiter, phones }: Foundation,
  { accounts, passwords, hasher, policy }: AccountServices,
  { challenges, challengeCheck, redeem, emailChallenges }: ChallengeServices,
  { sessions, invalidate }: SessionServices,
  { notices, signIn, verifyAddress, checkHolder, ownerConfirmation }: SignInServices,
) {
  const { signUp, emailVerification } = config;
  return {
    registration: createRegistration({
      db,
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      phones,
      emailChallenges,
      signIn,
      limiter,
      limits,
      config: { signUp, emailVerification },
    }),
    requestEmailVerification: createVerificationRequest({
      db,
      transact,
      audit,
      accounts,
      challenges,
      emailChallenges,
    }),
    verifyEmail: createVerification({
      audit,
      accounts,
      passwords,
      challenges,
      redeem,
      emailChallenges,
      invalidate,
      checkHolder,
      verifyAddress,
      signIn,
    }),
    losesPassword: createHandoverPreview({ db, accounts, passwords, challengeCheck }),
    requestEmailChange: createEmailChangeRequest({
      db,
      transact,
      audit,
      accounts,
      emailChallenges,
      ownerConfirmation,
    }),
    confirmEmailChange: createEmailChange({
      audit,
      accounts,
      redeem,
      invalidate,
      sessions,
      checkHolder,
      verifyAddress,
      notices,
    }),
    emailChangeUndo: createEmailChangeUndo({
      audit,
      accounts,
      challengeCheck,
      redeem,
      emailChallenges,
      invalidate,
      verifyAddress,
      notices,
    }),
  };
}
