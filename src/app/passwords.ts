import { createLogin } from '../features/passwords/login.service.ts';
import { createNotMe } from '../features/passwords/not-me.service.ts';
import { createPasswordChange } from '../features/passwords/password-change.service.ts';
import { createPasswordReset } from '../features/passwords/reset.service.ts';
import { createResetAccount } from '../features/passwords/reset-account.service.ts';
import { createPasswordResetRequest } from '../features/passwords/reset-request.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Sign-in with a password, and changing or resetting it. */
export function createPasswordServices(
  { db, transact, audit, limits, limiter, phones }: Foundation,
  { accounts, passwords, hasher, policy }: AccountServices,
  { challenges, redeem, emailChallenges, phoneChallenges }: ChallengeServices,
  { invalidate }: SessionServices,
  { notices, signIn, phoneTrust, verifyAddress, ownerConfirmation }: SignInServices,
) {
  return {
    login: createLogin({ db, audit, accounts, passwords, hasher, limiter, limits, signIn, phones }),
    requestPasswordReset: createPasswordResetRequest({
      db,
      transact,
      audit,
      accounts,
      emailChallenges,
      phoneChallenges,
      phones,
    }),
    resetPassword: createPasswordReset({
      db,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      challenges,
      redeem,
      openAccount: createResetAccount({ accounts, verifyAddress }),
      phoneTrust,
      invalidate,
      notices,
      limiter,
      limits,
    }),
    secureAccount: createNotMe({ audit, accounts, redeem, emailChallenges, invalidate, notices }),
    changePassword: createPasswordChange({
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      ownerConfirmation,
      invalidate,
      notices,
      limiter,
      limits,
    }),
  };
}
