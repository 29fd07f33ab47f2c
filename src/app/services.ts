import { createEventList } from '../features/audit/event-list.service.ts';
import { createAccountDeletion } from '../features/deletion/account-deletion.service.ts';
import { createAccountRemoval } from '../features/deletion/account-removal.service.ts';
import { createEmailChange } from '../features/emails/email-change.service.ts';
import { createEmailChangeRequest } from '../features/emails/email-change-request.service.ts';
import { createEmailChangeUndo } from '../features/emails/email-change-undo.service.ts';
import { createRegistration } from '../features/emails/registration.service.ts';
import { createVerification } from '../features/emails/verification.service.ts';
import { createVerificationRequest } from '../features/emails/verification-request.service.ts';
import { createHealth } from '../features/health/health.service.ts';
import { createLogin } from '../features/passwords/login.service.ts';
import { createNotMe } from '../features/passwords/not-me.service.ts';
import { createPasswordChange } from '../features/passwords/password-change.service.ts';
import { createPasswordReset } from '../features/passwords/reset.service.ts';
import { createResetAccount } from '../features/passwords/reset-account.service.ts';
import { createPasswordResetRequest } from '../features/passwords/reset-request.service.ts';
import { createPhoneConfirmation } from '../features/phones/phone-confirmation.service.ts';
import { createPhoneRequests } from '../features/phones/phone-request.service.ts';
import { createPhoneSignIn } from '../features/phones/phone-sign-in.service.ts';
import { createPhoneVerification } from '../features/phones/phone-verification.service.ts';
import { createAuthorize } from '../features/social/authorization.service.ts';
import { createRoundTrips } from '../features/social/round-trip.service.ts';
import { createSocial } from '../features/social/social.service.ts';
import { createSocialAccounts } from '../features/social/social-account.service.ts';
import { createSuperusers } from '../features/superusers/superuser.service.ts';
import { createExports } from '../features/transfer/export.service.ts';
import { createImports } from '../features/transfer/import.service.ts';
import { pendingMigrations } from '../infra/db/migrate.ts';
import { createAccountServices } from './accounts.ts';
import { createAdminServices } from './admin.ts';
import { createChallengeServices } from './challenges.ts';
import { createFoundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';
import { createSessionServices } from './sessions.ts';
import { createSignInServices } from './sign-in.ts';

export type Services = ReturnType<typeof createServices>;

/** Everything that the service can do. Each factory is passed what it declares, by name: no spreads. */
export function createServices(infra: Infrastructure) {
  const foundation = createFoundation(infra);
  const { config, log, db, clock, keyring, transact, audit, limits, limiter } = foundation;
  const { signUp, emailVerification } = config;

  const accountServices = createAccountServices(foundation, infra);
  const { accounts, authority, passwords, hasher, policy, identities, providers } = accountServices;

  const challengeServices = createChallengeServices(foundation, infra);
  const { outbox, challenges, checkAnswer, redeem, emailChallenges, phoneChallenges } = challengeServices;

  const sessionServices = createSessionServices(foundation, accountServices, challengeServices, infra);
  const { keys, sessions, sessionTokens, sessionEnding, refresh, invalidate } = sessionServices;

  const signInServices = createSignInServices(foundation, accountServices, challengeServices, sessionServices);
  const { notices, signIn, phoneTrust, claimAccount, reauthenticate } = signInServices;

  const roundTrips = createRoundTrips({ db, keyring, challenges, redeem });
  const socialAccounts = createSocialAccounts({
    transact,
    audit,
    accounts,
    identities,
    invalidate,
    sessions,
    signIn,
    claimAccount,
    signUp,
  });
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
  const removal = createAccountRemoval({ audit, accounts, challenges, invalidate, outbox });
  return {
    db,
    accounts,
    authority,
    challenges,
    identities,
    keys,
    outbox,
    passwords,
    refresh,
    sessionEnding,
    sessionTokens,
    sessions,
    listEvents: createEventList({ db }),
    health: createHealth({ db, isStoreUp: infra.store.isUp, pendingMigrations }),

    login: createLogin({ db, audit, accounts, passwords, hasher, limiter, limits, signIn }),
    registration: createRegistration({
      db,
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      emailChallenges,
      signIn,
      config: { signUp, emailVerification },
    }),
    requestPasswordReset: createPasswordResetRequest({
      db,
      transact,
      audit,
      accounts,
      emailChallenges,
      phoneChallenges,
    }),
    resetPassword: createPasswordReset({
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      challenges,
      redeem,
      openAccount: createResetAccount({ accounts, passwords, claimAccount }),
      phoneTrust,
      invalidate,
      notices,
      limiter,
      limits,
    }),
    secureAccount: createNotMe({ audit, accounts, redeem, emailChallenges, invalidate }),
    changePassword: createPasswordChange({
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      reauthenticate,
      sessions,
      invalidate,
      notices,
    }),

    requestEmailVerification: createVerificationRequest({
      db,
      transact,
      audit,
      accounts,
      challenges,
      emailChallenges,
    }),
    verifyEmail: createVerification({ audit, accounts, passwords, challenges, redeem, invalidate, signIn }),
    requestEmailChange: createEmailChangeRequest({
      db,
      transact,
      audit,
      accounts,
      emailChallenges,
      sessions,
      reauthenticate,
    }),
    confirmEmailChange: createEmailChange({ audit, accounts, redeem, invalidate, sessions, notices }),
    emailChangeUndo: createEmailChangeUndo({ audit, accounts, checkAnswer, redeem, emailChallenges, invalidate }),

    phoneRequests: createPhoneRequests({
      db,
      transact,
      audit,
      accounts,
      phoneChallenges,
      sessions,
      reauthenticate,
      signUp,
    }),
    confirmPhoneOtp: createPhoneConfirmation({ hasher, policy, challenges, signInByPhone, verifyPhone }),

    authorize: createAuthorize({
      db,
      log,
      accounts,
      passwords,
      sessions,
      reauthenticate,
      limiter,
      limits,
      providers,
      redirectUris: config.social.redirectUris,
      roundTrips,
    }),
    social: createSocial({ db, audit, log, limiter, limits, providers, roundTrips, socialAccounts }),

    deleteAccount: createAccountDeletion({
      db,
      transact,
      audit,
      accounts,
      sessions,
      notices,
      removal,
      reauthenticate,
    }),
    superusers: createSuperusers({
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      invalidate,
      claimAccount,
    }),
    importAccounts: createImports({ db, clock, audit }),
    exportAccounts: createExports({ db, audit }),
    admin: createAdminServices(foundation, accountServices, challengeServices, sessionServices, removal),
  };
}
