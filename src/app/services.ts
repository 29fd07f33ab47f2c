import { createEventList } from '../features/audit/event-list.service.ts';
import { createAccountDeletion } from '../features/deletion/account-deletion.service.ts';
import { createAccountRemoval } from '../features/deletion/account-removal.service.ts';
import { createHealth } from '../features/health/health.service.ts';
import { createSuperusers } from '../features/superusers/superuser.service.ts';
import { createDjangoExport } from '../features/transfer/django-fixture/django-export.service.ts';
import { createAccountExport } from '../features/transfer/export.service.ts';
import { createAccountImport } from '../features/transfer/import.service.ts';
import { pendingMigrations } from '../infra/db/migrate.ts';
import { takesWrites } from '../infra/db/takes-writes.ts';
import { createAccountServices } from './accounts.ts';
import { createAdminServices } from './admin.ts';
import { createChallengeServices } from './challenges.ts';
import { createDeliveryServices } from './deliveries.ts';
import { createEmailSignInServices } from './email-sign-in.ts';
import { createEmailServices } from './emails.ts';
import { createFoundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';
import { createPasskeyServices } from './passkeys.ts';
import { createPasswordServices } from './passwords.ts';
import { createPhoneServices } from './phones.ts';
import { createSecondFactorServices } from './second-factors.ts';
import { createSessionServices } from './sessions.ts';
import { createSignInServices } from './sign-in.ts';
import { createSocialServices } from './social.ts';

export type Services = ReturnType<typeof createServices>;

/** Everything that the service can do. Each factory gets exactly the dependencies that it declares. */
export function createServices(infra: Infrastructure) {
  const foundation = createFoundation(infra);
  const accountServices = createAccountServices(foundation, infra);
  const challengeServices = createChallengeServices(foundation, infra);
  const sessionServices = createSessionServices(foundation, accountServices, challengeServices, infra);
  const signInServices = createSignInServices(foundation, accountServices, challengeServices, sessionServices);

  const { db, clock, transact, audit, phones } = foundation;
  const { accounts, metadata, authority, updateProfile, passwords, hasher, policy } = accountServices;
  const { identities, factors, totp, recoveryCodes } = accountServices;
  const { outbox, challenges, noticeLimits } = challengeServices;
  const { keys, sessions, sessionTokens, checkToken, sessionEnding, refresh, invalidate, revocationFeed } =
    sessionServices;
  const { endEveryonesSessions } = sessionServices;
  const { notices, adminNotices, resetFactors, verifyAddress, ownerConfirmation } = signInServices;
  const removal = createAccountRemoval({ audit, accounts, challenges, invalidate, outbox });

  return {
    db,
    accounts,
    audit,
    authority,
    challenges,
    checkToken,
    endEveryonesSessions,
    factors,
    totp,
    updateProfile,
    recoveryCodes,
    identities,
    keys,
    metadata,
    noticeLimits,
    outbox,
    ownerConfirmation,
    passwords,
    refresh,
    revocationFeed,
    sessionEnding,
    sessionTokens,
    sessions,
    listEvents: createEventList({ db }),
    ...createDeliveryServices(foundation, outbox, infra),
    health: createHealthChecks(infra),
    ...createPasswordServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createEmailServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createEmailSignInServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createPhoneServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createPasskeyServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createSocialServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    ...createSecondFactorServices(foundation, accountServices, challengeServices, sessionServices, signInServices),
    deleteAccount: createAccountDeletion({ db, transact, audit, accounts, notices, removal, ownerConfirmation }),
    superusers: createSuperusers({
      transact,
      audit,
      accounts,
      passwords,
      hasher,
      policy,
      invalidate,
      verifyAddress,
      notices: adminNotices,
      resetFactors,
    }),
    importAccounts: createAccountImport({ db, transact, clock, audit, phones, totp, recoveryCodes }),
    exportAccounts: createAccountExport({ db, audit, totp, recoveryCodes }),
    exportToDjango: createDjangoExport({ db, audit, clock, totp, recoveryCodes }),
    admin: createAdminServices(
      foundation,
      accountServices,
      challengeServices,
      sessionServices,
      signInServices,
      removal,
    ),
  };
}

const createHealthChecks = ({ config, db, disk, store }: Infrastructure) =>
  createHealth({
    db,
    takesWrites,
    isDiskFull: disk.isFull,
    isStoreUp: store.isUp,
    pendingMigrations: (database) => pendingMigrations(database, config.database.schema),
  });
