import type { Config } from '../config.ts';
import { createKeyring } from '../core/secrets.ts';
import { createAccounts } from '../features/accounts/account.service.ts';
import { createAuthority } from '../features/accounts/authority.service.ts';
import { createAudit } from '../features/audit/audit.service.ts';
import { createChallenges } from '../features/challenges/challenge.service.ts';
import { createChallengeCheck } from '../features/challenges/challenge-check.service.ts';
import { createChallengeDigests } from '../features/challenges/challenge-digests.ts';
import { createEmailChallenges } from '../features/challenges/email-challenge.service.ts';
import { createPhoneChallenges } from '../features/challenges/phone-challenge.service.ts';
import { createRedemption } from '../features/challenges/redemption.service.ts';
import { createSmsShield } from '../features/challenges/sms-shield.ts';
import { createPasswords } from '../features/credentials/password.service.ts';
import { createPasswordHasher } from '../features/credentials/password-hasher.ts';
import { createPasswordPolicy } from '../features/credentials/password-policy.ts';
import { createAccountDeletion } from '../features/deletion/account-deletion.service.ts';
import { createAccountRemoval } from '../features/deletion/account-removal.service.ts';
import { createEmailChange } from '../features/emails/email-change.service.ts';
import { createEmailChangeRequest } from '../features/emails/email-change-request.service.ts';
import { createEmailChangeUndo } from '../features/emails/email-change-undo.service.ts';
import { createRegistration } from '../features/emails/registration.service.ts';
import { createVerification } from '../features/emails/verification.service.ts';
import { createVerificationRequest } from '../features/emails/verification-request.service.ts';
import { createHealth } from '../features/health/health.service.ts';
import { createIdentities } from '../features/identities/identity.service.ts';
import { createInvalidation } from '../features/invalidation/invalidation.service.ts';
import { createKeys } from '../features/keys/keys.service.ts';
import { createNotices } from '../features/notices/notice.service.ts';
import { createOutbox } from '../features/outbox/outbox.service.ts';
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
import { createLimits } from '../features/rate-limits/limits.ts';
import { createRateLimiter } from '../features/rate-limits/rate-limiter.service.ts';
import { createAccessTokens } from '../features/sessions/access-token.ts';
import { createRefresh } from '../features/sessions/refresh.service.ts';
import { createRefreshTokens } from '../features/sessions/refresh-token.ts';
import { createRotation } from '../features/sessions/rotation.service.ts';
import { createSessions } from '../features/sessions/session.service.ts';
import { createSessionEnding } from '../features/sessions/session-ending.service.ts';
import { createSessionTokens } from '../features/sessions/session-tokens.service.ts';
import { createAccountClaim } from '../features/sign-in/account-claim.service.ts';
import { createEmailCode } from '../features/sign-in/email-code.service.ts';
import { createPhoneTrust } from '../features/sign-in/phone-trust.service.ts';
import { createReauthentication } from '../features/sign-in/reauthentication.service.ts';
import { createSignIn } from '../features/sign-in/sign-in.service.ts';
import { createAuthorize } from '../features/social/authorization.service.ts';
import { createProviders } from '../features/social/providers/registry.ts';
import { createRoundTrips } from '../features/social/round-trip.service.ts';
import { createSocial } from '../features/social/social.service.ts';
import { createSocialAccounts } from '../features/social/social-account.service.ts';
import { createSuperusers } from '../features/superusers/superuser.service.ts';
import { createExports } from '../features/transfer/export.service.ts';
import { createImports } from '../features/transfer/import.service.ts';
import { pendingMigrations } from '../infra/db/migrate.ts';
import { createTransact } from '../infra/db/transact.ts';
import { parseSender } from '../infra/mail/sender.ts';
import { createTemplates } from '../messages/templates.ts';
import { createAdmin } from './admin.ts';
import type { Infrastructure } from './infrastructure.ts';

export type Services = ReturnType<typeof createServices>;

