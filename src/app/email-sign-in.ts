import { createEmailOtpRequest } from '../features/emails/email-otp-request.service.ts';
import { createEmailOwner } from '../features/emails/email-owner.service.ts';
import { createEmailSignIn } from '../features/emails/email-sign-in.service.ts';
import { createEmailSignInPreview } from '../features/emails/email-sign-in-preview.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Sign-in and sign-up by an emailed code or link. */
export function createEmailSignInServices(
  { config, db, transact, audit }: Foundation,
  { accounts }: AccountServices,
  { challengeCheck, redeem, emailChallenges }: ChallengeServices,
  { invalidate }: SessionServices,
  { signIn, verifyAddress }: SignInServices,
) {
  const { signUp, emailSignIn } = config;
  return {
    requestEmailOtp: createEmailOtpRequest({
      db,
      transact,
      audit,
      accounts,
      emailChallenges,
      config: { signUp, emailSignIn },
    }),
    signInByEmail: createEmailSignIn({
      audit,
      redeem,
      emailOwner: createEmailOwner({ audit, accounts, invalidate, verifyAddress, signUp }),
      signIn,
      isEnabled: emailSignIn.enabled,
    }),
    previewEmailSignIn: createEmailSignInPreview({ db, accounts, challengeCheck }),
  };
}
