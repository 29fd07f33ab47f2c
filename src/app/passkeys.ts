import { createPasskeyLogin } from '../features/passkeys/passkey-login.service.ts';
import { createPasskeyRegistrationFinish } from '../features/passkeys/passkey-registration-finish.service.ts';
import { createPasskeyRegistrationStart } from '../features/passkeys/passkey-registration-start.service.ts';
import { createPasskeyRemoval } from '../features/passkeys/passkey-removal.service.ts';
import { createPasskeyRenaming } from '../features/passkeys/passkey-renaming.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** Adding, using and removing passkeys. */
export function createPasskeyServices(
  { db, transact, clock, audit, limits, limiter }: Foundation,
  { accounts, identities, passkeys, webAuthn }: AccountServices,
  { challenges, redeem }: ChallengeServices,
  { sessions }: SessionServices,
  { signIn, passkeyCheck, factorChanges }: SignInServices,
) {
  return {
    passkeys,
    startPasskeyRegistration: createPasskeyRegistrationStart({
      transact,
      sessions,
      challenges,
      passkeys,
      webAuthn,
      limiter,
      limits,
    }),
    finishPasskeyRegistration: createPasskeyRegistrationFinish({
      db,
      audit,
      accounts,
      sessions,
      redeem,
      passkeys,
      factorChanges,
      webAuthn,
    }),
    passkeyLogin: createPasskeyLogin({
      db,
      audit,
      accounts,
      challenges,
      redeem,
      webAuthn,
      passkeyCheck,
      signIn,
      limiter,
      limits,
    }),
    renamePasskey: createPasskeyRenaming({ db, accounts, passkeys }),
    removePasskey: createPasskeyRemoval({ transact, clock, audit, identities, passkeys, sessions, factorChanges }),
  };
}
