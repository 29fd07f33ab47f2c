import { createAdminMessages } from '../features/admin/admin-message.service.ts';
import { createAdministrators } from '../features/admin/administrators.service.ts';
import { createImpersonate } from '../features/admin/impersonate.service.ts';
import { createRecovery } from '../features/admin/recovery.service.ts';
import { createSecondFactorReset } from '../features/admin/second-factor-reset.service.ts';
import { createUserCreation } from '../features/admin/user-creation.service.ts';
import { createUserList } from '../features/admin/user-list.service.ts';
import { createUserRemoval } from '../features/admin/user-removal.service.ts';
import { createUserUpdate } from '../features/admin/user-update.service.ts';
import type { AccountRemoval } from '../features/deletion/account-removal.service.ts';
import type { AccountServices } from './accounts.ts';
import type { ChallengeServices } from './challenges.ts';
import type { Foundation } from './foundation.ts';
import type { SessionServices } from './sessions.ts';
import type { SignInServices } from './sign-in.ts';

/** What administrators can do. */
export function createAdminServices(
  { config, db, clock, transact, audit, phones }: Foundation,
  { accounts, metadata, passwords, hasher, policy }: AccountServices,
  { challenges, emailChallenges, outbox }: ChallengeServices,
  { customClaims, sessionEnding, sessionTokens, openImpersonation, invalidate }: SessionServices,
  { verifyAddress, adminNotices, resetFactors }: SignInServices,
  removal: AccountRemoval,
) {
  const administrators = createAdministrators();
  const messages = createAdminMessages({ challenges, outbox, passwordReset: config.passwordReset });
  return {
    list: createUserList({ db }),
    create: createUserCreation({
      db,
      transact,
      clock,
      audit,
      metadata,
      customClaims,
      passwords,
      hasher,
      policy,
      phones,
      invalidate,
      emailChallenges,
      administrators,
      messages,
    }),
    update: createUserUpdate({
      db,
      transact,
      clock,
      audit,
      metadata,
      customClaims,
      phones,
      invalidate,
      verifyAddress,
      administrators,
      notices: adminNotices,
    }),
    removal: createUserRemoval({
      transact,
      audit,
      accounts,
      sessionEnding,
      removal,
      administrators,
      notices: adminNotices,
    }),
    recover: createRecovery({
      db,
      transact,
      audit,
      accounts,
      passwords,
      emailChallenges,
      administrators,
      messages,
    }),
    impersonate: createImpersonate({ transact, audit, administrators, openImpersonation, sessionTokens }),
    resetSecondFactors: createSecondFactorReset({
      transact,
      audit,
      accounts,
      administrators,
      resetFactors,
    }),
  };
}
