import { Unauthenticated } from '../../core/errors.ts';
import { type InvalidCredentials, InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { ReauthenticationRequired } from '../../core/session-problems.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { personalWords } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { OwnerConfirmation } from '../sign-in/owner-confirmation.service.ts';
import { PasswordChanged } from './password-changed.ts';

export interface PasswordChange {
  currentPassword?: string | null | undefined;
  newPassword: string;
}

/** Replaces the password, or sets the first one. Ends the other sessions. */
export type ChangePassword = (
  change: PasswordChange,
  viewer: Viewer,
  client: Client,
) => Promise<PasswordChanged | InvalidCredentials | InvalidInput | RateLimited | ReauthenticationRequired>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  ownerConfirmation: OwnerConfirmation;
  invalidate: Invalidate;
  notices: Notices;
  limiter: RateLimiter;
  limits: Limits;
}

export function createPasswordChange(dependencies: Dependencies): ChangePassword {
  const { transact, audit, accounts, passwords, hasher, policy, ownerConfirmation, invalidate, notices } = dependencies;
  const { limiter, limits } = dependencies;

  return async ({ currentPassword, newPassword }, viewer, client) => {
    const user = await accounts.byId(viewer.userId);
    if (!user?.isActive) throw new Unauthenticated();
    const words = [user.email, ...personalWords(user)];
    const password = policy.judge(newPassword, { words, path: 'newPassword' });
    if (isProblem(password)) return new InvalidInput([password]);

    const confirmation = await ownerConfirmation.requirePassword(user, viewer, currentPassword, client);
    if (isProblem(confirmation)) return confirmation;
    // The password may be omitted after a reauthentication, so its check does not count every change.
    const tooMany = await limiter.consume({ limit: limits.signInsByAccount, key: user.id });
    if (tooMany) return tooMany;
    const hash = await hasher.admit(client.ip, () => hasher.hash(password));
    if (isProblem(hash)) return hash;
    return transact(async (tx) => {
      const locked = await ownerConfirmation.lock(tx, viewer, confirmation, client);
      if (isProblem(locked)) return locked;
      await passwords.save(tx, user.id, hash);
      await accounts.touch(tx, user.id);
      const ended = await invalidate(tx, 'password changed', { user, client, currentSession: viewer.sessionId });
      await audit.record(tx, { type: 'password-change', outcome: 'succeeded', userId: user.id, client });
      await notices.passwordChanged(tx, user, client);
      return new PasswordChanged(ended);
    });
  };
}
