import { type Email, parseEmail } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import { FieldProblem, type InvalidInput, isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import type { Transact, Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { BLANK_PROFILE } from '../accounts/profile.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';
import type { ResetFactors } from '../sign-in/second-factor-reset.service.ts';

interface SuperuserInput {
  email: string;
  password: string;
  resetSecondFactors?: boolean | undefined;
}

export interface Superusers {
  /**
   * Creates an account with every role and a verified address. An existing account with the address gets the roles and
   * the password, is activated, and its sessions end: an operator who can run commands may do that to any account.
   * @param input.resetSecondFactors also removes its second factors and passkeys, for an administrator who lost them
   */
  create(input: SuperuserInput): Promise<'created' | 'promoted' | InvalidInput>;
}

interface Dependencies {
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  invalidate: Invalidate;
  verifyAddress: VerifyAddress;
  notices: Notices;
  resetFactors: ResetFactors;
}

export function createSuperusers(dependencies: Dependencies): Superusers {
  const { transact, audit, accounts, passwords, hasher, policy, invalidate, verifyAddress, notices, resetFactors } =
    dependencies;
  const roles: Role[] = [...ROLES];

  async function promote(tx: Tx, before: User, email: Email, resetsFactors = false): Promise<void> {
    await accounts.promote(tx, before.id, roles);
    const user = await accounts.lock(tx, before.id);
    if (user?.email !== email) throw new Error('the account changed its address this moment; run the command again');
    // The address may never have been verified: a password or identity that an attacker added must not get the roles.
    await verifyAddress(tx, { user, email, shown: MAILBOX, client: undefined });
    await invalidate(tx, 'promoted to superuser', { user, client: undefined });
    await notices.passwordChanged(tx, user, undefined);
    await notices.accountChanged(tx, before, user, undefined);
    if (resetsFactors) await resetFactors(tx, user, { client: undefined, method: 'command-line' });
  }

  return {
    async create(input) {
      const accepted = acceptInput({
        email: parseEmail(input.email) ?? new FieldProblem('email', 'INVALID_FORMAT', 'email-format'),
        password: policy.judge(input.password, { words: [input.email], path: 'password' }),
      });
      if (isProblem(accepted)) return accepted;
      const { email, password } = accepted;
      const hash = await hasher.hash(password);

      return transact(async (tx) => {
        const created = await accounts.create(tx, { ...BLANK_PROFILE, email, emailVerified: true, roles });
        const user = created ?? (await accounts.byEmail(tx, email));
        if (!user) throw new Error('the account was deleted this moment; run the command again');
        if (created) await invalidate(tx, 'account created', { user, client: undefined });
        else await promote(tx, user, email, input.resetSecondFactors);
        await passwords.save(tx, user.id, hash);
        const outcome = created ? 'created' : 'promoted';
        await audit.record(tx, { type: 'superuser', outcome, userId: user.id, method: 'command-line' });
        return outcome;
      });
    },
  };
}
