import { createPhoneConfirmation } from '../features/phones/phone-confirmation.service.ts';
import { createPhoneRequests } from '../features/phones/phone-request.service.ts';
import { createPhoneSignIn } from '../features/phones/phone-sign-in.service.ts';
import { createPhoneVerification } from '../features/phones/phone-verification.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Sign-in and sign-up by text message, and verifying a number. */
export function createPhoneServices(
  { config, db, transact, audit, limits, limiter, phones }: Foundation,
  { accounts, passwords, hasher, policy }: AccountServices,
  { challenges, redeem, phoneChallenges }: ChallengeServices,
  { sessions, invalidate }: SessionServices,
  { notices, signIn, phoneTrust, ownerConfirmation }: SignInServices,
) {
  const { signUp } = config;
  const signInByPhone = createPhoneSignIn({
    db,
    audit,
    accounts,
    passwords,
    hasher,
    redeem,
    signIn,
    phoneTrust,
    signUp,
  });
  const verifyPhone = createPhoneVerification({ audit, accounts, redeem, invalidate, sessions, notices });
  return {
    phoneRequests: createPhoneRequests({
      db,
      transact,
      audit,
      accounts,
      phoneChallenges,
      ownerConfirmation,
      phones,
      signUp,
    }),
    confirmPhoneOtp: createPhoneConfirmation({
      db,
      audit,
      limiter,
      limits,
      policy,
      challenges,
      signInByPhone,
      verifyPhone,
    }),
  };
}
