import { createNotices } from '../features/notices/notice.service.ts';
import { createAddressVerification } from '../features/sign-in/address-verification.service.ts';
import { createEmailCode } from '../features/sign-in/email-code.service.ts';
import { createFactorChanges } from '../features/sign-in/factor-changes.service.ts';
import { createHolderCheck } from '../features/sign-in/holder-check.service.ts';
import { createOwnerConfirmation } from '../features/sign-in/owner-confirmation.service.ts';
import { createPasskeyCheck } from '../features/sign-in/passkey-check.service.ts';
import { createPasswordCheck } from '../features/sign-in/password-check.service.ts';
import { createPhoneTrust } from '../features/sign-in/phone-trust.service.ts';
import { createSecondFactorRequest } from '../features/sign-in/second-factor-request.service.ts';
import { createFactorReset } from '../features/sign-in/second-factor-reset.service.ts';
import { createOpenSession } from '../features/sign-in/session-opening.service.ts';
import { createSignIn } from '../features/sign-in/sign-in.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';

export type SignInServices = ReturnType<typeof createSignInServices>;

/** What all sign-in methods share. */
export function createSignInServices(
  { config, db, clock, transact, audit, limits, limiter }: Foundation,
  { accounts, passwords, hasher, identities, providers, factors, recoveryCodes, passkeys, webAuthn }: AccountServices,
  { challenges, emailChallenges, outbox, noticeLimits }: ChallengeServices,
  { sessions, sessionEnding, sessionTokens, invalidate }: SessionServices,
) {
  const { recycledAfter } = config.phones;
  const checkPassword = createPasswordCheck({ db, audit, passwords, hasher, limiter, limits });
  const ownerConfirmation = createOwnerConfirmation({
    db,
    clock,
    audit,
    accounts,
    passwords,
    factors,
    sessions,
    checkPassword,
  });
  const noticesBy = (actor: 'owner' | 'administrator') =>
    createNotices({
      clock,
      challenges,
      outbox,
      noticeLimits,
      identities,
      factors,
      toLabel: (name) => providers.find((provider) => provider.name === name)?.label ?? name,
      publicUrl: config.http.publicUrl,
      actor,
      sendsTexts: config.sms.notices,
    });
  const notices = noticesBy('owner');
  const adminNotices = noticesBy('administrator');
  const factorChanges = createFactorChanges({ audit, accounts, factors, recoveryCodes, invalidate, notices });
  return {
    notices,
    adminNotices,
    resetFactors: createFactorReset({ audit, factors, invalidate, notices: adminNotices }),
    signIn: createSignIn({
      db,
      audit,
      openSession: createOpenSession({
        transact,
        audit,
        sessions,
        sessionEnding,
        notices,
        sessionLimit: config.sessions.perAccount,
      }),
      sessionTokens,
      requireEmailCode: createEmailCode({ db, transact, audit, accounts, emailChallenges }),
      requireSecondFactor: createSecondFactorRequest({ transact, audit, challenges, factors, passkeys, webAuthn }),
      policy: config.emailVerification.policy,
    }),
    phoneTrust: createPhoneTrust({ db, clock, audit, passwords, sessions, emailChallenges, recycledAfter }),
    verifyAddress: createAddressVerification({ audit, accounts, passwords, sessions, invalidate, notices }),
    checkHolder: createHolderCheck({ accounts, checkPassword }),
    checkPassword,
    ownerConfirmation,
    factorChanges,
    passkeyCheck: createPasskeyCheck({ db, passkeys, factorChanges, webAuthn, limiter, limits }),
  };
}