/** Everything that the service can do, over the ground that it stands on. */
export function createServices({ config, log, db, clock, store, mailer, sms, openWeb }: Infrastructure) {
  const keyring = createKeyring(config.secrets);
  const transact = createTransact({ db, log });
  const limits = createLimits(config);
  const limiter = createRateLimiter({ volume: store.rateLimits, durable: store.durableRateLimits, keyring });
  const audit = createAudit({ clock, log });
  const keys = createKeys({
    db,
    clock,
    keyring,
    tokens: config.tokens,
    log,
    onPublished: (tx, key, cause) =>
      audit.record(tx, { type: 'key-rotation', outcome: 'published', detail: { kid: key.kid, alg: key.alg, cause } }),
  });
  const templates = createTemplates({ directory: config.messages.templates, site: productName(config) });
  const senders = { mailer, sms, templates, domain: new URL(config.http.publicUrl).hostname };
  const outbox = createOutbox({ db, clock, keyring, ...senders, log, keepSealed: config.http.outboxViewer });

  const accounts = createAccounts({ db, clock });
  const hasher = createPasswordHasher(config.passwords);
  const passwords = createPasswords({ clock, hasher });
  const policy = createPasswordPolicy(config.passwords, serviceWords(config));
  const providers = createProviders(config.social, { openWeb, clock });
  const digests = createChallengeDigests(keyring);
  const challenges = createChallenges({ db, clock, digests, otp: config.otp });
  const checkAnswer = createChallengeCheck({ db, clock, digests, limiter, limits });
  const { emailVerification, emailChange, passwordReset, otp } = config;
  const routes = { emailVerification, emailChange, passwordReset, otp };
  const emailChallenges = createEmailChallenges({ challenges, outbox, limiter, limits, ...routes });
  const sendsTexts = config.sms.provider.kind !== 'log' || !config.production;
  const shield = createSmsShield({ db, audit, limiter, limits, sms: config.sms, otp, isServed: sendsTexts });
  const redeem = createRedemption({ db, transact, clock, audit, checkAnswer, shield });
  const names = providers.map(({ name }) => name);
  const identities = createIdentities({ db, transact, clock, audit, providers: names, sendsTexts });
  const phoneChallenges = createPhoneChallenges({ challenges, outbox, shield, otp });

  const sessions = createSessions({ db, clock, accounts, lifetimes: config.sessions });
  const refreshTokens = createRefreshTokens({ keyring, clock, issuer: config.tokens.issuer });
  const accessTokens = createAccessTokens({ keys, clock, tokens: config.tokens });
  const sessionTokens = createSessionTokens({ db, clock, revocations: store.revocations, refreshTokens, accessTokens });
  const sessionEnding = createSessionEnding({
    transact,
    clock,
    audit,
    revocations: store.revocations,
    refreshTokens,
    accessTtl: config.tokens.accessTtl,
  });
  const refresh = createRefresh({
    db,
    clock,
    limiter,
    limits,
    rotate: createRotation({ db, clock, idleTtl: config.sessions.idleTtl }),
    sessionEnding,
    refreshTokens,
    sessionTokens,
    refreshGrace: config.sessions.refreshGrace,
  });
  const invalidate = createInvalidation({ accounts, passwords, identities, challenges, sessionEnding });
  const notices = createNotices({ clock, challenges, outbox, publicUrl: config.http.publicUrl });
  const signIn = createSignIn({
    db,
    transact,
    audit,
    sessions,
    sessionTokens,
    notices,
    askForEmailCode: createEmailCode({ db, transact, audit, accounts, emailChallenges }),
    policy: emailVerification.policy,
  });

  const phoneTrust = createPhoneTrust({
    db,
    clock,
    audit,
    passwords,
    sessions,
    emailChallenges,
    recycledAfter: config.phones.recycledAfter,
  });

  const people = { db, transact, audit, accounts, passwords };
  const hashing = { hasher, policy };
  const claimAccount = createAccountClaim({ audit, accounts, invalidate });
  const reauthenticate = createReauthentication({ db, audit, passwords, hasher, limiter, limits });
  const asking = { challenges, emailChallenges };
  const telephony = { phoneChallenges, signUp: config.signUp };
  const roundTrips = createRoundTrips({ db, keyring, challenges, redeem });
  const socialAccounts = createSocialAccounts({
    ...{ transact, audit, accounts, identities, invalidate, sessions, signIn, claimAccount },
    signUp: config.signUp,
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
    signUp: config.signUp,
  });
  const verifyPhone = createPhoneVerification({ audit, accounts, redeem, invalidate, sessions, notices });
  const removal = createAccountRemoval({ audit, accounts, challenges, invalidate, outbox });
  return {
    db,
    accounts,
    authority: createAuthority({ db, audit, accounts }),
    challenges,
    identities,
    keys,
    outbox,
    passwords,
    refresh,
    sessionEnding,
    sessionTokens,
    sessions,
    health: createHealth({ db, isStoreUp: store.isUp, pendingMigrations }),
    login: createLogin({ ...people, hasher, limiter, limits, signIn }),
    registration: createRegistration({ ...people, ...hashing, emailChallenges, signIn, config }),
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
    changePassword: createPasswordChange({ ...people, ...hashing, invalidate, reauthenticate, sessions, notices }),
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
    phoneRequests: createPhoneRequests({ ...people, ...telephony, sessions, reauthenticate }),
    confirmPhoneOtp: createPhoneConfirmation({ hasher, policy, challenges, signInByPhone, verifyPhone }),
    deleteAccount: createAccountDeletion({
      ...people,
      sessions,
      notices,
      removal,
      reauthenticate,
    }),
    authorize: createAuthorize({
      ...{ db, log, accounts, passwords, sessions, reauthenticate, limiter, limits, providers, roundTrips },
      redirectUris: config.social.redirectUris,
    }),
    social: createSocial({ db, audit, log, limiter, limits, providers, roundTrips, socialAccounts }),
    superusers: createSuperusers({ ...people, ...hashing, invalidate, claimAccount }),
    importAccounts: createImports({ db, clock, audit }),
    exportAccounts: createExports({ db, audit }),
    admin: createAdmin({
      ...people,
      ...hashing,
      ...asking,
      clock,
      invalidate,
      sessionEnding,
      outbox,
      removal,
      passwordReset,
    }),
  };
}

/** What the service is called in what it writes to people. */
export const productName = ({ mail, http }: Config): string =>
  parseSender(mail.from)?.name || new URL(http.publicUrl).host;

/** What a guesser of passwords knows of the service itself. */
const serviceWords = ({ http }: Config): string[] => ['latchkey', new URL(http.publicUrl).hostname];
