import { createFactorSettings } from '../features/second-factors/factor-settings.service.ts';
import { createPasskeyAnswer } from '../features/second-factors/passkey-answer.ts';
import { createRecoveryCodeAnswer } from '../features/second-factors/recovery-code-answer.ts';
import { createSecondFactorVerification } from '../features/second-factors/second-factor-verification.service.ts';
import { createTotpAnswer } from '../features/second-factors/totp-answer.ts';
import { createTotpEnrollment } from '../features/second-factors/totp-enrollment.service.ts';
import { createPasskeyReauthentication } from '../features/sign-in/passkey-reauthentication.service.ts';
import { createReauthentication } from '../features/sign-in/reauthentication.service.ts';
import { createSessionRenewal } from '../features/sign-in/session-renewal.service.ts';
import { createTotpCheck } from '../features/sign-in/totp-check.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** The second step of a sign-in, setting up the factors for it, and reauthentication. */
export function createSecondFactorServices(
  { config, db, transact, clock, audit, limiter, limits }: Foundation,
  { accounts, factors, totp, recoveryCodes }: AccountServices,
  { challenges, redeem }: ChallengeServices,
  { sessions, sessionTokens }: SessionServices,
  { signIn, notices, factorChanges, passkeyCheck, checkPassword, ownerConfirmation }: SignInServices,
) {
  const renewSession = createSessionRenewal({ audit, sessions });
  return {
    reauthenticate: createReauthentication({
      db,
      transact,
      accounts,
      factors,
      totp,
      sessionTokens,
      checkPassword,
      checkTotp: createTotpCheck({ db, audit, totp, limiter, limits }),
      ownerConfirmation,
      renewSession,
      renewByPasskey: createPasskeyReauthentication({ db, audit, sessions, redeem, passkeyCheck, renewSession }),
    }),
    verifySecondFactor: createSecondFactorVerification({
      accounts,
      challenges,
      redeem,
      signIn,
      readers: {
        totp: createTotpAnswer({ db, totp }),
        recoveryCode: createRecoveryCodeAnswer({ db, audit, recoveryCodes, notices }),
        passkey: createPasskeyAnswer({ passkeyCheck }),
      },
    }),
    totpEnrollment: createTotpEnrollment({
      transact,
      clock,
      challenges,
      redeem,
      sessions,
      totp,
      factorChanges,
      limiter,
      limits,
      config,
    }),
    factorSettings: createFactorSettings({
      transact,
      clock,
      sessions,
      factors,
      totp,
      recoveryCodes,
      factorChanges,
      limiter,
      limits,
      config,
    }),
  };
}
