import type { Config } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { Accounts } from '../features/accounts/account.service.ts';
import { createAdminMessages } from '../features/admin/admin-message.service.ts';
import { createAdministrators } from '../features/admin/administrators.service.ts';
import { createRecovery } from '../features/admin/recovery.service.ts';
import { createUserCreation } from '../features/admin/user-creation.service.ts';
import { createUserList } from '../features/admin/user-list.service.ts';
import { createUserRemoval } from '../features/admin/user-removal.service.ts';
import { createUserUpdate } from '../features/admin/user-update.service.ts';
import type { Audit } from '../features/audit/audit.service.ts';
import { createEventList } from '../features/audit/event-list.service.ts';
import type { Challenges } from '../features/challenges/challenge.service.ts';
import type { EmailChallenges } from '../features/challenges/email-challenge.service.ts';
import type { Passwords } from '../features/credentials/password.service.ts';
import type { PasswordHasher } from '../features/credentials/password-hasher.ts';
import type { PasswordPolicy } from '../features/credentials/password-policy.ts';
import type { AccountRemoval } from '../features/deletion/account-removal.service.ts';
import type { Invalidate } from '../features/invalidation/invalidation.service.ts';
import type { Outbox } from '../features/outbox/outbox.service.ts';
import type { SessionEnding } from '../features/sessions/session-ending.service.ts';
import type { Db } from '../infra/db/client.ts';
import type { Transact } from '../infra/db/transact.ts';

interface Parts {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
  sessionEnding: SessionEnding;
  outbox: Outbox;
  removal: AccountRemoval;
  passwordReset: Config['passwordReset'];
}

/** What administrators can do. */
export function createAdmin(parts: Parts) {
  const common = { ...parts, administrators: createAdministrators(), messages: createAdminMessages(parts) };
  return {
    list: createUserList(parts),
    events: createEventList(parts),
    create: createUserCreation(common),
    update: createUserUpdate(common),
    removal: createUserRemoval(common),
    recover: createRecovery(common),
  };
}
